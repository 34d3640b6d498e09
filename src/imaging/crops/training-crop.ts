import type { CleanPicture } from "../../ports/imaging.ts";
import { decodeOwn } from "../decode/index.ts";
import { faceHeight, tallestFace, ovalBox } from "../measure/index.ts";
import type { Models } from "../models/shelf.ts";
import { cut, encode } from "../pixels.ts";
import { fitFrame } from "./frame.ts";

/** imaging.md section 7: a square of 2.6 face heights, the face's centre at 46 % of its height. */
const SIDE_OVER_FACE = 2.6;
const FACE_AT = { x: 0.5, y: 0.46 };
const SIDE = 1024;
const QUALITY = 95;

/** The square that trainings get; null when no face is found. A tight photo gives a smaller square, enlarged. */
export async function trainingCrop(jpeg: Uint8Array, models: Models): Promise<CleanPicture | null> {
  const pixels = await decodeOwn(jpeg);
  const face = await tallestFace(models, pixels);
  if (!face) return null;
  const side = SIDE_OVER_FACE * faceHeight(face);
  const box = ovalBox(face);
  const anchor = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const frame = fitFrame({ width: side, height: side, anchor, at: FACE_AT }, pixels.width, pixels.height);
  return encode(await cut(pixels, frame, SIDE, SIDE), QUALITY);
}
