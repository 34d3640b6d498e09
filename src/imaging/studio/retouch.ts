import { boxFilter, softBlur } from "./box-filter.ts";
import type { FaceRegions } from "./face-regions.ts";
import type { FaceGeometry } from "./geometry.ts";
import type { Plane, Rgb } from "./planes.ts";
import { halve, resize } from "./resample.ts";
import { luma } from "./tone.ts";

/** Share of the skin's fine, faint detail that is taken out: a third looks rested, more looks artificial. */
const SKIN_CALM = 0.34;
/** Detail stronger than this (display values) is a line, a mole, a beard: it stays. */
const FAINT = 0.05;
const FEATURE_CRISP = 0.35;

/** Calms skin, crisps eyes, brows and lips, and gives back a little of what enlarging took. In place. */
export function retouch(
  picture: Rgb,
  alpha: Plane,
  regions: FaceRegions,
  face: FaceGeometry,
  enlargement: number,
): void {
  const { width, height } = picture;
  const light = new Float32Array(width * height);
  for (let p = 0; p < light.length; p++) light[p] = luma(picture.r[p]!, picture.g[p]!, picture.b[p]!);
  const fine = broadly({ width, height, data: light }, Math.max(1, 0.011 * face.faceHeight));
  const near = boxFilter(light, width, height, Math.max(1, Math.round(0.7 * enlargement)));
  boxFilter(near, width, height, 1, near);
  const crispness = 0.25 + 0.3 * Math.min(1, Math.max(0, enlargement - 0.8));
  for (let p = 0; p < light.length; p++) {
    if (alpha.data[p] === 0) continue;
    const detail = light[p]! - fine[p]!;
    const strength = (detail * detail) / (FAINT * FAINT);
    const faint = 1 / (1 + strength * strength);
    const edge = light[p]! - near[p]!;
    const skin = regions.skin.data[p]!;
    const features = regions.features.data[p]!;
    // Sharpening skips what is as faint as sensor noise.
    const worth = Math.min(1, Math.abs(edge) / 0.012);
    const change =
      -SKIN_CALM * skin * faint * detail +
      worth * edge * (crispness * (1 - 0.7 * skin) + FEATURE_CRISP * features);
    const limited = Math.max(-0.12, Math.min(0.12, change));
    picture.r[p] = picture.r[p]! + limited;
    picture.g[p] = picture.g[p]! + limited;
    picture.b[p] = picture.b[p]! + limited;
  }
}

/** A wide blur, done at half size. */
function broadly(source: Plane, sigma: number): Float32Array {
  const small = halve(source);
  const data = softBlur(small.data, small.width, small.height, sigma / 2);
  return resize({ width: small.width, height: small.height, data }, source.width, source.height).data;
}
