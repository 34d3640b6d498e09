/**
 * Mean over a (2 radius + 1) square, cut at the picture's edge. Running sums, so the radius costs nothing.
 * `out` may be `source`.
 */
export function boxFilter(
  source: Float32Array,
  width: number,
  height: number,
  radius: number,
  out: Float32Array = new Float32Array(source.length),
): Float32Array {
  const r = Math.max(0, Math.floor(radius));
  if (r === 0) {
    if (out !== source) out.set(source);
    return out;
  }
  const rows = new Float32Array(source.length);
  horizontal(source, rows, width, height, r);
  vertical(rows, out, width, height, r);
  return out;
}

function horizontal(source: Float32Array, out: Float32Array, width: number, height: number, r: number): void {
  const first = Math.min(r, width - 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    let count = first + 1;
    for (let x = 0; x <= first; x++) sum += source[row + x]!;
    for (let x = 0; x < width; x++) {
      out[row + x] = sum / count;
      const enters = x + r + 1;
      const leaves = x - r;
      if (enters < width) {
        sum += source[row + enters]!;
        count++;
      }
      if (leaves >= 0) {
        sum -= source[row + leaves]!;
        count--;
      }
    }
  }
}

function vertical(source: Float32Array, out: Float32Array, width: number, height: number, r: number): void {
  // Whole rows are added and taken away, which walks memory in order.
  const sums = new Float64Array(width);
  const first = Math.min(r, height - 1);
  let count = first + 1;
  for (let y = 0; y <= first; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) sums[x] = sums[x]! + source[row + x]!;
  }
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const inverse = 1 / count;
    for (let x = 0; x < width; x++) out[row + x] = sums[x]! * inverse;
    const enters = y + r + 1;
    const leaves = y - r;
    if (enters < height) {
      const from = enters * width;
      for (let x = 0; x < width; x++) sums[x] = sums[x]! + source[from + x]!;
      count++;
    }
    if (leaves >= 0) {
      const from = leaves * width;
      for (let x = 0; x < width; x++) sums[x] = sums[x]! - source[from + x]!;
      count--;
    }
  }
}

/** Three box filters: close to a Gaussian of the given sigma. */
export function softBlur(source: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const radius = Math.max(1, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  const out = boxFilter(source, width, height, radius);
  boxFilter(out, width, height, radius, out);
  return boxFilter(out, width, height, radius, out);
}
