import type { Inspection } from "../../ports/imaging.ts";
import type { SetPhoto } from "../../ports/selfie.ts";
import { hashDistance, identityDistance } from "./distance.ts";
import { THRESHOLDS as T } from "./thresholds.ts";

/** Ids of the photos that repeat a better one of the set, whichever came first. */
export function findDuplicates(photos: readonly SetPhoto[]): ReadonlySet<string> {
  const kept: SetPhoto[] = [];
  const repeated = new Set<string>();
  for (const photo of photos.toSorted(betterFirst)) {
    if (kept.some((better) => samePicture(better.inspection, photo.inspection))) repeated.add(photo.id);
    else kept.push(photo);
  }
  return repeated;
}

/** Whether two files show one picture: recompressed, resized, mirrored or slightly cropped. */
export function samePicture(one: Inspection, other: Inspection): boolean {
  const bits = Math.min(hashDistance(one.hash, other.hash), hashDistance(one.hash, other.mirrorHash));
  if (bits <= T.duplicate.sureBits) return true;
  const [a, b] = [one.face?.identity, other.face?.identity];
  if (bits > T.duplicate.likelyBits || !a || !b) return false;
  return identityDistance(a, b) <= T.duplicate.identityDistance;
}

function betterFirst(one: SetPhoto, other: SetPhoto): number {
  const measure = (photo: SetPhoto) => [
    photo.alone.score,
    photo.inspection.face?.faceHeight ?? 0,
    photo.inspection.face?.sharpness ?? 0,
  ];
  const [a, b] = [measure(one), measure(other)];
  const differing = a.findIndex((value, index) => value !== b[index]);
  return differing === -1 ? 0 : (b[differing] ?? 0) - (a[differing] ?? 0);
}
