import type { LikenessBand } from "../../ports/product.ts";

/** What a picture is compared with: the mean vector of the kept selfies and the upper ends of the bands. */
export interface LikenessReference {
  readonly mean: Float32Array;
  readonly limits: { readonly veryClose: number; readonly close: number; readonly loose: number };
}

/** Euclidean distance of a face to the reference (imaging.md section 5); null where either was not measured. */
export function distanceTo(
  reference: LikenessReference | null,
  identity: Float32Array | null,
): number | null {
  if (reference === null || identity === null) return null;
  const squares = identity.map((value, index) => (value - (reference.mean[index] ?? 0)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}

/** How much a picture looks like the person (DESIGN.md section 6). Beyond `loose` is not shown. */
export function bandOf(distance: number, limits: LikenessReference["limits"]): LikenessBand {
  if (distance <= limits.veryClose) return "very_close";
  if (distance <= limits.close) return "close";
  return distance <= limits.loose ? "loose" : "beyond";
}
