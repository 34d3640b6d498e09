import type { Box } from "../../ports/imaging.ts";
import type { FaceModel } from "../models/faces.ts";
import type { SegmentationModel } from "../models/segmentation.ts";
import type { Pixels } from "../pixels.ts";
import { cleanPlate } from "./clean-plate.ts";
import { planCrop } from "./crop-plan.ts";
import { decodeSource, resizeBytes } from "./decode.ts";
import { splitLayers } from "./foreground.ts";
import { faceGeometry, moveFace, type FaceGeometry } from "./geometry.ts";
import { matteOf } from "./matte.ts";
import { personMask } from "./person-mask.ts";
import { fromPixels, toByte, toPixels, type Plane, type Rgb } from "./planes.ts";
import { halveRgb, halve, sample } from "./resample.ts";
import { silhouetteOf, type Silhouette } from "./silhouette.ts";

/** The output's height; width follows from the frame's ratio. */
export const FULL_HEIGHT = 1280;
/** A face enlarged further than this looks soft: the output gets smaller instead. */
export const MOST_ENLARGEMENT = 2.5;
/** The stage is this much larger than the frame on each side, so that a seed may move the frame a little. */
const MARGIN = 0.07;

const LONGEST_SOURCE = 3000;
const LONGEST_FOR_FACES = 1600;
const SURE_FACE = 0.5;

/** A source with everything that does not depend on style or seed, held as bytes: about 9 MB. */
export interface Prepared {
  /** The source's size; face, person and window are in its pixels. */
  readonly width: number;
  readonly height: number;
  readonly face: FaceGeometry;
  readonly person: Silhouette;
  readonly cropCost: number;
  readonly maskTrusted: boolean;
  readonly window: Box;
  /** Stage pixels per source pixel. */
  readonly scale: number;
  /** The stage: the person's own colours (interleaved), how much of each pixel is person, and the photo itself. */
  readonly foreground: Pixels;
  readonly alpha: Pixels;
  readonly original: Pixels;
  /** The background without the person, a quarter of the stage. */
  readonly plate: Pixels;
}

/** Null when no face is found. Without a segmentation model the mask is never trusted. */
export async function prepareSource(
  jpeg: Uint8Array,
  faces: FaceModel | null,
  segmentation: SegmentationModel | null,
): Promise<Prepared | null> {
  if (!faces || !segmentation) return null;
  const source = await decodeSource(jpeg, LONGEST_SOURCE);
  const face = await findFace(source, faces);
  if (!face) return null;
  const mask = await personMask(source, face, segmentation);
  const maskScale = mask.width / source.width;
  const person = silhouetteOf(mask, face, maskScale);
  const plan = planCrop(source, face, person);
  const scale = Math.min(1, FULL_HEIGHT / plan.frame.height);
  const window = stageWindow(plan.frame, source);
  const width = Math.round(window.width * scale);
  const height = Math.round(window.height * scale);
  const original = await resizeBytes(source, 3, window, width, height);
  const picture = fromPixels(original);
  const probability = sample(
    mask,
    {
      left: window.left * maskScale,
      top: window.top * maskScale,
      stepX: maskScale / scale,
      stepY: maskScale / scale,
    },
    width,
    height,
  );
  const alpha = matteOf(picture, probability, moveFace(face, window.left, window.top, scale));
  const { foreground } = splitLayers(picture, alpha);
  return {
    width: source.width,
    height: source.height,
    face,
    person,
    cropCost: plan.cost,
    maskTrusted: trusted(person),
    window,
    scale,
    foreground: toPixels(foreground),
    alpha: bytes(alpha),
    original,
    plate: plateOf(picture, alpha),
  };
}

async function findFace(source: Pixels, model: FaceModel): Promise<FaceGeometry | null> {
  const scale = Math.min(1, LONGEST_FOR_FACES / Math.max(source.width, source.height));
  const whole = { left: 0, top: 0, width: source.width, height: source.height };
  const small =
    scale === 1
      ? source
      : await resizeBytes(
          source,
          3,
          whole,
          Math.round(source.width * scale),
          Math.round(source.height * scale),
        );
  const faces = (await model.detect(small)).filter((face) => face.boxScore >= SURE_FACE).map(faceGeometry);
  const tallest = faces.toSorted((a, b) => b.faceHeight - a.faceHeight)[0];
  return tallest ? moveFace(tallest, 0, 0, source.width / small.width) : null;
}

function stageWindow(frame: Box, source: Pixels): Box {
  const left = Math.max(0, Math.floor(frame.left - MARGIN * frame.width));
  const top = Math.max(0, Math.floor(frame.top - MARGIN * frame.height));
  const right = Math.min(source.width, Math.ceil(frame.left + (1 + MARGIN) * frame.width));
  const bottom = Math.min(source.height, Math.ceil(frame.top + (1 + MARGIN) * frame.height));
  return { left, top, width: right - left, height: bottom - top };
}

function trusted(person: Silhouette): boolean {
  return person.faceHeld > 0.97 && person.doubt < 0.3;
}

function plateOf(picture: Rgb, alpha: Plane): Pixels {
  return toPixels(cleanPlate(halveRgb(halveRgb(picture)), halve(halve(alpha))));
}

function bytes(plane: Plane): Pixels {
  return { width: plane.width, height: plane.height, data: Uint8Array.from(plane.data, toByte) };
}
