import { chroma, colourDistance, toLab, type Lab } from "./lab.ts";
import { faceHeight, outline, OUTLINES } from "./mesh.ts";
import type { Face } from "../models/faces.ts";
import type { Pixels } from "../pixels.ts";
import { eachPixelInside } from "./polygon.ts";

/** Light and colour of the face; the meaning of each number is the port's. */
export interface Tone {
  readonly luminanceMean: number;
  readonly luminanceP90: number;
  readonly darkShare: number;
  readonly brightShare: number;
  readonly underEyeChromaRatio: number;
  readonly underEyeBrightnessRatio: number;
  readonly lowerFaceColourDistance: number;
  readonly lipContrast: number;
  readonly cheekChroma: number;
}

type OutlineName = keyof typeof OUTLINES;

interface RegionMean extends Lab {
  readonly luminance: number;
  /** Mean strength of the pixels' colours, which a few dark lashes cannot cancel out. */
  readonly chroma: number;
}

/** Measures the face in the picture that it was found in. */
export function measureTone(pixels: Pixels, face: Face): Tone {
  // About 250 rows of a face tell its tone as well as all of them.
  const step = Math.max(1, Math.floor(faceHeight(face) / 250));
  const region = (...names: OutlineName[]) => regionMean(pixels, face, names, step);
  const cheeks = region("cheekLeft", "cheekRight");
  const underEyes = region("underEyeLeft", "underEyeRight");
  const lowerFace = region("lowerLeft", "lowerRight", "chin");
  return {
    ...exposure(pixels, face, step),
    underEyeChromaRatio: ratio(underEyes.chroma, cheeks.chroma),
    underEyeBrightnessRatio: ratio(underEyes.luminance, cheeks.luminance),
    lowerFaceColourDistance: colourDistance(lowerFace, region("forehead")),
    lipContrast: colourDistance(region("lips"), lowerFace),
    cheekChroma: cheeks.chroma,
  };
}

function exposure(pixels: Pixels, face: Face, step: number) {
  const histogram = new Uint32Array(256);
  let count = 0;
  let total = 0;
  eachPixelInside(outline(face, OUTLINES.oval), pixels.width, pixels.height, step, (index) => {
    const value = luminanceAt(pixels.data, index);
    const level = Math.round(value);
    histogram[level] = (histogram[level] ?? 0) + 1;
    total += value;
    count += 1;
  });
  const share = (from: number, to: number) =>
    ratio(
      histogram.subarray(from, to).reduce((sum, n) => sum + n, 0),
      count,
    );
  let seen = 0;
  const p90 = histogram.findIndex((n) => (seen += n) >= count * 0.9);
  return {
    luminanceMean: ratio(total, count),
    luminanceP90: p90,
    darkShare: share(0, 20),
    brightShare: share(251, 256),
  };
}

function regionMean(pixels: Pixels, face: Face, names: readonly OutlineName[], step: number): RegionMean {
  const { data, width, height } = pixels;
  let count = 0;
  const sum = { l: 0, a: 0, b: 0, luminance: 0, chroma: 0 };
  for (const name of names) {
    eachPixelInside(outline(face, OUTLINES[name]), width, height, step, (index) => {
      const at = index * 3;
      const lab = toLab(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
      sum.l += lab.l;
      sum.a += lab.a;
      sum.b += lab.b;
      sum.luminance += luminanceAt(data, index);
      sum.chroma += chroma(lab);
      count += 1;
    });
  }
  const mean = (value: number) => ratio(value, count);
  return {
    l: mean(sum.l),
    a: mean(sum.a),
    b: mean(sum.b),
    luminance: mean(sum.luminance),
    chroma: mean(sum.chroma),
  };
}

/** Rec. 601 luma, 0 to 255. */
function luminanceAt(data: Uint8Array, index: number): number {
  const at = index * 3;
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
