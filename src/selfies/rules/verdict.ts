import type { FaceMeasures, Inspection } from "../../ports/imaging.ts";
import type { Judgement, Measured, ReasonCode } from "../../ports/selfie.ts";
import { THRESHOLDS as T } from "./thresholds.ts";

/** One line of the table: the worst level whose test holds counts. */
interface Rule {
  readonly code: ReasonCode;
  readonly refuse?: (face: FaceMeasures, photo: Inspection) => boolean;
  readonly warn?: (face: FaceMeasures, photo: Inspection) => boolean;
}

/** Most useful advice first. */
const RULES: readonly Rule[] = [
  {
    code: "multiple_faces",
    refuse: (face, photo) => (photo.faceHeights?.[1] ?? 0) > T.otherFace.refuseShare * face.faceHeight,
  },
  { code: "face_cut_off", refuse: (face) => face.outsideShare > T.outsideShare.refuse },
  { code: "face_too_small", refuse: (face) => face.faceHeight < T.faceHeight.refuse },
  {
    code: "too_dark",
    refuse: (face) => tooDark(face),
    warn: (face) => face.luminanceMean < T.dark.warnMean || face.darkShare > T.dark.warnShare,
  },
  {
    code: "too_bright",
    refuse: (face) => face.brightShare > T.bright.refuseShare || face.luminanceMean > T.bright.refuseMean,
    warn: (face) => face.brightShare > T.bright.warnShare,
  },
  { code: "blurry", refuse: (face) => blurry(face) },
  {
    code: "sunglasses",
    refuse: (face) =>
      colourIsReliable(face) &&
      face.underEyeChromaRatio < T.sunglasses.chromaRatio &&
      face.underEyeBrightnessRatio < T.sunglasses.brightnessRatio,
  },
  {
    code: "face_covered",
    refuse: (face) =>
      colourIsReliable(face) &&
      face.lowerFaceColourDistance > T.covered.colourDistance &&
      face.lipContrast < T.covered.lipContrast,
  },
  {
    code: "face_turned_away",
    refuse: (face) => Math.abs(face.yaw) > T.turned.refuseYaw || Math.abs(face.pitch) > T.turned.refusePitch,
    warn: (face) => Math.abs(face.yaw) > T.turned.warnYaw || Math.abs(face.roll) > T.turned.warnRoll,
  },
  { code: "soft", warn: (face) => !blurry(face) && face.sharpness < T.sharpness.warn },
  {
    code: "low_resolution",
    warn: (face) => face.faceHeight >= T.faceHeight.refuse && face.faceHeight < T.faceHeight.warn,
  },
  { code: "eyes_closed", warn: (face) => face.eyeAspect < T.eyesClosedAspect },
  { code: "black_and_white", warn: (face) => !tooDark(face) && face.cheekChroma < T.blackAndWhiteChroma },
  { code: "multiple_faces", warn: (_, photo) => (photo.faceHeights?.length ?? 0) > 1 },
  { code: "not_checked", warn: (face) => face.identity === null },
];

/** Judges one photo alone. Pure: the same measures always give the same verdict. */
export function judgeSelfie(measured: Measured): Judgement {
  if (!measured.ok) return refuse([measured.code]);
  const { inspection } = measured;
  if (inspection.faceHeights === null) return warn(["not_checked"]);
  const { face } = inspection;
  if (!face) return refuse(["no_face"]);
  const refused = RULES.filter((rule) => rule.refuse?.(face, inspection)).map((rule) => rule.code);
  const warned = RULES.filter((rule) => rule.warn?.(face, inspection)).map((rule) => rule.code);
  if (refused.length > 0) return refuse(refused);
  return warned.length > 0 ? warn(warned) : { verdict: "keep", reasons: [], score: 100 };
}

export function refuse(reasons: readonly ReasonCode[]): Judgement {
  return { verdict: "refuse", reasons, score: 0 };
}

/** A used photo with these warnings. */
export function warn(reasons: readonly ReasonCode[]): Judgement {
  const points: Readonly<Partial<Record<ReasonCode, number>>> = T.points;
  const lost = reasons.reduce((sum, code) => sum + (points[code] ?? 0), 0);
  return { verdict: "warn", reasons, score: Math.max(0, 100 - lost) };
}

function tooDark(face: FaceMeasures): boolean {
  return face.luminanceMean < T.dark.refuseMean || face.luminanceP90 < T.dark.refuseP90;
}

function blurry(face: FaceMeasures): boolean {
  return face.sharpness < T.sharpness.refuse;
}

/** Colour says nothing in the dark, in grey or in a blur: the tests for glasses and masks misfire there. */
function colourIsReliable(face: FaceMeasures): boolean {
  return !blurry(face) && !tooDark(face) && face.cheekChroma >= T.blackAndWhiteChroma;
}
