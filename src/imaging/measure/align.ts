import { distance, eyeMidpoint, eyeTilt, mouthCentre } from "./mesh.ts";
import type { Face } from "../models/faces.ts";
import type { Pixels } from "../pixels.ts";

/** A chip's side as a multiple of the distance from the eyes to the mouth (imaging.md section 5). */
const SIDE_OVER_EYES_TO_MOUTH = 2.6;

/** Side in pixels of the square that an aligned chip covers in the picture. */
export function chipExtent(face: Face): number {
  return SIDE_OVER_EYES_TO_MOUTH * distance(eyeMidpoint(face), mouthCentre(face));
}

/**
 * The face as a square of `side` pixels with level eyes, centred between eyes and mouth. Every output pixel
 * averages the area that it covers; beyond the picture's edge the edge is repeated.
 */
export function alignedChip(pixels: Pixels, face: Face, side: number): Pixels {
  const eyes = eyeMidpoint(face);
  const mouth = mouthCentre(face);
  const angle = (eyeTilt(face) * Math.PI) / 180;
  const scale = chipExtent(face) / side;
  const [alongX, alongY] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const samples = Math.max(1, Math.ceil(scale));
  const centreX = (eyes.x + mouth.x) / 2;
  const centreY = (eyes.y + mouth.y) / 2;
  const data = new Uint8Array(side * side * 3);
  const sum = new Float64Array(3);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      sum.fill(0);
      for (let part = 0; part < samples * samples; part++) {
        const across = column + ((part % samples) + 0.5) / samples - side / 2;
        const down = row + (Math.floor(part / samples) + 0.5) / samples - side / 2;
        addSample(
          pixels,
          centreX + across * alongX - down * alongY,
          centreY + across * alongY + down * alongX,
          sum,
        );
      }
      const at = (row * side + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        data[at + channel] = Math.round((sum[channel] ?? 0) / (samples * samples));
      }
    }
  }
  return { data, width: side, height: side };
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

/** Adds the bilinear sample at a place given in pixels (centres at .5) to `sum`. */
function addSample({ data, width, height }: Pixels, x: number, y: number, sum: Float64Array): void {
  const px = Math.min(Math.max(x - 0.5, 0), width - 1);
  const py = Math.min(Math.max(y - 0.5, 0), height - 1);
  const left = Math.floor(px);
  const top = Math.floor(py);
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  const [fx, fy] = [px - left, py - top];
  for (let channel = 0; channel < 3; channel++) {
    const read = (row: number, column: number) => data[(row * width + column) * 3 + channel] ?? 0;
    const upper = read(top, left) * (1 - fx) + read(top, right) * fx;
    const lower = read(bottom, left) * (1 - fx) + read(bottom, right) * fx;
    sum[channel] = (sum[channel] ?? 0) + upper * (1 - fy) + lower * fy;
  }
}
