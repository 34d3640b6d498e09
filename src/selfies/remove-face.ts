import { and, eq, isNull } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import { withdrawConsent } from "../people/index.ts";
import { isLiving, letGo, stopWork } from "./let-go.ts";
import { readFace, selfiesOf } from "./read.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { face } from "./schema.ts";
import { AppError } from "../ports/errors.ts";

const RACES = 20;

/**
 * Deletes a face with all its photos and takes its consent back. Returns how many photos were deleted; 0 when the
 * person has no such face.
 */
export async function removeFace(deps: SelfieDeps, personId: string, faceId: string): Promise<number> {
  for (let tried = 0; tried < RACES; tried++) {
    const found = await readFace(deps, faceId);
    if (found === null || found.personId !== personId) return 0;
    const rows = (await selfiesOf(deps, faceId)).filter(isLiving);
    const result = await deps.db.batch([
      guarded(
        "face",
        deps.db.orm
          .update(face)
          .set({ deletedAt: deps.clock.now(), name: "", expiresAt: null })
          .where(and(eq(face.id, faceId), isNull(face.deletedAt))),
      ),
      withdrawConsent(deps, faceId),
      ...rows.flatMap((row) => [...letGo(deps, row, "removed"), ...stopWork(deps, row)]),
    ]);
    if (result.ok) return rows.filter((row) => row.blobId !== null).length;
  }
  throw new AppError("CONFLICT", "the photos changed too often at the same moment", { retryable: true });
}
