import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Eraser } from "../people/index.ts";
import { stopWork } from "./let-go.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { face, selfie } from "./schema.ts";

/** Deletes every photo, measure and face of a person; nothing of them stays, not even rows. */
export function eraseSelfies(deps: Pick<SelfieDeps, "db" | "clock" | "ids" | "blobs">): Eraser {
  return async (personId) => {
    const rows = await deps.db.orm.select().from(selfie).where(eq(selfie.personId, personId));
    const owned = rows.flatMap(({ blobId }) => blobId ?? []);
    return {
      counts: { selfies: owned.length },
      statements: [
        ...owned.map((blobId) => deps.blobs.release(blobId)),
        ...rows.flatMap((row) => stopWork(deps, row)),
        write(deps.db.orm.delete(selfie).where(eq(selfie.personId, personId))),
        write(deps.db.orm.delete(face).where(eq(face.personId, personId))),
      ],
      done: true,
    };
  };
}
