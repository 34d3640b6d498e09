import { componentAt } from "./component.ts";
import type { FaceGeometry } from "./geometry.ts";
import type { Plane } from "./planes.ts";

/** Where the person ends, in pixels of the source picture; what the crop has to respect. */
export interface Silhouette {
  /** Top of the hair. */
  readonly crown: number;
  /** The hair is cut by the photo's upper edge. */
  readonly cutAtTop: boolean;
  /** Below this row the person runs out of the photo on that side (source height = never). */
  readonly leavesLeftAt: number;
  readonly leavesRightAt: number;
  /** Left and right end of head and hair between crown and chin. */
  readonly headLeft: number;
  readonly headRight: number;
  /** Share of the outline's pixels that the views could not settle, 0 to 1: high where the mask guesses. */
  readonly doubt: number;
  /** Share of the face that the mask holds, 0 to 1. */
  readonly faceHeld: number;
}

/** A crown further above the forehead than this is a hat, a bun or a mistake. In face heights. */
const HIGHEST_HAIR = 0.75;
const LOWEST_HAIR = 0.08;

/** Measures a person mask of any size against the face found in the source; `scale` is mask pixels per source pixel. */
export function silhouetteOf(mask: Plane, face: FaceGeometry, scale: number): Silhouette {
  const { width, height } = mask;
  const likely = new Uint8Array(mask.data.length);
  for (let i = 0; i < likely.length; i++) likely[i] = mask.data[i]! > 0.5 ? 1 : 0;
  const column = clampIndex(face.centre.x * scale, width);
  const seed = clampIndex(face.centre.y * scale, height) * width + column;
  const person = componentAt(likely, width, height, seed);
  const at = (x: number, y: number) => person[y * width + x] === 1;

  const half = face.faceWidth * 0.45 * scale;
  const from = clampIndex(face.centre.x * scale - half, width);
  const to = clampIndex(face.centre.x * scale + half, width);
  const chinRow = clampIndex(face.chin * scale, height);
  let top = clampIndex(face.forehead * scale, height);
  for (let y = top; y >= 0; y--) {
    let held = false;
    for (let x = from; x <= to && !held; x++) held = at(x, y);
    if (!held) break;
    top = y;
  }
  const crown = Math.min(
    Math.max(top / scale, face.forehead - HIGHEST_HAIR * face.faceHeight),
    face.forehead - LOWEST_HAIR * face.faceHeight,
  );

  let headLeft = column;
  let headRight = column;
  let leavesLeft = height;
  let leavesRight = height;
  let unsure = 0;
  let sure = 0;
  for (let y = 0; y < height; y++) {
    if (at(0, y)) leavesLeft = Math.min(leavesLeft, y);
    if (at(width - 1, y)) leavesRight = Math.min(leavesRight, y);
    for (let x = 0; x < width; x++) {
      const value = mask.data[y * width + x]!;
      if (value > 0.2 && value < 0.8) unsure++;
      if (!at(x, y)) continue;
      sure++;
      if (y >= crown * scale && y <= chinRow) {
        headLeft = Math.min(headLeft, x);
        headRight = Math.max(headRight, x);
      }
    }
  }
  return {
    crown,
    cutAtTop: top <= 1,
    leavesLeftAt: leavesLeft / scale,
    leavesRightAt: leavesRight / scale,
    headLeft: headLeft / scale,
    headRight: headRight / scale,
    doubt: sure === 0 ? 1 : Math.min(1, unsure / sure),
    faceHeld: shareHeld(person, width, height, face, scale),
  };
}

/** What can be said without a mask: nothing beyond the photo's edges may be shown, and the hair is a guess. */
export function onlyTheFace(face: FaceGeometry): Silhouette {
  return {
    crown: face.forehead - 0.35 * face.faceHeight,
    cutAtTop: true,
    leavesLeftAt: 0,
    leavesRightAt: 0,
    headLeft: face.centre.x - 0.7 * face.faceWidth,
    headRight: face.centre.x + 0.7 * face.faceWidth,
    doubt: 1,
    faceHeld: 0,
  };
}

function shareHeld(
  person: Uint8Array,
  width: number,
  height: number,
  face: FaceGeometry,
  scale: number,
): number {
  let held = 0;
  for (const point of face.mesh) {
    const x = clampIndex(point.x * scale, width);
    const y = clampIndex(point.y * scale, height);
    held += person[y * width + x]!;
  }
  return held / face.mesh.length;
}

function clampIndex(value: number, size: number): number {
  return Math.min(Math.max(Math.round(value), 0), size - 1);
}
