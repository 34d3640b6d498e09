import type { FaceRegions } from "./face-regions.ts";
import type { Rgb } from "./planes.ts";
import { toDisplay, toLinear } from "./tone.ts";

/**
 * Human skin of every depth has its hue within these Lab angles (degrees) in neutral light; only outside of them is
 * a colour cast certain. Measured: median 50, a blue-cast photo at -30.
 */
const HUE = { from: 36, to: 68 };
/** Below this chroma the photo is black and white, and has no cast to take out. */
const LEAST_CHROMA = 5;
const MOST_GAIN = 1.35;

/** Takes out a strong colour cast, judged by the skin. In place. */
export function neutraliseCast(picture: Rgb, regions: FaceRegions): void {
  const skin = meanSkin(picture, regions);
  if (!skin) return;
  const lab = toLab(skin);
  const chroma = Math.hypot(lab.a, lab.b);
  if (chroma < LEAST_CHROMA) return;
  const hue = (Math.atan2(lab.b, lab.a) * 180) / Math.PI;
  if (hue >= HUE.from && hue <= HUE.to) return;
  const wanted = ((hue < HUE.from && hue > -130 ? HUE.from : HUE.to) * Math.PI) / 180;
  const target = fromLab({
    l: lab.l,
    a: Math.max(chroma, 12) * Math.cos(wanted),
    b: Math.max(chroma, 12) * Math.sin(wanted),
  });
  const gains = skin.map((value, i) => Math.min(MOST_GAIN, Math.max(1 / MOST_GAIN, target[i]! / value)));
  const data = [picture.r, picture.g, picture.b];
  for (const [i, channel] of data.entries()) {
    const gain = gains[i]!;
    for (let p = 0; p < channel.length; p++) channel[p] = toDisplay(toLinear(channel[p]!) * gain);
  }
}

/** Mean linear skin colour. */
function meanSkin(picture: Rgb, regions: FaceRegions): readonly [number, number, number] | null {
  let weight = 0;
  const sum: [number, number, number] = [0, 0, 0];
  for (let p = 0; p < regions.skin.data.length; p += 3) {
    const w = regions.skin.data[p]!;
    if (w < 0.5) continue;
    weight += w;
    sum[0] += w * toLinear(picture.r[p]!);
    sum[1] += w * toLinear(picture.g[p]!);
    sum[2] += w * toLinear(picture.b[p]!);
  }
  if (weight < 20) return null;
  return [sum[0] / weight, sum[1] / weight, sum[2] / weight];
}

interface Lab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
}

const WHITE = [0.95047, 1, 1.08883] as const;

/** CIE Lab (D65) of linear sRGB. */
export function toLab([r, g, b]: readonly [number, number, number]): Lab {
  const x = fold((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
  const y = fold(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = fold((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE[2]);
  return { l: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) };
}

export function fromLab({ l, a, b }: Lab): [number, number, number] {
  const fy = (l + 16) / 116;
  const x = WHITE[0] * unfold(fy + a / 500);
  const y = unfold(fy);
  const z = WHITE[2] * unfold(fy - b / 200);
  return [
    3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
    -0.969266 * x + 1.8760108 * y + 0.041556 * z,
    0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
  ];
}

function fold(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116;
}

function unfold(t: number): number {
  return t > 6 / 29 ? t ** 3 : (116 * t - 16) / (24389 / 27);
}
