import type { Plane } from "./planes.ts";

/** Grey opening: what is narrower than 2 radius + 1 pixels vanishes, the rest stays. */
export function opened(source: Plane, radius: number): Plane {
  return spread(shrunk(source, radius), radius);
}

/** Largest value in a square round each pixel. */
export function spread(source: Plane, radius: number): Plane {
  return largest(source, radius, 1);
}

/** Smallest value in a square round each pixel. */
export function shrunk(source: Plane, radius: number): Plane {
  return largest(source, radius, -1);
}

/** With sign -1 the smallest instead. */
function largest(source: Plane, radius: number, sign: 1 | -1): Plane {
  const { width, height } = source;
  const r = Math.max(0, Math.round(radius));
  const rows = new Float32Array(source.data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const to = row + Math.min(width - 1, x + r);
      let best = -Infinity;
      for (let p = row + Math.max(0, x - r); p <= to; p++) {
        const value = sign * source.data[p]!;
        if (value > best) best = value;
      }
      rows[row + x] = best;
    }
  }
  const data = new Float32Array(source.data.length).fill(-Infinity);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const last = Math.min(height - 1, y + r);
    for (let from = Math.max(0, y - r); from <= last; from++) {
      const other = from * width;
      for (let x = 0; x < width; x++) {
        if (rows[other + x]! > data[row + x]!) data[row + x] = rows[other + x]!;
      }
    }
  }
  if (sign === -1) for (let p = 0; p < data.length; p++) data[p] = -data[p]!;
  return { width, height, data };
}
