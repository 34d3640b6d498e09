import type { Rgb } from "./planes.ts";

/** A sparse symmetric operator on the unknown pixels: 25 coefficients each, for the 5 x 5 pixels around it. */
export interface MattingLaplacian {
  readonly width: number;
  readonly height: number;
  /** Pixel index of each unknown, rising. */
  readonly unknown: Int32Array;
  readonly coefficients: Float32Array;
}

const SPAN = 25;
const CENTRE = 12;

/**
 * The matting Laplacian of 3 x 3 windows (Levin, Lischinski, Weiss, "A Closed-Form Solution to Natural Image
 * Matting", 2008), built only where a window touches an unknown pixel. `epsilon` is in squared 0..1 units.
 */
export function mattingLaplacian(picture: Rgb, isUnknown: Uint8Array, epsilon: number): MattingLaplacian {
  const { width, height } = picture;
  const slot = new Int32Array(width * height).fill(-1);
  let count = 0;
  for (let i = 0; i < isUnknown.length; i++) if (isUnknown[i]) slot[i] = count++;
  const unknown = new Int32Array(count);
  for (let i = 0; i < slot.length; i++) if (slot[i]! >= 0) unknown[slot[i]!] = i;

  const coefficients = new Float32Array(count * SPAN);
  const { r, g, b } = picture;
  const d = new Float64Array(27);
  const v = new Float64Array(27);
  const pixel = new Int32Array(9);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const centre = y * width + x;
      let touched = 0;
      for (let k = 0, dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++, k++) {
          const p = centre + dy * width + dx;
          pixel[k] = p;
          touched |= isUnknown[p]!;
        }
      }
      if (touched === 0) continue;
      windowTerms(r, g, b, pixel, epsilon, d, v);
      for (let i = 0; i < 9; i++) {
        const row = slot[pixel[i]!]!;
        if (row < 0) continue;
        const at = row * SPAN;
        const iy = (i / 3) | 0;
        const ix = i - iy * 3;
        const v0 = v[i * 3]!;
        const v1 = v[i * 3 + 1]!;
        const v2 = v[i * 3 + 2]!;
        for (let j = 0; j < 9; j++) {
          const jy = (j / 3) | 0;
          const jx = j - jy * 3;
          const affinity = (1 + v0 * d[j * 3]! + v1 * d[j * 3 + 1]! + v2 * d[j * 3 + 2]!) / 9;
          const offset = at + (jy - iy + 2) * 5 + (jx - ix + 2);
          coefficients[offset] = coefficients[offset]! - affinity;
        }
        coefficients[at + CENTRE] = coefficients[at + CENTRE]! + 1;
      }
    }
  }
  return { width, height, unknown, coefficients };
}

/** Fills `d` with the window's deviations from its mean and `v` with them times the inverse covariance. */
function windowTerms(
  r: Float32Array,
  g: Float32Array,
  b: Float32Array,
  pixel: Int32Array,
  epsilon: number,
  d: Float64Array,
  v: Float64Array,
): void {
  let mr = 0;
  let mg = 0;
  let mb = 0;
  for (let k = 0; k < 9; k++) {
    const p = pixel[k]!;
    mr += r[p]!;
    mg += g[p]!;
    mb += b[p]!;
  }
  mr /= 9;
  mg /= 9;
  mb /= 9;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s11 = 0;
  let s12 = 0;
  let s22 = 0;
  for (let k = 0; k < 9; k++) {
    const p = pixel[k]!;
    const dr = r[p]! - mr;
    const dg = g[p]! - mg;
    const db = b[p]! - mb;
    d[k * 3] = dr;
    d[k * 3 + 1] = dg;
    d[k * 3 + 2] = db;
    s00 += dr * dr;
    s01 += dr * dg;
    s02 += dr * db;
    s11 += dg * dg;
    s12 += dg * db;
    s22 += db * db;
  }
  const regular = epsilon / 9;
  s00 = s00 / 9 + regular;
  s11 = s11 / 9 + regular;
  s22 = s22 / 9 + regular;
  s01 /= 9;
  s02 /= 9;
  s12 /= 9;
  const i00 = s11 * s22 - s12 * s12;
  const i01 = s02 * s12 - s01 * s22;
  const i02 = s01 * s12 - s02 * s11;
  const i11 = s00 * s22 - s02 * s02;
  const i12 = s01 * s02 - s00 * s12;
  const i22 = s00 * s11 - s01 * s01;
  const inverse = 1 / (s00 * i00 + s01 * i01 + s02 * i02);
  for (let k = 0; k < 27; k += 3) {
    const dr = d[k]!;
    const dg = d[k + 1]!;
    const db = d[k + 2]!;
    v[k] = (i00 * dr + i01 * dg + i02 * db) * inverse;
    v[k + 1] = (i01 * dr + i11 * dg + i12 * db) * inverse;
    v[k + 2] = (i02 * dr + i12 * dg + i22 * db) * inverse;
  }
}

/** Laplacian times a full-size vector, taken at the unknown pixels. Pixels nearer than 2 to the edge must be known. */
export function applyLaplacian(laplacian: MattingLaplacian, x: Float32Array, out: Float32Array): void {
  const { unknown, coefficients, width } = laplacian;
  for (let row = 0, at = 0; row < unknown.length; row++, at += SPAN) {
    let p = unknown[row]! - 2 * width - 2;
    let sum = 0;
    for (let line = 0, k = at; line < 5; line++, k += 5, p += width) {
      sum +=
        coefficients[k]! * x[p]! +
        coefficients[k + 1]! * x[p + 1]! +
        coefficients[k + 2]! * x[p + 2]! +
        coefficients[k + 3]! * x[p + 3]! +
        coefficients[k + 4]! * x[p + 4]!;
    }
    out[row] = sum;
  }
}

/** Diagonal of the operator, for a Jacobi preconditioner. */
export function diagonal(laplacian: MattingLaplacian): Float32Array {
  const out = new Float32Array(laplacian.unknown.length);
  for (let row = 0; row < out.length; row++) out[row] = laplacian.coefficients[row * SPAN + CENTRE]!;
  return out;
}
