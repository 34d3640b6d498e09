/** Rows between the two passes; kept, because a fresh megapixel for every blur is most of the garbage made here. */
let between = new Float32Array(0);

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
  if (between.length < source.length) between = new Float32Array(source.length);
  horizontal(source, between, width, height, r);
  vertical(between, out, width, height, r);
  return out;
}

function horizontal(source: Float32Array, out: Float32Array, width: number, height: number, r: number): void {
  const first = Math.min(r, width - 1);
  const inner = Math.max(0, Math.min(width, width - r - 1));
  const inverse = 1 / (2 * r + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    let count = first + 1;
    for (let x = 0; x <= first; x++) sum += source[row + x]!;
    let x = 0;
    for (; x < width && (x < r || x >= inner); x++) {
      out[row + x] = sum / count;
      if (x + r + 1 < width) {
        sum += source[row + x + r + 1]!;
        count++;
      }
      if (x - r >= 0) {
        sum -= source[row + x - r]!;
        count--;
      }
    }
    // Here the window is whole, so there is nothing to ask.
    for (; x < inner; x++) {
      out[row + x] = sum * inverse;
      sum += source[row + x + r + 1]! - source[row + x - r]!;
    }
    for (; x < width; x++) {
      out[row + x] = sum / (width - x + r);
      sum -= source[row + x - r]!;
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
    const enters = (y + r + 1) * width;
    const leaves = (y - r) * width;
    const below = y + r + 1 < height;
    const above = y - r >= 0;
    if (below && above) {
      for (let x = 0; x < width; x++) {
        const sum = sums[x]!;
        out[row + x] = sum * inverse;
        sums[x] = sum + source[enters + x]! - source[leaves + x]!;
      }
      continue;
    }
    for (let x = 0; x < width; x++) out[row + x] = sums[x]! * inverse;
    if (below) {
      for (let x = 0; x < width; x++) sums[x] = sums[x]! + source[enters + x]!;
      count++;
    }
    if (above) {
      for (let x = 0; x < width; x++) sums[x] = sums[x]! - source[leaves + x]!;
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
