import sharp from "sharp";
import { rawOf, type Pixels } from "../pixels.ts";

const SIDE = 32;
const LOW = 8;

/**
 * 64-bit DCT hashes of the picture and of its mirror image, 16 hex digits each: the 8 x 8 lowest frequencies of
 * a 32 x 32 grey copy against their median. The mirror image only changes the sign of the odd columns.
 */
export async function hashPair(pixels: Pixels): Promise<{ hash: string; mirrorHash: string }> {
  const grey = await sharp(pixels.data, rawOf(pixels))
    .resize(SIDE, SIDE, { fit: "fill" })
    .greyscale()
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  const low = lowFrequencies(grey);
  const mirrored = low.map((value, index) => (index % 2 === 1 ? -value : value));
  return { hash: bitsAboveMedian(low), mirrorHash: bitsAboveMedian(mirrored) };
}

/** Two-dimensional DCT-II, rows first, cut to the 8 x 8 lowest frequencies; row-major. */
function lowFrequencies(grey: Uint8Array): number[] {
  const rows = Array.from({ length: SIDE }, (_, row) =>
    transform(Array.from(grey.subarray(row * SIDE, (row + 1) * SIDE))),
  );
  const columns = Array.from({ length: LOW }, (_, column) => transform(rows.map((row) => row[column] ?? 0)));
  return Array.from({ length: LOW * LOW }, (_, at) => columns[at % LOW]?.[Math.floor(at / LOW)] ?? 0);
}

function transform(values: readonly number[]): number[] {
  return Array.from({ length: LOW }, (_, frequency) =>
    values.reduce(
      (sum, value, at) => sum + value * Math.cos((Math.PI * frequency * (2 * at + 1)) / (2 * SIDE)),
      0,
    ),
  );
}

function bitsAboveMedian(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
  const bits = values.map((value) => (value > median ? "1" : "0")).join("");
  return BigInt(`0b${bits}`).toString(16).padStart(16, "0");
}
