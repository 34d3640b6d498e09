/** Distance in pixels from each pixel to the nearest marked one (chamfer 3-4, within 6 % of the true distance). */
export function distanceTo(marked: Uint8Array, width: number, height: number): Float32Array {
  const out = new Float32Array(marked.length);
  const far = width + height;
  const diagonal = 4 / 3;
  for (let i = 0; i < out.length; i++) out[i] = marked[i] ? 0 : far;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      let best = out[p]!;
      if (x > 0) best = Math.min(best, out[p - 1]! + 1);
      if (y > 0) {
        best = Math.min(best, out[p - width]! + 1);
        if (x > 0) best = Math.min(best, out[p - width - 1]! + diagonal);
        if (x < width - 1) best = Math.min(best, out[p - width + 1]! + diagonal);
      }
      out[p] = best;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const p = y * width + x;
      let best = out[p]!;
      if (x < width - 1) best = Math.min(best, out[p + 1]! + 1);
      if (y < height - 1) {
        best = Math.min(best, out[p + width]! + 1);
        if (x < width - 1) best = Math.min(best, out[p + width + 1]! + diagonal);
        if (x > 0) best = Math.min(best, out[p + width - 1]! + diagonal);
      }
      out[p] = best;
    }
  }
  return out;
}
