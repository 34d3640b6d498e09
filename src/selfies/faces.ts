import { and, desc, eq, isNull } from "drizzle-orm";
import { raw } from "../db/index.ts";
import type { Deps } from "../ports/deps.ts";
import { face } from "./schema.ts";

export type FaceRow = typeof face.$inferSelect;

/** The set of selfies that a person works with now: their newest that is not deleted. */
export async function currentFace(deps: Pick<Deps, "db">, personId: string): Promise<FaceRow | null> {
  const [row] = await deps.db.orm
    .select()
    .from(face)
    .where(and(eq(face.personId, personId), isNull(face.deletedAt)))
    .orderBy(desc(face.id))
    .limit(1);
  return row ?? null;
}

/** The person's face, opened when there is none. It holds only references until a consent is recorded on it. */
export async function openFace(
  deps: Pick<Deps, "db" | "ids" | "clock">,
  input: { personId: string; chatId: string },
): Promise<FaceRow | null> {
  await deps.db.batch([
    raw(
      `INSERT INTO face (id, person_id, chat_id, name, created_at)
        SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM face WHERE person_id = ? AND deleted_at IS NULL)`,
      [deps.ids.next(), input.personId, input.chatId, "me", deps.clock.now(), input.personId],
    ),
  ]);
  return currentFace(deps, input.personId);
}
