import { and, eq, isNull } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { PictureDeps, PictureRow } from "./picture-deps.ts";
import { picture } from "./schema.ts";

/** Deletes a picture's file and measures; the row stays for the counts. Fails its guard `picture` when it is gone already. */
export function letGo(deps: Pick<PictureDeps, "db" | "clock" | "blobs">, row: PictureRow): Statement[] {
  const update = guarded(
    "picture",
    deps.db.orm
      .update(picture)
      .set({ deletedAt: deps.clock.now(), blobId: null, hash: null, distance: null })
      .where(and(eq(picture.id, row.id), isNull(picture.deletedAt))),
  );
  return row.blobId === null ? [update] : [update, deps.blobs.release(row.blobId)];
}
