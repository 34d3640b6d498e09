import sharp, { type Sharp, type SharpOptions } from "sharp";
import { AppError } from "../ports/errors.ts";
import type { Box, CleanPicture } from "../ports/imaging.ts";

/** Eight-bit sRGB, three bytes a pixel, rows from the top, no padding. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The options that let sharp read `pixels.data`. */
export function rawOf(pixels: Pixels): SharpOptions {
  return { raw: { width: pixels.width, height: pixels.height, channels: 3 } };
}

/** Runs a pipeline to RGB bytes, checking that libvips gave exactly three channels. */
export async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (data.length !== info.width * info.height * 3) {
    throw new AppError("IMAGING_FAILED", `decoded to ${info.channels} channels`);
  }
  return { data, width: info.width, height: info.height };
}

/** Shrinks so that the long side is at most `longSide`; a picture that fits is returned as it is. */
export async function shrink(pixels: Pixels, longSide: number): Promise<Pixels> {
  if (Math.max(pixels.width, pixels.height) <= longSide) return pixels;
  return toPixels(sharp(pixels.data, rawOf(pixels)).resize(longSide, longSide, { fit: "inside" }));
}

/** Turns clockwise. */
export async function turn(pixels: Pixels, degrees: 90 | 180 | 270): Promise<Pixels> {
  return toPixels(sharp(pixels.data, rawOf(pixels)).rotate(degrees));
}

/** Cuts `box` (whole pixels, inside the picture) and resizes it to the given size. */
export async function cut(pixels: Pixels, box: Box, width: number, height: number): Promise<Pixels> {
  return toPixels(sharp(pixels.data, rawOf(pixels)).extract(box).resize(width, height, { fit: "fill" }));
}

/** A JPEG without any metadata, full colour resolution. Optimal Huffman tables would save a tenth and cost double. */
export async function encode(pixels: Pixels, quality: number): Promise<CleanPicture> {
  const jpeg = await sharp(pixels.data, rawOf(pixels))
    .jpeg({ quality, chromaSubsampling: "4:4:4", optimiseCoding: false })
    .toBuffer();
  // Memory that sharp owns cannot be handed to another thread: a copy can.
  return { jpeg: new Uint8Array(jpeg), width: pixels.width, height: pixels.height };
}
