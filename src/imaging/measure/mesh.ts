import { AppError } from "../../ports/errors.ts";
import type { Box } from "../../ports/imaging.ts";
import type { Face, Point } from "../models/faces.ts";

/** Regions of the 478-point face mesh, each a closed outline (MediaPipe numbering; "left" is the picture's left). */
export const OUTLINES = {
  // prettier-ignore
  oval: [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
    136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
  ],
  underEyeLeft: [25, 110, 24, 23, 22, 26, 232, 231, 230, 229, 228],
  underEyeRight: [255, 339, 254, 253, 252, 256, 452, 451, 450, 449, 448],
  cheekLeft: [50, 101, 36, 205, 187, 123],
  cheekRight: [280, 330, 266, 425, 411, 352],
  forehead: [109, 10, 338, 337, 151, 108],
  lips: [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146],
  lowerLeft: [216, 212, 202, 204, 194, 32, 140, 170, 169, 135, 214],
  lowerRight: [436, 432, 422, 424, 418, 262, 369, 395, 394, 364, 434],
  chin: [194, 201, 200, 421, 418, 262, 396, 175, 171, 32],
} as const;

const LEFT_EYE = [33, 160, 158, 133, 153, 144] as const;
const RIGHT_EYE = [362, 385, 387, 263, 373, 380] as const;
const MOUTH = [61, 291, 0, 17, 13, 14] as const;

export function pointAt(face: Face, index: number): Point {
  const point = face.mesh[index];
  if (!point) throw new AppError("DEFECT", `the face mesh has no point ${index}`);
  return point;
}

export function outline(face: Face, indices: readonly number[]): readonly Point[] {
  return indices.map((index) => pointAt(face, index));
}

/** Middle of both eyes, and of the mouth. */
export function eyeMidpoint(face: Face): Point {
  return centre(face, [...LEFT_EYE, ...RIGHT_EYE]);
}

export function mouthCentre(face: Face): Point {
  return centre(face, MOUTH);
}

/** Degrees by which the line through the eyes leans; positive when the picture's right eye is lower. */
export function eyeTilt(face: Face): number {
  const left = centre(face, LEFT_EYE);
  const right = centre(face, RIGHT_EYE);
  return (Math.atan2(right.y - left.y, right.x - left.x) * 180) / Math.PI;
}

/** Top of the forehead to chin. */
export function faceHeight(face: Face): number {
  return distance(pointAt(face, 10), pointAt(face, 152));
}

/** Extent of the face oval; `human`'s own box is enlarged and not used. */
export function ovalBox(face: Face): Box {
  const points = outline(face, OUTLINES.oval);
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** Share of the face oval's points that lie outside the picture, 0 to 1. */
export function outsideShare(face: Face, width: number, height: number): number {
  const points = outline(face, OUTLINES.oval);
  const outside = points.filter(({ x, y }) => x < 0 || y < 0 || x > width || y > height);
  return outside.length / points.length;
}

/** Openness of the more open eye: lid distance over eye width. */
export function eyeAspect(face: Face): number {
  return Math.max(aspect(face, LEFT_EYE), aspect(face, RIGHT_EYE));
}

function aspect(
  face: Face,
  [outer, up1, up2, inner, low1, low2]: typeof LEFT_EYE | typeof RIGHT_EYE,
): number {
  const open =
    distance(pointAt(face, up1), pointAt(face, low2)) + distance(pointAt(face, up2), pointAt(face, low1));
  return open / (2 * distance(pointAt(face, outer), pointAt(face, inner)));
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function centre(face: Face, indices: readonly number[]): Point {
  const points = outline(face, indices);
  const mean = (pick: (point: Point) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  return { x: mean((point) => point.x), y: mean((point) => point.y), z: mean((point) => point.z) };
}
