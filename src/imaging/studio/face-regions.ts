import { boxFilter } from "./box-filter.ts";
import { moveFace, type FaceGeometry } from "./geometry.ts";
import { plane, type Plane } from "./planes.ts";
import { sample } from "./resample.ts";

/** Outlines in mesh point numbers (MediaPipe face mesh contours). */
const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
  150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const;
const EYES = [
  [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
  [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
] as const;
const BROWS = [
  [70, 63, 105, 66, 107, 55, 65, 52, 53, 46],
  [300, 293, 334, 296, 336, 285, 295, 282, 283, 276],
] as const;
const LIPS = [
  61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185,
] as const;
const NOSE_BASE = [48, 64, 98, 97, 2, 326, 327, 294, 278, 344, 1, 115] as const;

export interface FaceRegions {
  /** 1 on the face, fading out at its rim. */
  readonly face: Plane;
  /** 1 on skin that a retoucher would touch: no eyes, brows, nostrils, lips. */
  readonly skin: Plane;
  /** 1 on eyes, brows and lips. */
  readonly features: Plane;
}

/** Soft masks of a picture of the given size, the face in its pixels. Drawn at half size: they are soft anyway. */
export function faceRegions(face: FaceGeometry, width: number, height: number): FaceRegions {
  const half = moveFace(face, 0, 0, 0.5);
  const [across, down] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const masks = halfSizeRegions(half, across, down);
  const full = (mask: Plane) => sample(mask, { left: 0, top: 0, stepX: 0.5, stepY: 0.5 }, width, height);
  return { face: full(masks.face), skin: full(masks.skin), features: full(masks.features) };
}

function halfSizeRegions(face: FaceGeometry, width: number, height: number): FaceRegions {
  const unit = face.faceHeight;
  const oval = plane(width, height);
  draw(oval, face, OVAL, 1);
  const details = plane(width, height);
  for (const outline of [...EYES, ...BROWS, LIPS]) draw(details, face, outline, 1.35);
  const guarded = plane(width, height);
  guarded.data.set(details.data);
  draw(guarded, face, NOSE_BASE, 1.1);
  const soften = (mask: Plane, radius: number) => {
    boxFilter(mask.data, width, height, radius, mask.data);
    boxFilter(mask.data, width, height, radius, mask.data);
  };
  soften(oval, 0.045 * unit);
  soften(guarded, 0.015 * unit);
  soften(details, 0.02 * unit);
  const skin = plane(width, height);
  for (let i = 0; i < skin.data.length; i++) {
    const inner = Math.max(0, oval.data[i]! * 1.5 - 0.5);
    skin.data[i] = inner * (1 - guarded.data[i]!);
  }
  return { face: oval, skin, features: details };
}

/** Fills an outline, grown about its own middle, by even-odd scan lines. */
function draw(target: Plane, face: FaceGeometry, outline: readonly number[], grow: number): void {
  const points = outline.map((index) => face.mesh[index]!);
  const middleX = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const middleY = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  const xs = points.map((point) => middleX + (point.x - middleX) * grow);
  const ys = points.map((point) => middleY + (point.y - middleY) * grow);
  const first = Math.max(0, Math.floor(Math.min(...ys)));
  const last = Math.min(target.height - 1, Math.ceil(Math.max(...ys)));
  for (let y = first; y <= last; y++) {
    const crossings: number[] = [];
    for (let i = 0; i < xs.length; i++) {
      const j = (i + 1) % xs.length;
      const [ya, yb] = [ys[i]!, ys[j]!];
      if (ya <= y === yb <= y) continue;
      crossings.push(xs[i]! + ((y - ya) / (yb - ya)) * (xs[j]! - xs[i]!));
    }
    crossings.sort((a, b) => a - b);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]!));
      const to = Math.min(target.width - 1, Math.floor(crossings[k + 1]!));
      if (to >= from) target.data.fill(1, y * target.width + from, y * target.width + to + 1);
    }
  }
}
