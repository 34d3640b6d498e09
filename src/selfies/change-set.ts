import type { Statement } from "../ports/database.ts";
import { AppError } from "../ports/errors.ts";
import type { SetPhoto } from "../ports/selfie.ts";
import { judgeTogether, readPhotoSet } from "./photo-set.ts";
import { readSelfie } from "./read.ts";
import { isLiving } from "./let-go.ts";
import type { SelfieDeps, SelfieRow } from "./selfie-deps.ts";

export interface SetChange {
  /** The set as it is afterwards. */
  readonly photos: readonly SetPhoto[];
  readonly statements: readonly Statement[];
}

const RACES = 20;

/**
 * Changes one photo of a person and judges the rest of its face again, in one batch; again when another change came
 * first. Returns the face, or null when the person has no such photo.
 */
export async function changeSet(
  deps: SelfieDeps,
  personId: string,
  selfieId: string,
  change: (row: SelfieRow, photos: readonly SetPhoto[]) => SetChange,
): Promise<string | null> {
  for (let tried = 0; tried < RACES; tried++) {
    const row = await readSelfie(deps, selfieId);
    if (row === null || row.personId !== personId || !isLiving(row)) return null;
    const set = await readPhotoSet(deps, row.faceId);
    if (set === null) return null;
    const { photos, statements } = change(row, set.photos);
    const again = judgeTogether(deps, photos, set.rows);
    const result = await deps.db.batch([set.unchanged, ...statements, ...again]);
    if (result.ok) return row.faceId;
    if (result.kind === "constraint") throw new AppError("DATABASE_FAILED", result.message);
  }
  throw new AppError("CONFLICT", "the photos changed too often at the same moment", { retryable: true });
}
