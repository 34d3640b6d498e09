import { changeSet } from "./change-set.ts";
import { letGo, stopWork } from "./let-go.ts";
import type { SelfieDeps } from "./selfie-deps.ts";

/**
 * "Leave it out": deletes the photo; a twin that was refused for it may come back. Returns its face, or null when the
 * person has no such photo.
 */
export function removeSelfie(deps: SelfieDeps, personId: string, selfieId: string): Promise<string | null> {
  return changeSet(deps, personId, selfieId, (row, photos) => ({
    photos: photos.filter((photo) => photo.id !== row.id),
    statements: [...letGo(deps, row, "removed"), ...stopWork(deps, row)],
  }));
}
