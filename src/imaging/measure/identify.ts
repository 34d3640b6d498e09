import { CHIP_SIDE, type IdentityModel } from "../models/identity.ts";
import type { Face } from "../models/faces.ts";
import type { Pixels } from "../pixels.ts";
import { alignedChip, mirrored } from "./align.ts";

/** The face's 128-number vector: the mean of the aligned chip's and its mirror image's. */
export async function identify(model: IdentityModel, pixels: Pixels, face: Face): Promise<Float32Array> {
  const chip = alignedChip(pixels, face, CHIP_SIDE);
  const one = await model.describe(chip);
  const other = await model.describe(mirrored(chip));
  return one.map((value, index) => (value + (other[index] ?? 0)) / 2);
}
