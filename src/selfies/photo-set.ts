import { and, eq } from "drizzle-orm";
import { raw, write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { SetPhoto } from "../ports/selfie.ts";
import { judgeSelfie } from "./rules/verdict.ts";
import { samePicture } from "./rules/duplicates.ts";
import { judgeSet } from "./rules/set.ts";
import { readFace, selfiesOf } from "./read.ts";
import type { SelfieDeps, SelfieRow } from "./selfie-deps.ts";
import { selfie } from "./schema.ts";
import { openIdentity, withIdentity } from "./stored-identity.ts";

/** All photos of a face that were usable alone, as they were at one moment. */
export interface PhotoSet {
  readonly rows: readonly SelfieRow[];
  readonly photos: readonly SetPhoto[];
  /** Fails its guard `selfies` once the face was deleted or any photo was judged, confirmed or removed since. */
  readonly unchanged: Statement;
}

type SetDeps = Pick<SelfieDeps, "db" | "blobs">;

/** Reads what is judged together; null when the face is gone. */
export async function readPhotoSet(deps: SetDeps, faceId: string): Promise<PhotoSet | null> {
  if ((await readFace(deps, faceId)) === null) return null;
  const rows = (await selfiesOf(deps, faceId)).filter(
    (row) => row.state === "judged" && row.inspection !== null,
  );
  const photos = await Promise.all(rows.map((row) => toPhoto(deps, row)));
  return { rows, photos: photos.filter((photo) => photo !== null), unchanged: unchanged(faceId, rows) };
}

async function toPhoto(deps: SetDeps, row: SelfieRow): Promise<SetPhoto | null> {
  if (row.inspection === null) return null;
  const identity = await openIdentity(deps, row.personId, row.sealedIdentity);
  const inspection = withIdentity(row.inspection, identity);
  return {
    id: row.id,
    inspection,
    alone: judgeSelfie({ ok: true, inspection }),
    confirmed: row.confirmed,
  };
}

function unchanged(faceId: string, rows: readonly SelfieRow[]): Statement {
  const members = rows.map((row) => `${row.id}:${row.confirmed ? 1 : 0}`);
  const usable = "selfie WHERE face_id = ? AND state = 'judged' AND inspection IS NOT NULL";
  return raw(
    `UPDATE face SET name = name WHERE id = ? AND deleted_at IS NULL
      AND (SELECT count(*) FROM ${usable}) = ?
      AND (SELECT count(*) FROM ${usable} AND id || ':' || confirmed IN (SELECT value FROM json_each(?))) = ?`,
    [faceId, faceId, rows.length, faceId, JSON.stringify(members), rows.length],
    "selfies",
  );
}

/**
 * Statements that give every photo of the set its verdict among the others. Photos that are new to the set are
 * written even when nothing about them changed.
 */
export function judgeTogether(
  deps: Pick<SelfieDeps, "db">,
  photos: readonly SetPhoto[],
  before: readonly SelfieRow[],
): Statement[] {
  const judged = judgeSet(photos);
  return photos.flatMap((photo) => {
    const now = judged.photos.get(photo.id) ?? photo.alone;
    const duplicateOf = now.reasons.includes("duplicate") ? twinOf(photo, photos, judged.photos) : null;
    const was = before.find((row) => row.id === photo.id);
    const same =
      was?.verdict === now.verdict &&
      was.score === now.score &&
      was.duplicateOf === duplicateOf &&
      JSON.stringify(was.reasons) === JSON.stringify(now.reasons);
    if (same) return [];
    const { verdict, reasons, score } = now;
    return [
      write(
        deps.db.orm
          .update(selfie)
          .set({ verdict, reasons, score, duplicateOf })
          .where(and(eq(selfie.id, photo.id), eq(selfie.state, "judged"))),
      ),
    ];
  });
}

/** The kept photo that a duplicate repeats. */
function twinOf(
  photo: SetPhoto,
  photos: readonly SetPhoto[],
  judged: ReturnType<typeof judgeSet>["photos"],
): string | null {
  const twin = photos.find(
    (other) => judged.get(other.id)?.verdict !== "refuse" && samePicture(other.inspection, photo.inspection),
  );
  return twin?.id ?? null;
}
