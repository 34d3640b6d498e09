import type { FaceMeasures, Inspection } from "../../ports/imaging.ts";

/** imaging.md section 10. The weights are a proposal, to be tuned with votes. */
export const WEIGHTS = { likeness: 0.55, quality: 0.25, composition: 0.1, variety: 0.1 } as const;

const FARTHEST = 0.6;
const LIMITS = { outsideShare: 0.12, sharpness: 0.062 };

/** Where nothing was measured neither praise nor blame. */
const NEUTRAL = 0.5;

/** The lowest score of a picture that may be shown: 0 itself means that a hard filter refused it. */
const LEAST = 0.0001;

/**
 * 0 to 1, higher is better, as if no better picture looked alike; 0 for what a hard filter refuses: not exactly one
 * face, a face cut off or blurred, too far from the person. What could not be measured is not held against a picture.
 */
export function scorePicture(picture: Inspection, distance: number | null): number {
  if (refused(picture, distance)) return 0;
  const { face } = picture;
  const likeness = distance === null ? NEUTRAL : clamp((FARTHEST - distance) / 0.35);
  const score =
    WEIGHTS.likeness * likeness +
    WEIGHTS.quality * (face === null ? NEUTRAL : quality(face)) +
    WEIGHTS.composition * (face === null ? NEUTRAL : composition(face, picture)) +
    WEIGHTS.variety;
  return Math.max(LEAST, round(score));
}

function refused({ faceHeights, face }: Inspection, distance: number | null): boolean {
  if (faceHeights === null) return false;
  if (faceHeights.length !== 1 || face === null) return true;
  return (
    face.outsideShare > LIMITS.outsideShare ||
    face.sharpness < LIMITS.sharpness ||
    (distance !== null && distance > FARTHEST)
  );
}

/** Sharp, lit (the bright tenth protects dark skin) and not burnt out. */
function quality(face: FaceMeasures): number {
  const sharp = clamp((face.sharpness - 0.06) / (0.35 - 0.06));
  const lit = clamp((face.luminanceP90 - 75) / (137 - 75));
  const whole = clamp(1 - face.brightShare / 0.12);
  return 0.6 * sharp + 0.2 * lit + 0.2 * whole;
}

/** A face of 28 to 50 % of the height, in the middle, towards the camera. */
function composition(face: FaceMeasures, { width, height }: Inspection): number {
  const share = face.faceHeight / height;
  const sized = clamp(1 - Math.max(0.28 - share, share - 0.5, 0) / 0.2);
  const offCentre = Math.abs((face.box.left + face.box.width / 2) / width - 0.5);
  const centred = clamp(1 - offCentre / 0.25);
  const frontal = clamp(1 - Math.abs(face.yaw) / 45);
  return (sized + centred + frontal) / 3;
}

export function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
