import type { Box } from "../../ports/imaging.ts";
import type { FaceGeometry } from "./geometry.ts";
import type { Silhouette } from "./silhouette.ts";

/** One proportion for every style, so that a set looks like a set. */
export const FRAME_RATIO = 4 / 5;

/** How a professional headshot sits in its frame. Shares of the frame's height, the centre of its width. */
export interface Composition {
  readonly headShare: number;
  readonly headroom: number;
  readonly centre: number;
}

export const CLASSIC: Composition = { headShare: 0.46, headroom: 0.105, centre: 0.5 };

export interface CropPlan {
  /** In source pixels; may reach beyond the photo above the head and on sides where the person does not leave it. */
  readonly frame: Box;
  /** 0 is perfect; above 0.8 nothing fits. */
  readonly cost: number;
}

/** Eyes lower in the frame than this look as if the head sank: rather crop the top of high hair. */
const LOWEST_EYES = 0.46;
/** Least room under the chin, in head heights: less and the head seems to rest on the frame. */
const BELOW_CHIN = 0.12;

/**
 * Searches the frame nearest to `wanted` that never shows below the photo's bottom edge, beyond its top where the
 * hair is cut, or beyond a side through which the person leaves.
 */
export function planCrop(
  source: { readonly width: number; readonly height: number },
  face: FaceGeometry,
  person: Silhouette,
  wanted: Composition = CLASSIC,
): CropPlan {
  const head = face.chin - person.crown;
  const centre = (face.centre.x + (person.headLeft + person.headRight) / 2) / 2;
  const middle = Math.abs(centre - face.centre.x) > 0.15 * head ? face.centre.x : centre;
  let best: CropPlan | null = null;
  for (let size = -42; size <= 30; size++) {
    const height = (head / wanted.headShare) * 1.02 ** size;
    const width = height * FRAME_RATIO;
    for (let lift = -20; lift <= 16; lift++) {
      const headroom = wanted.headroom + lift * 0.01;
      const top = person.crown - headroom * height;
      if (!fitsVertically(source.height, top, height, face, person, head)) continue;
      for (let shift = -16; shift <= 16; shift++) {
        const left = middle - wanted.centre * width + shift * 0.01 * width;
        if (!fitsSideways(source.width, left, top, width, height, face, person)) continue;
        const low = Math.max(0, (face.eyes.y - top) / height - LOWEST_EYES);
        const cost =
          8 * low +
          0.75 * Math.abs(Math.log(height / (head / wanted.headShare))) +
          1.8 * Math.abs(lift * 0.01) +
          2.5 * Math.abs(shift * 0.01);
        if (!best || cost < best.cost) best = { frame: { left, top, width, height }, cost };
      }
    }
  }
  return best ?? { frame: largestInside(source, face), cost: 1 };
}

function fitsVertically(
  sourceHeight: number,
  top: number,
  height: number,
  face: FaceGeometry,
  person: Silhouette,
  head: number,
): boolean {
  if (top + height > sourceHeight) return false;
  if (person.cutAtTop && top < 0) return false;
  if (top > face.forehead - 0.04 * head) return false;
  return top + height >= face.chin + BELOW_CHIN * head;
}

function fitsSideways(
  sourceWidth: number,
  left: number,
  top: number,
  width: number,
  height: number,
  face: FaceGeometry,
  person: Silhouette,
): boolean {
  const bottom = top + height;
  if (left < 0 && bottom > person.leavesLeftAt) return false;
  if (left + width > sourceWidth && bottom > person.leavesRightAt) return false;
  const half = face.faceWidth * 0.56;
  return left < face.centre.x - half && left + width > face.centre.x + half;
}

/** The last resort: the largest frame inside the photo, face in the middle. */
function largestInside(source: { readonly width: number; readonly height: number }, face: FaceGeometry): Box {
  const height = Math.min(source.height, source.width / FRAME_RATIO);
  const width = height * FRAME_RATIO;
  return {
    left: Math.min(Math.max(face.centre.x - width / 2, 0), source.width - width),
    top: Math.min(Math.max(face.centre.y - height * 0.45, 0), source.height - height),
    width,
    height,
  };
}
