import { plane, type Plane } from "./planes.ts";
import type { Random } from "./random.ts";
import { resize } from "./resample.ts";

/** Cloud-like noise around 0, mostly within -1..1; `cell` is the size of its largest clouds in pixels. */
export function clouds(random: Random, width: number, height: number, cell: number, octaves = 3): Plane {
  const out = plane(width, height);
  let strength = 0.6;
  for (let octave = 0, size = cell; octave < octaves && size >= 2; octave++, size /= 2, strength *= 0.55) {
    const grid = plane(Math.ceil(width / size) + 2, Math.ceil(height / size) + 2);
    for (let i = 0; i < grid.data.length; i++) grid.data[i] = random() * 2 - 1;
    const layer = resize(grid, width, height);
    for (let i = 0; i < out.data.length; i++) out.data[i] = out.data[i]! + strength * layer.data[i]!;
  }
  return out;
}

/** Film grain: zero mean, standard deviation 1, neighbours slightly alike as in a developed picture. */
export function grain(random: Random, width: number, height: number): Plane {
  const raw = new Float32Array(width * height);
  for (let i = 0; i < raw.length; i++) raw[i] = random() + random() + random() - 1.5;
  const out = plane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const besides = (raw[x > 0 ? p - 1 : p]! + raw[y > 0 ? p - width : p]!) / 2;
      out.data[p] = 1.7 * (raw[p]! + 0.5 * besides);
    }
  }
  return out;
}
