import { alignedChip, chipExtent } from "./align.ts";
import type { Face } from "../models/faces.ts";
import type { Pixels } from "../pixels.ts";

/** The chip is never enlarged, so a small face is judged on the pixels that it has. */
const LARGEST_CHIP = 256;

/**
 * Share of gradient energy that a 3-pixel average takes away, along each axis of the aligned face; the smaller
 * one, which catches motion blur. A ratio, so contrast and exposure cancel out.
 */
export function sharpness(pixels: Pixels, face: Face): number {
  const side = Math.max(16, Math.min(LARGEST_CHIP, Math.floor(chipExtent(face))));
  const grey = toGrey(alignedChip(pixels, face, side));
  return Math.min(energyLost(grey, side, 1, side), energyLost(grey, side, side, 1));
}

/** `along` is the index step in the measured direction, `across` the step to the next line. */
function energyLost(grey: Float32Array, side: number, along: number, across: number): number {
  let before = 0;
  let after = 0;
  for (let line = 0; line < side; line++) {
    for (let at = 1; at + 2 < side; at++) {
      const here = line * across + at * along;
      const step = (grey[here + along] ?? 0) - (grey[here] ?? 0);
      const averagedStep = ((grey[here + 2 * along] ?? 0) - (grey[here - along] ?? 0)) / 3;
      before += step * step;
      after += averagedStep * averagedStep;
    }
  }
  return before === 0 ? 0 : 1 - after / before;
}

function toGrey({ data, width, height }: Pixels): Float32Array {
  const grey = new Float32Array(width * height);
  for (let at = 0; at < data.length; at += 3) {
    grey[at / 3] = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  }
  return grey;
}
