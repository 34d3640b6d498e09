import type { Box } from "../../ports/imaging.ts";
import type { Face } from "../models/faces.ts";
import type { Pixels } from "../pixels.ts";
import { distance, eyeMidpoint, eyeTilt, mouthCentre } from "./mesh.ts";

/** A chip's side as a multiple of the distance from the eyes to the mouth (imaging.md section 5). */
const SIDE_OVER_EYES_TO_MOUTH = 2.6;

/** Side in pixels of the square that an aligned chip covers in the picture. */
export function chipExtent(face: Face): number {
  return SIDE_OVER_EYES_TO_MOUTH * distance(eyeMidpoint(face), mouthCentre(face));
}

/**
 * The face as a square of `side` pixels with level eyes, centred between eyes and mouth, averaged where it shrinks.
 * Beyond the picture's edge the edge is repeated.
 */
export function alignedChip(pixels: Pixels, face: Face, side: number): Pixels {
  const eyes = eyeMidpoint(face);
  const mouth = mouthCentre(face);
  const extent = chipExtent(face);
  const centreX = (eyes.x + mouth.x) / 2;
  const centreY = (eyes.y + mouth.y) / 2;
  const factor = Math.max(1, Math.floor(extent / side));
  // Half a diagonal reaches every corner of the turned square.
  const reach = extent * Math.SQRT1_2 + factor;
  const area = { left: centreX - reach, top: centreY - reach, width: 2 * reach, height: 2 * reach };
  const { left, top, small } = average(pixels, area, factor);
  const angle = (eyeTilt(face) * Math.PI) / 180;
  const scale = extent / side / factor;
  return sampleSquare(small, {
    side,
    centreX: (centreX - left) / factor,
    centreY: (centreY - top) / factor,
    alongX: Math.cos(angle) * scale,
    alongY: Math.sin(angle) * scale,
  });
}

export function mirrored(pixels: Pixels): Pixels {
  const { width, height } = pixels;
  const data = new Uint8Array(pixels.data.length);
  for (let index = 0; index < width * height; index++) {
    const column = index % width;
    const from = (index - column + (width - 1 - column)) * 3;
    data.set(pixels.data.subarray(from, from + 3), index * 3);
  }
  return { data, width, height };
}

/** The part of the picture under `area`, shrunk by a whole factor: each pixel is the mean of a block. */
function average(pixels: Pixels, area: Box, factor: number): { left: number; top: number; small: Pixels } {
  const left = Math.min(Math.max(Math.floor(area.left), 0), pixels.width - factor);
  const top = Math.min(Math.max(Math.floor(area.top), 0), pixels.height - factor);
  const columns = Math.max(1, Math.floor((Math.min(pixels.width, area.left + area.width) - left) / factor));
  const rows = Math.max(1, Math.floor((Math.min(pixels.height, area.top + area.height) - top) / factor));
  const data = new Uint8Array(columns * rows * 3);
  for (let at = 0; at < data.length; at++) {
    const channel = at % 3;
    const column = ((at - channel) / 3) % columns;
    const row = Math.floor(at / 3 / columns);
    let sum = 0;
    for (let y = top + row * factor; y < top + (row + 1) * factor; y++) {
      const start = (y * pixels.width + left + column * factor) * 3 + channel;
      for (let step = 0; step < factor * 3; step += 3) sum += pixels.data[start + step] ?? 0;
    }
    data[at] = Math.round(sum / (factor * factor));
  }
  return { left, top, small: { data, width: columns, height: rows } };
}

interface Square {
  readonly side: number;
  readonly centreX: number;
  readonly centreY: number;
  /** The step in the picture from one column of the square to the next. */
  readonly alongX: number;
  readonly alongY: number;
}

/** Bilinear, two by two samples a pixel: enough for the factor of up to two that is left to shrink. */
function sampleSquare({ data, width, height }: Pixels, square: Square): Pixels {
  const { side, centreX, centreY, alongX, alongY } = square;
  const out = new Uint8Array(side * side * 3);
  const sums = new Float64Array(3);
  for (let index = 0; index < side * side; index++) {
    const column = index % side;
    const row = (index - column) / side;
    sums.fill(0);
    for (let part = 0; part < 4; part++) {
      const across = column + (part % 2 === 0 ? 0.25 : 0.75) - side / 2;
      const down = row + (part < 2 ? 0.25 : 0.75) - side / 2;
      const x = Math.min(Math.max(centreX + across * alongX - down * alongY - 0.5, 0), width - 1);
      const y = Math.min(Math.max(centreY + across * alongY + down * alongX - 0.5, 0), height - 1);
      const [px, py] = [Math.floor(x), Math.floor(y)];
      const [fx, fy] = [x - px, y - py];
      const upper = (py * width + px) * 3;
      const lower = py + 1 < height ? upper + width * 3 : upper;
      const next = px + 1 < width ? 3 : 0;
      for (let channel = 0; channel < 3; channel++) {
        const a = data[upper + channel] ?? 0;
        const b = data[upper + channel + next] ?? 0;
        const c = data[lower + channel] ?? 0;
        const d = data[lower + channel + next] ?? 0;
        const above = a + (b - a) * fx;
        sums[channel] = (sums[channel] ?? 0) + above + (c + (d - c) * fx - above) * fy;
      }
    }
    for (let channel = 0; channel < 3; channel++)
      out[index * 3 + channel] = Math.round((sums[channel] ?? 0) / 4);
  }
  return { data: out, width: side, height: side };
}
