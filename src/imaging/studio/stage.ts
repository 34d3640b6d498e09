import type { Box } from "../../ports/imaging.ts";
import type { Pixels } from "../pixels.ts";
import { boxFilter } from "./box-filter.ts";
import { cleanPlate } from "./clean-plate.ts";
import { resizeBytes } from "./decode.ts";
import { splitLayers } from "./foreground.ts";
import { moveFace } from "./geometry.ts";
import { matteOf } from "./matte.ts";
import { decodeForStudio, type SourcePlan } from "./plan-source.ts";
import { fromPixels, plane, toByte, toPixels, type Plane, type Rgb } from "./planes.ts";
import { halve, halveRgb, sample } from "./resample.ts";

/** The output's height; width follows from the frame's ratio. */
export const FULL_HEIGHT = 1280;
/** A source enlarged further than this looks soft: the output gets smaller instead. */
export const MOST_ENLARGEMENT = 2.7;
/** The stage is this much larger than the frame on each side, so that a seed may move the frame a little. */
const MARGIN = 0.07;

/** The cut-out person and the place, ready for every style and seed; held as bytes, 12 MB at most. */
export interface Stage {
  /** The part of the source that is on stage, in its pixels. */
  readonly window: Box;
  /** Stage pixels per source pixel, 1 at most. */
  readonly scale: number;
  /** The person's own colours, spread beyond the outline. */
  readonly foreground: Pixels;
  /** How much of each pixel is person, one byte each. */
  readonly alpha: Pixels;
  /** The background without the person, a quarter of the stage. */
  readonly plate: Pixels;
}

/** Cuts the person out: about a second. */
export async function stageOf(jpeg: Uint8Array, plan: SourcePlan): Promise<Stage> {
  const source = await decodeForStudio(jpeg);
  const scale = Math.min(1, FULL_HEIGHT / plan.crop.frame.height);
  const window = stageWindow(plan.crop.frame, source);
  const width = Math.round(window.width * scale);
  const height = Math.round(window.height * scale);
  const original = await resizeBytes(source, 3, window, width, height);
  const picture = fromPixels(original);
  if (!plan.mask) {
    const everything = plane(width, height, 1);
    return {
      window,
      scale,
      foreground: original,
      alpha: bytes(everything),
      plate: plateOf(picture, plane(width, height)),
    };
  }
  const unit = plan.mask.width / source.width;
  const step = (2 * unit) / scale;
  const place = { left: window.left * unit, top: window.top * unit, stepX: step, stepY: step };
  const probability = sample(plan.mask, place, (width + 1) >> 1, (height + 1) >> 1);
  const face = moveFace(plan.face, window.left, window.top, scale);
  const alpha = matteOf(picture, probability, face);
  const plate = plateOf(picture, alpha);
  if (!plan.maskTrusted) {
    return {
      window,
      scale,
      foreground: original,
      alpha: bytes(widened(alpha, 0.1 * face.faceHeight)),
      plate,
    };
  }
  const { foreground } = splitLayers(picture, alpha);
  return { window, scale, foreground: toPixels(foreground), alpha: bytes(alpha), plate };
}

function stageWindow(frame: Box, source: Pixels): Box {
  const left = Math.max(0, Math.floor(frame.left - MARGIN * frame.width));
  const top = Math.max(0, Math.floor(frame.top - MARGIN * frame.height));
  const right = Math.min(source.width, Math.ceil(frame.left + (1 + MARGIN) * frame.width));
  const bottom = Math.min(source.height, Math.ceil(frame.top + (1 + MARGIN) * frame.height));
  return { left, top, width: right - left, height: bottom - top };
}

/** An outline that may be wrong is given room: the sharp picture fades into the blurred one some way off it. */
function widened(alpha: Plane, reach: number): Plane {
  const { width, height } = alpha;
  const small = halve(halve(alpha));
  const r = reach / 4;
  const data = boxFilter(small.data, small.width, small.height, r);
  for (let p = 0; p < data.length; p++) data[p] = Math.min(1, data[p]! * 5);
  boxFilter(data, small.width, small.height, r / 2, data);
  boxFilter(data, small.width, small.height, r / 2, data);
  return sample(
    { width: small.width, height: small.height, data },
    { left: 0, top: 0, stepX: 0.25, stepY: 0.25 },
    width,
    height,
  );
}

function plateOf(picture: Rgb, alpha: Plane): Pixels {
  return toPixels(cleanPlate(halveRgb(halveRgb(picture)), halve(halve(alpha))));
}

function bytes(source: Plane): Pixels {
  const data = new Uint8Array(source.data.length);
  for (let p = 0; p < data.length; p++) data[p] = toByte(source.data[p]!);
  return { width: source.width, height: source.height, data };
}
