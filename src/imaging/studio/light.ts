import { softBlur } from "./box-filter.ts";
import type { FaceRegions } from "./face-regions.ts";
import type { FaceGeometry } from "./geometry.ts";
import { channels, plane, smoothstep, type Plane, type Rgb } from "./planes.ts";
import { halve, resize } from "./resample.ts";
import { luma, toDisplay, toLinear } from "./tone.ts";

/** Share of the uneven light on the face that is taken out. More looks like a mask. */
const EVEN_OUT = 0.3;
/** A well exposed face has its highlights here, whatever the skin's tone: the mean would lighten dark skin. */
const HIGHLIGHT = { low: 0.62, high: 0.93 };
const STOPS = { down: 0.35, up: 0.7 };

/** -1 where the face is lit more from the left of the picture, 1 from the right. */
export function keySideOf(picture: Rgb, regions: FaceRegions, face: FaceGeometry): -1 | 1 {
  let left = 0;
  let right = 0;
  let leftWeight = 1e-6;
  let rightWeight = 1e-6;
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const p = y * picture.width + x;
      const weight = regions.skin.data[p]!;
      if (weight < 0.5) continue;
      const value = luma(picture.r[p]!, picture.g[p]!, picture.b[p]!);
      if (x < face.centre.x) {
        left += value;
        leftWeight++;
      } else {
        right += value;
        rightWeight++;
      }
    }
  }
  return left / leftWeight >= right / rightWeight ? -1 : 1;
}

/** Corrects exposure by the face's highlights, evens its light a little and lets the lower body fall off. In place. */
export function relight(picture: Rgb, alpha: Plane, regions: FaceRegions, face: FaceGeometry): void {
  const gain = 2 ** exposureStops(picture, regions);
  const evening = unevenness(picture, regions, face);
  const fallFrom = face.chin + 0.5 * face.faceHeight;
  for (let y = 0; y < picture.height; y++) {
    const fall = 1 - 0.12 * smoothstep(fallFrom, picture.height + face.faceHeight * 0.2, y);
    for (let x = 0; x < picture.width; x++) {
      const p = y * picture.width + x;
      if (alpha.data[p] === 0) continue;
      const by = gain * evening[p]! * fall;
      picture.r[p] = brighten(picture.r[p]!, by);
      picture.g[p] = brighten(picture.g[p]!, by);
      picture.b[p] = brighten(picture.b[p]!, by);
    }
  }
}

/** Multiplies light; what a gain would push towards white is bent instead of cut, never below where it was. */
function brighten(value: number, by: number): number {
  const light = toLinear(value);
  const wanted = light * by;
  if (by <= 1 || wanted < 0.6) return toDisplay(wanted);
  return toDisplay(Math.max(light, 0.6 + 0.4 * (1 - Math.exp(-(wanted - 0.6) / 0.4))));
}

function exposureStops(picture: Rgb, regions: FaceRegions): number {
  const values: number[] = [];
  for (let p = 0; p < regions.skin.data.length; p += 7) {
    if (regions.skin.data[p]! > 0.7) values.push(luma(picture.r[p]!, picture.g[p]!, picture.b[p]!));
  }
  if (values.length < 20) return 0;
  values.sort((a, b) => a - b);
  const highlight = values[Math.floor(values.length * 0.93)]!;
  if (highlight < HIGHLIGHT.low) {
    return Math.min(
      STOPS.up,
      0.75 * Math.log2(toLinear(HIGHLIGHT.low) / Math.max(toLinear(highlight), 1e-3)),
    );
  }
  if (highlight > HIGHLIGHT.high) {
    return -Math.min(STOPS.down, 3 * Math.log2(toLinear(highlight) / toLinear(HIGHLIGHT.high)));
  }
  return 0;
}

/** A gain for every pixel, 1 outside the face: towards the face's mean where its broad light is uneven. */
function unevenness(picture: Rgb, regions: FaceRegions, face: FaceGeometry): Float32Array {
  const { width, height } = picture;
  const light = plane(width, height);
  for (let p = 0; p < light.data.length; p++) {
    light.data[p] = toLinear(luma(picture.r[p]!, picture.g[p]!, picture.b[p]!)) * regions.skin.data[p]!;
  }
  const small = halve(halve(light));
  const cover = halve(halve(regions.skin));
  const sigma = (0.16 * face.faceHeight) / 4;
  const broad = softBlur(small.data, small.width, small.height, sigma);
  const weight = softBlur(cover.data, small.width, small.height, sigma);
  let sum = 0;
  let count = 1e-6;
  for (let p = 0; p < broad.length; p++) {
    if (cover.data[p]! < 0.5) continue;
    sum += broad[p]! / weight[p]!;
    count++;
  }
  const mean = sum / count;
  const gains = plane(small.width, small.height, 1);
  for (let p = 0; p < broad.length; p++) {
    if (weight[p]! < 0.02) continue;
    const ratio = mean / Math.max(broad[p]! / weight[p]!, mean * 0.2);
    gains.data[p] = 1 + (Math.min(1.3, Math.max(0.8, ratio ** EVEN_OUT)) - 1) * Math.min(1, weight[p]! * 2);
  }
  const smooth = softBlur(gains.data, small.width, small.height, sigma / 2);
  const full = resize({ width: small.width, height: small.height, data: smooth }, width, height).data;
  for (let p = 0; p < full.length; p++)
    full[p] = 1 + (full[p]! - 1) * Math.min(1, regions.face.data[p]! * 1.2);
  return full;
}

/** Shadows a little deeper, lights a little brighter, mid tones where they were. In place. */
export function contrast(picture: Rgb, strength: number): void {
  for (const data of channels(picture)) {
    for (let p = 0; p < data.length; p++) {
      const v = data[p]!;
      data[p] = v + strength * (v - 0.5) * v * (1 - v) * 4;
    }
  }
}
