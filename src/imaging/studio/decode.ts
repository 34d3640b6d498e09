import sharp from "sharp";
import { AppError } from "../../ports/errors.ts";
import type { Box } from "../../ports/imaging.ts";
import type { Pixels } from "../pixels.ts";

/** Decodes a clean picture to bytes, shrunk so that no side is longer than `longest`. */
export async function decodeSource(jpeg: Uint8Array, longest: number): Promise<Pixels> {
  const { data, info } = await sharp(jpeg)
    .removeAlpha()
    .toColourspace("srgb")
    .resize(longest, longest, { fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return checked(data, info.width, info.height, 3);
}

/** Lanczos resize of a window of interleaved bytes; `channels` is 1 or 3. */
export async function resizeBytes(
  source: Pixels,
  channels: 1 | 3,
  window: Box,
  width: number,
  height: number,
): Promise<Pixels> {
  const raw = { width: source.width, height: source.height, channels };
  let pipeline = sharp(source.data, { raw })
    .extract(window)
    .resize(width, height, { fit: "fill", kernel: "lanczos3" });
  // Without this one channel silently becomes three.
  if (channels === 1) pipeline = pipeline.toColourspace("b-w");
  return checked(await pipeline.raw().toBuffer(), width, height, channels);
}

function checked(data: Uint8Array, width: number, height: number, channels: number): Pixels {
  if (data.length !== width * height * channels) {
    throw new AppError("IMAGING_FAILED", `decoded ${data.length} bytes for ${width}x${height}x${channels}`);
  }
  return { data, width, height };
}
