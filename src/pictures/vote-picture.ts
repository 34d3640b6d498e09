import { and, eq, isNull } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import { ownPicture } from "./picture-file.ts";
import type { PictureDeps } from "./picture-deps.ts";
import { picture } from "./schema.ts";

/** "Looks like me" or "Not me"; the last word counts. Null when the person has no such picture. */
export async function votePicture(
  deps: Pick<PictureDeps, "db" | "clock">,
  personId: string,
  pictureId: string,
  vote: "yes" | "no",
): Promise<{ readonly orderId: string } | null> {
  const row = await ownPicture(deps, personId, pictureId);
  if (row === null) return null;
  const voted = await deps.db.batch([
    guarded(
      "picture",
      deps.db.orm
        .update(picture)
        .set({ vote, votedAt: deps.clock.now() })
        .where(and(eq(picture.id, pictureId), eq(picture.personId, personId), isNull(picture.deletedAt))),
    ),
  ]);
  return voted.ok ? { orderId: row.orderId } : null;
}
