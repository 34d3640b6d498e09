import { boxFilter } from "./box-filter.ts";
import { channels, plane, type Plane, type Rgb } from "./planes.ts";

/** A pixel is background for this purpose where the mask gives the person less than this. */
const CERTAINLY_NOT = 0.1;

/**
 * How much goes on in the background near each pixel: standard deviation of its colours (0..1) within `reach`,
 * the person left out. A wall or a blurred place is below 0.03, shelves and leaves are above 0.1.
 */
export function busyness(picture: Rgb, probability: Plane, reach: number): Plane {
  const { width, height } = picture;
  const size = width * height;
  const ground = new Float32Array(size);
  for (let p = 0; p < size; p++) ground[p] = probability.data[p]! < CERTAINLY_NOT ? 1 : 0;
  const cover = boxFilter(ground, width, height, reach);
  const variance = plane(width, height);
  const values = new Float32Array(size);
  for (const data of channels(picture)) {
    for (let p = 0; p < size; p++) values[p] = data[p]! * ground[p]!;
    const mean = boxFilter(values, width, height, reach);
    for (let p = 0; p < size; p++) values[p] = values[p]! * data[p]!;
    boxFilter(values, width, height, reach, values);
    for (let p = 0; p < size; p++) {
      const weight = Math.max(cover[p]!, 1e-3);
      const average = mean[p]! / weight;
      variance.data[p] = variance.data[p]! + Math.max(0, values[p]! / weight - average * average);
    }
  }
  for (let p = 0; p < size; p++) variance.data[p] = Math.sqrt(variance.data[p]! / 3);
  return variance;
}
