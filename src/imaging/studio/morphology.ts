import type { Plane } from "./planes.ts";

/** Grey opening: what is narrower than 2 radius + 1 pixels vanishes, the rest stays. */
export function opened(source: Plane, radius: number): Plane {
  return extreme(extreme(source, radius, Math.min), radius, Math.max);
}

/** Smallest or largest value in a square round each pixel. */
function extreme(source: Plane, radius: number, choose: (a: number, b: number) => number): Plane {
  const { width, height } = source;
  const r = Math.max(0, Math.round(radius));
  const rows = new Float32Array(source.data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      let best = source.data[row + x]!;
      const to = Math.min(width - 1, x + r);
      for (let k = Math.max(0, x - r); k <= to; k++) best = choose(best, source.data[row + k]!);
      rows[row + x] = best;
    }
  }
  const data = new Float32Array(source.data.length);
  for (let y = 0; y < height; y++) {
    const to = Math.min(height - 1, y + r);
    for (let x = 0; x < width; x++) {
      let best = rows[y * width + x]!;
      for (let k = Math.max(0, y - r); k <= to; k++) best = choose(best, rows[k * width + x]!);
      data[y * width + x] = best;
    }
  }
  return { width, height, data };
}
