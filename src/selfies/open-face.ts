import { raw } from "../db/index.ts";
import { currentFace } from "./read.ts";
import type { FaceRow, SelfieDeps } from "./selfie-deps.ts";

/** What a face is called until somebody renames it. */
const FIRST_NAME = "me";

/**
 * The face that a person's photos go to, made at first need; two calls at once end with the same one. It holds nothing
 * but references until its consent is recorded. Null when the person was erased.
 */
export async function openFace(
  deps: Pick<SelfieDeps, "db" | "clock" | "ids">,
  who: { readonly personId: string; readonly chatId: string },
): Promise<FaceRow | null> {
  const open = await currentFace(deps, who.personId);
  if (open !== null) return open;
  await deps.db.batch([
    raw(
      `INSERT INTO face (id, person_id, chat_id, name, created_at) SELECT ?, ?, ?, ?, ?
        WHERE EXISTS (SELECT 1 FROM person WHERE id = ? AND deleted_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM face WHERE person_id = ? AND deleted_at IS NULL)`,
      [deps.ids.next(), who.personId, who.chatId, FIRST_NAME, deps.clock.now(), who.personId, who.personId],
    ),
  ]);
  return currentFace(deps, who.personId);
}
