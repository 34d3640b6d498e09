import { and, eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import { changeSet } from "./change-set.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { selfie } from "./schema.ts";

/**
 * "Yes, that is me": the photo's identity is not asked about again. Returns its face, or null when the person has no
 * such photo.
 */
export function confirmSelfie(deps: SelfieDeps, personId: string, selfieId: string): Promise<string | null> {
  return changeSet(deps, personId, selfieId, (row, photos) => ({
    photos: photos.map((photo) => (photo.id === row.id ? { ...photo, confirmed: true } : photo)),
    statements: [
      write(
        deps.db.orm
          .update(selfie)
          .set({ confirmed: true })
          .where(and(eq(selfie.id, row.id), eq(selfie.state, "judged"))),
      ),
    ],
  }));
}
