import type { Inspection } from "../../ports/imaging.ts";
import type { Wanted } from "../../ports/selfie.ts";
import { THRESHOLDS as T } from "./thresholds.ts";

// Positive yaw turns the nose to the picture's left, which is the person's right.
const CHECKS: readonly {
  readonly wanted: Wanted;
  readonly met: (photos: readonly Inspection[]) => boolean;
}[] = [
  { wanted: "front", met: (photos) => photos.some(({ face }) => face && Math.abs(face.yaw) < T.view.front) },
  { wanted: "left", met: (photos) => photos.some(({ face }) => face && face.yaw < -T.view.side) },
  { wanted: "right", met: (photos) => photos.some(({ face }) => face && face.yaw > T.view.side) },
  { wanted: "smile", met: (photos) => photos.some(({ face }) => face && face.smile >= T.smile) },
  { wanted: "other_day", met: differentDays },
];

/** What the kept photos still lack, in the order to ask for it. */
export function wantedNext(photos: readonly Inspection[]): readonly Wanted[] {
  return CHECKS.filter((check) => !check.met(photos)).map((check) => check.wanted);
}

/** Whether more than half of the set is known to come from one day. */
export function mostlyOneDay(photos: readonly Inspection[]): boolean {
  if (photos.length < T.sameDay.leastPhotos) return false;
  return photos.some(({ captureDay }) => {
    const same = photos.filter((photo) => photo.captureDay !== null && photo.captureDay === captureDay);
    return same.length > T.sameDay.share * photos.length;
  });
}

/** Messengers strip the date. Unknown days of several photos are taken to differ: nobody is asked for what we cannot see. */
function differentDays(photos: readonly Inspection[]): boolean {
  const days = new Set(photos.map((photo) => photo.captureDay));
  return photos.length > 1 && (days.size > 1 || days.has(null));
}
