import type { FaceMeasures, Inspection } from "../../src/ports/imaging.ts";
import type { Judgement, SetPhoto } from "../../src/ports/selfie.ts";
import { judgeSelfie } from "../../src/selfies/rules/verdict.ts";

/** A vector at `distance` from the zero vector, along one of the 128 axes. */
export function vectorAt(distance: number, axis = 0): Float32Array {
  const vector = new Float32Array(128);
  vector[axis] = distance;
  return vector;
}

/** Measures of a face that nothing is wrong with. */
export function goodFace(change: Partial<FaceMeasures> = {}): FaceMeasures {
  return {
    faceHeight: 400,
    box: { left: 300, top: 300, width: 330, height: 420 },
    boxScore: 0.9,
    eyeLine: 0.4,
    outsideShare: 0,
    yaw: 0,
    pitch: 0,
    roll: 0,
    sharpness: 0.4,
    luminanceMean: 130,
    luminanceP90: 180,
    darkShare: 0,
    brightShare: 0,
    underEyeChromaRatio: 0.9,
    underEyeBrightnessRatio: 0.8,
    lowerFaceColourDistance: 4,
    lipContrast: 9,
    eyeAspect: 0.33,
    cheekChroma: 25,
    smile: 0.7,
    identity: vectorAt(0),
    ...change,
  };
}

export function goodPhoto(face: Partial<FaceMeasures> = {}, change: Partial<Inspection> = {}): Inspection {
  const measured = goodFace(face);
  return {
    width: 1000,
    height: 1200,
    hash: "0f0f0f0f0f0f0f0f",
    mirrorHash: "3333333333333333",
    captureDay: null,
    faceHeights: [measured.faceHeight],
    face: measured,
    ...change,
  };
}

export function judge(inspection: Inspection): Judgement {
  return judgeSelfie({ ok: true, inspection });
}

let distinct = 1;

/** A photo of a set. Unless said otherwise its hash is far from every other's. */
export function setPhoto(
  id: string,
  inspection: Partial<Inspection> = {},
  face: Partial<FaceMeasures> = {},
): SetPhoto {
  distinct += 1;
  const hash = (0x9e3779b97f4a7c15n * BigInt(distinct)) & 0xffffffffffffffffn;
  const own = {
    hash: hash.toString(16).padStart(16, "0"),
    mirrorHash: (hash ^ 0x5555555555555555n).toString(16).padStart(16, "0"),
  };
  const photo = goodPhoto(face, { ...own, ...inspection });
  return { id, inspection: photo, alone: judge(photo), confirmed: false };
}
