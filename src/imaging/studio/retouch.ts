import { softBlur } from "./box-filter.ts";
import type { FaceRegions } from "./face-regions.ts";
import type { FaceGeometry } from "./geometry.ts";
import type { Rgb } from "./planes.ts";
import { luma } from "./tone.ts";

/** Share of the skin's fine, faint detail that is taken out: a third looks rested, more looks artificial. */
const SKIN_CALM = 0.34;
/** Detail stronger than this (display values) is a line, a mole, a beard: it stays. */
const FAINT = 0.05;
const FEATURE_CRISP = 0.35;

/** Calms skin, crisps eyes, brows and lips, and gives back a little of what enlarging took. In place. */
export function retouch(picture: Rgb, regions: FaceRegions, face: FaceGeometry, enlargement: number): void {
  const { width, height } = picture;
  const light = new Float32Array(width * height);
  for (let p = 0; p < light.length; p++) light[p] = luma(picture.r[p]!, picture.g[p]!, picture.b[p]!);
  const fine = softBlur(light, width, height, Math.max(1, 0.011 * face.faceHeight));
  const crispRadius = Math.max(0.8, 0.7 * enlargement);
  const near = softBlur(light, width, height, crispRadius);
  const crispness = 0.25 + 0.3 * Math.min(1, Math.max(0, enlargement - 0.8));
  for (let p = 0; p < light.length; p++) {
    const detail = light[p]! - fine[p]!;
    const faint = 1 / (1 + (detail / FAINT) ** 4);
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
