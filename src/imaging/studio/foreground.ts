import { rgb, type Plane, type Rgb } from "./planes.ts";

/** A picture taken apart: picture = alpha * foreground + (1 - alpha) * background. */
export interface Layers {
  /** The person's own colours, without what shone through at the edges. */
  readonly foreground: Rgb;
  readonly background: Rgb;
}

/** Keeps both layers smooth; the second makes them smoothest where alpha changes, where least is known. */
const SMOOTHNESS = 1e-5;
const EDGE_SMOOTHNESS = 1;
const SMALL_SIDE = 32;

/** From this size on, pixels that are wholly person or wholly background need no more relaxing. */
const FINE_SIDE = 256;

/**
 * Splits a picture along its alpha, smooth where alpha does not tell: from the smallest size upwards, a few rounds
 * each (Germer, Uelwer, Conrad, Harmeling, "Fast Multi-Level Foreground Estimation", 2020).
 */
export function splitLayers(picture: Rgb, alpha: Plane): Layers {
  let layers: Layers = { foreground: rgb(1, 1), background: rgb(1, 1) };
  for (const { width, height } of sizes(picture.width, picture.height)) {
    const colours = nearest(picture, width, height);
    const cover = nearestPlane(alpha, width, height);
    layers = {
      foreground: nearest(layers.foreground, width, height),
      background: nearest(layers.background, width, height),
    };
    const rounds = Math.max(width, height) <= SMALL_SIDE ? 10 : 2;
    const onlyEdges = Math.max(width, height) >= FINE_SIDE;
    for (let round = 0; round < rounds; round++) relax(colours, cover, layers, onlyEdges);
  }
  return layers;
}

function sizes(width: number, height: number): { width: number; height: number }[] {
  const levels = Math.max(1, Math.ceil(Math.log2(Math.max(width, height))));
  return Array.from({ length: levels + 1 }, (_, level) => ({
    width: Math.round(width ** (level / levels)),
    height: Math.round(height ** (level / levels)),
  }));
}

function relax(picture: Rgb, alpha: Plane, layers: Layers, onlyEdges: boolean): void {
  const { width, height } = picture;
  const { foreground: f, background: b } = layers;
  const neighbours = new Int32Array(4);
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      neighbours[0] = p + up;
      neighbours[1] = p + down;
      neighbours[2] = x > 0 ? p - 1 : p;
      neighbours[3] = x < width - 1 ? p + 1 : p;
      const a = alpha.data[p]!;
      if (onlyEdges && (a === 0 || a === 1)) {
        const own = a === 1 ? f : b;
        own.r[p] = picture.r[p]!;
        own.g[p] = picture.g[p]!;
        own.b[p] = picture.b[p]!;
        continue;
      }
      const rest = 1 - a;
      let ff = a * a;
      let bb = rest * rest;
      const fb = a * rest;
      let fr = a * picture.r[p]!;
      let fg = a * picture.g[p]!;
      let fblue = a * picture.b[p]!;
      let br = rest * picture.r[p]!;
      let bg = rest * picture.g[p]!;
      let bblue = rest * picture.b[p]!;
      for (let k = 0; k < 4; k++) {
        const q = neighbours[k]!;
        const weight = SMOOTHNESS + EDGE_SMOOTHNESS * Math.abs(a - alpha.data[q]!);
        ff += weight;
        bb += weight;
        fr += weight * f.r[q]!;
        fg += weight * f.g[q]!;
        fblue += weight * f.b[q]!;
        br += weight * b.r[q]!;
        bg += weight * b.g[q]!;
        bblue += weight * b.b[q]!;
      }
      const inverse = 1 / (ff * bb - fb * fb);
      f.r[p] = clamp((bb * fr - fb * br) * inverse);
      f.g[p] = clamp((bb * fg - fb * bg) * inverse);
      f.b[p] = clamp((bb * fblue - fb * bblue) * inverse);
      b.r[p] = clamp((ff * br - fb * fr) * inverse);
      b.g[p] = clamp((ff * bg - fb * fg) * inverse);
      b.b[p] = clamp((ff * bblue - fb * fblue) * inverse);
    }
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

function nearest(source: Rgb, width: number, height: number): Rgb {
  const take = (data: Float32Array) =>
    nearestPlane({ width: source.width, height: source.height, data }, width, height).data;
  return { width, height, r: take(source.r), g: take(source.g), b: take(source.b) };
}

/** Always a copy. Averages would mix the layers, single pixels keep the equation true. */
function nearestPlane(source: Plane, width: number, height: number): Plane {
  if (source.width === width && source.height === height) {
    return { width, height, data: source.data.slice() };
  }
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.min(source.height - 1, Math.floor(((y + 0.5) * source.height) / height)) * source.width;
    for (let x = 0; x < width; x++) {
      const column = Math.min(source.width - 1, Math.floor(((x + 0.5) * source.width) / width));
      data[y * width + x] = source.data[row + column]!;
    }
  }
  return { width, height, data };
}
