import type { Pixels } from "../pixels.ts";

/** One channel of floats, rows from the top. Colours and alpha are 0 to 1. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Three planes of display-encoded sRGB, 0 to 1. */
export interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly r: Float32Array;
  readonly g: Float32Array;
  readonly b: Float32Array;
}

export function plane(width: number, height: number, fill = 0): Plane {
  const data = new Float32Array(width * height);
  if (fill !== 0) data.fill(fill);
  return { width, height, data };
}

export function rgb(width: number, height: number): Rgb {
  const size = width * height;
  return {
    width,
    height,
    r: new Float32Array(size),
    g: new Float32Array(size),
    b: new Float32Array(size),
  };
}

/** The three channels in order, for loops that treat them alike. */
export function channels(picture: Rgb): readonly [Float32Array, Float32Array, Float32Array] {
  return [picture.r, picture.g, picture.b];
}

export function fromPixels(pixels: Pixels): Rgb {
  const out = rgb(pixels.width, pixels.height);
  const { data } = pixels;
  for (let i = 0, at = 0; i < out.r.length; i++, at += 3) {
    out.r[i] = data[at]! / 255;
    out.g[i] = data[at + 1]! / 255;
    out.b[i] = data[at + 2]! / 255;
  }
  return out;
}

export function toPixels(picture: Rgb): Pixels {
  const size = picture.width * picture.height;
  const data = new Uint8Array(size * 3);
  for (let i = 0, at = 0; i < size; i++, at += 3) {
    data[at] = toByte(picture.r[i]!);
    data[at + 1] = toByte(picture.g[i]!);
    data[at + 2] = toByte(picture.b[i]!);
  }
  return { data, width: picture.width, height: picture.height };
}

export function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 255 : (value * 255 + 0.5) | 0;
}

export function clamp01(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp01((value - from) / (to - from));
  return t * t * (3 - 2 * t);
}
