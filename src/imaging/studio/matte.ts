import type { FaceGeometry } from "./geometry.ts";
import { plane, type Plane, type Rgb } from "./planes.ts";
import { halve, halveRgb, resize } from "./resample.ts";
import { solveAlpha } from "./solve-alpha.ts";
import { trimapOf, type Trimap } from "./trimap.ts";

export function matteOf(picture: Rgb, probability: Plane, face: FaceGeometry): Plane {
  const trimap = trimapOf(probability, face);
  const half = halveRgb(picture);
  const halfProbability = halve(probability);
  const coarse = solve(half, halveTrimap(trimap), halfProbability.data, halfProbability, 1e-6, 100);
  const start = resize(
    { width: half.width, height: half.height, data: coarse },
    picture.width,
    picture.height,
  );
  const data = solve(picture, trimap, start.data, probability, 1e-6, 30);
  return { width: picture.width, height: picture.height, data };
}

function halveTrimap(trimap: Trimap): Trimap {
  const mean = halve(trimap);
  const data = mean.data.map((value) => (value < 0.01 ? 0 : value > 0.99 ? 1 : 0.5));
  return { width: mean.width, height: mean.height, data };
}

function solve(
  picture: Rgb,
  trimap: Trimap,
  guess: Float32Array,
  prior: Plane,
  epsilon: number,
  iterations: number,
): Float32Array {
  const { width, height } = picture;
  const unknown = new Uint8Array(width * height);
  const start = trimap.data.slice();
  const belief = plane(width, height, 1e-3).data;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      if (trimap.data[p] !== 0.5) continue;
      start[p] = guess[p]!;
      if (x >= 2 && y >= 2 && x < width - 2 && y < height - 2) unknown[p] = 1;
    }
  }
  return solveAlpha({ picture, unknown, start, expected: prior.data, belief, epsilon, iterations });
}
