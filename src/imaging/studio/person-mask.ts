import sharp from "sharp";
import type { Box } from "../../ports/imaging.ts";
import type { SegmentationModel } from "../models/segmentation.ts";
import type { Pixels } from "../pixels.ts";
import type { FaceGeometry } from "./geometry.ts";
import { plane, type Plane } from "./planes.ts";
import { resize } from "./resample.ts";

const SIDE = 256;
/** The mask's size: so that the face has this height, in pixels, but never longer than the second number. */
const FACE_IN_MASK = 200;
const LONGEST_MASK = 1200;
/**
 * The square windows looked through: side in face heights, how far below the face's centre they sit, and how much
 * their word counts. The closest sees hair best, the widest the shoulders.
 */
const WINDOWS = [
  { side: 3.4, down: 0.5, trust: 0.8 },
  { side: 2.6, down: 0.2, trust: 1 },
  { side: 1.95, down: 0.05, trust: 1.6 },
] as const;
const WHOLE_TRUST = 0.8;

/**
 * Person probability of a whole picture from several views of it: the picture itself and closer squares round the
 * head, each also mirrored. Views agree on the person and disagree on what merely touches it.
 */
export async function personMask(
  picture: Pixels,
  face: FaceGeometry,
  model: SegmentationModel,
): Promise<Plane> {
  const whole: Box = { left: 0, top: 0, width: picture.width, height: picture.height };
  const scale = Math.min(
    1,
    FACE_IN_MASK / face.faceHeight,
    LONGEST_MASK / Math.max(picture.width, picture.height),
  );
  const width = Math.round(picture.width * scale);
  const height = Math.round(picture.height * scale);
  const sum = plane(width, height);
  const weight = plane(width, height);
  const views = WINDOWS.map((view) => ({
    window: squareAround(picture, face, view.side, view.down),
    trust: view.trust,
  }));
  for (const { window, trust } of [{ window: whole, trust: WHOLE_TRUST }, ...views]) {
    const seen = await lookThrough(picture, window, model);
    blend({ sum, weight, scale, picture }, seen, window, trust);
  }
  for (let i = 0; i < sum.data.length; i++) sum.data[i] = sum.data[i]! / weight.data[i]!;
  return sum;
}

function squareAround(picture: Pixels, face: FaceGeometry, side: number, down: number): Box {
  const wanted = face.faceHeight * side;
  const width = Math.round(Math.min(wanted, picture.width));
  const height = Math.round(Math.min(wanted, picture.height));
  const left = face.centre.x - width / 2;
  const top = face.centre.y + down * face.faceHeight - height / 2;
  return {
    left: Math.round(Math.min(Math.max(left, 0), picture.width - width)),
    top: Math.round(Math.min(Math.max(top, 0), picture.height - height)),
    width,
    height,
  };
}

async function lookThrough(picture: Pixels, window: Box, model: SegmentationModel): Promise<Plane> {
  const raw = { width: picture.width, height: picture.height, channels: 3 as const };
  const data = await sharp(picture.data, { raw })
    .extract(window)
    .resize(SIDE, SIDE, { fit: "fill" })
    .raw()
    .toBuffer();
  const straight = await model.segment({ data, width: SIDE, height: SIDE });
  const mirrored = await model.segment({ data: mirror(data), width: SIDE, height: SIDE });
  const seen = plane(SIDE, SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      seen.data[y * SIDE + x] = (straight[y * SIDE + x]! + mirrored[y * SIDE + SIDE - 1 - x]!) / 2;
    }
  }
  return seen;
}

function mirror(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const from = (y * SIDE + x) * 3;
      out.set(data.subarray(from, from + 3), (y * SIDE + SIDE - 1 - x) * 3);
    }
  }
  return out;
}

interface Canvas {
  readonly sum: Plane;
  readonly weight: Plane;
  readonly scale: number;
  readonly picture: Pixels;
}

/** Adds one view; its weight fades towards those of its edges that lie inside the picture. */
function blend({ sum, weight, scale, picture }: Canvas, seen: Plane, window: Box, trust: number): void {
  const left = Math.round(window.left * scale);
  const top = Math.round(window.top * scale);
  const width = Math.min(Math.round(window.width * scale), sum.width - left);
  const height = Math.min(Math.round(window.height * scale), sum.height - top);
  const enlarged = resize(seen, width, height);
  const fade = 0.15 * Math.min(width, height);
  const ramp = (at: number, size: number, openStart: boolean, openEnd: boolean) =>
    Math.min(1, openStart ? 1 : (at + 0.5) / fade, openEnd ? 1 : (size - at - 0.5) / fade);
  const openRight = window.left + window.width >= picture.width - 1;
  const openBottom = window.top + window.height >= picture.height - 1;
  for (let y = 0; y < height; y++) {
    const rowWeight = trust * ramp(y, height, window.top === 0, openBottom);
    for (let x = 0; x < width; x++) {
      const w = Math.max(1e-3, rowWeight * ramp(x, width, window.left === 0, openRight));
      const at = (top + y) * sum.width + left + x;
      sum.data[at] = sum.data[at]! + w * enlarged.data[y * width + x]!;
      weight.data[at] = weight.data[at]! + w;
    }
  }
}
