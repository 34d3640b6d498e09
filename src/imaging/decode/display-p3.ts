import type { Pixels } from "../pixels.ts";

/** Linear Display P3 to linear sRGB, both with the D65 white point (CSS Color 4, section "Sample code"). */
const P3_TO_SRGB = [
  [1.2249401762805598, -0.22494017628055996, 0],
  [-0.042056954709688163, 1.0420569547096881, 0],
  [-0.019637554590334432, -0.078636045550631889, 1.0982736001409663],
] as const;

const STEPS = 4096;

/** Whether an ICC profile calls itself Display P3, as the cameras of iPhones do. */
export function isDisplayP3(icc: Uint8Array | undefined): boolean {
  // The name stands in the profile as UTF-16 or as ASCII; without the zero bytes both read the same.
  return icc !== undefined && Buffer.from(icc).toString("latin1").replaceAll("\0", "").includes("Display P3");
}

/** Converts in place pixels that are really Display P3; for HEIC only, whose decoder ignores profiles. */
export function toSrgb(pixels: Pixels): Pixels {
  const { data } = pixels;
  // Both spaces share one transfer curve (IEC 61966-2-1).
  const linear = Float32Array.from({ length: 256 }, (_, value) => toLinear(value / 255));
  const encoded = Uint8Array.from({ length: STEPS + 1 }, (_, step) =>
    Math.round(fromLinear(step / STEPS) * 255),
  );
  const [[rr, rg], [gr, gg], [br, bg, bb]] = P3_TO_SRGB;
  for (let at = 0; at < data.length; at += 3) {
    const r = linear[data[at] ?? 0] ?? 0;
    const g = linear[data[at + 1] ?? 0] ?? 0;
    const b = linear[data[at + 2] ?? 0] ?? 0;
    data[at] = encoded[toStep(rr * r + rg * g)] ?? 0;
    data[at + 1] = encoded[toStep(gr * r + gg * g)] ?? 0;
    data[at + 2] = encoded[toStep(br * r + bg * g + bb * b)] ?? 0;
  }
  return pixels;
}

function toStep(value: number): number {
  return Math.round(Math.min(Math.max(value, 0), 1) * STEPS);
}

function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function fromLinear(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}
