import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Eraser } from "../people/index.ts";
import type { PictureDeps } from "./picture-deps.ts";
import { picture } from "./schema.ts";

/** Deletes every picture of a person; nothing of them stays, not even rows. */
export function erasePictures(deps: Pick<PictureDeps, "db" | "blobs">): Eraser {
  return async (personId) => {
    const rows = await deps.db.orm
      .select({ blobId: picture.blobId })
      .from(picture)
      .where(eq(picture.personId, personId));
    const owned = rows.flatMap(({ blobId }) => blobId ?? []);
    return {
      counts: { pictures: owned.length },
      statements: [
        ...owned.map((blobId) => deps.blobs.release(blobId)),
        write(deps.db.orm.delete(picture).where(eq(picture.personId, personId))),
      ],
      done: true,
    };
  };
}
