import type { CleanPicture, CropKind } from "../../ports/imaging.ts";
import { decodeOwn } from "../decode/index.ts";
import { eyeMidpoint, faceHeight, tallestFace } from "../measure/index.ts";
import type { Face } from "../models/faces.ts";
import type { Models } from "../models/shelf.ts";
import { cut, encode, type Pixels } from "../pixels.ts";
import { fitFrame, type Frame } from "./frame.ts";

interface Shape {
  /** The result's size in pixels, where the picture has as many. */
  readonly width: number;
  readonly height: number;
  /** The frame's height in face heights (forehead to chin; a whole head is about 1.35 of them). */
  readonly faces: number;
  /** Eye line as a share of the frame's height. */
  readonly eyes: number;
}

/** product.md section 5: LinkedIn shows 800 px squares as circles; 10 to 15 % air round the head, eyes above the middle. */
const SHAPES: Readonly<Record<CropKind, Shape>> = {
  "linkedin-square": { width: 800, height: 800, faces: 2.1, eyes: 0.43 },
  "circle-safe": { width: 800, height: 800, faces: 2.6, eyes: 0.45 },
  "portrait-4x5": { width: 1080, height: 1350, faces: 2.6, eyes: 0.4 },
};

const QUALITY = 92;

/** Cuts a finished picture round the face; without a face, round its upper middle. Marks are the caller's to add again. */
export async function crop(jpeg: Uint8Array, kind: CropKind, models: Models): Promise<CleanPicture> {
  const pixels = await decodeOwn(jpeg);
  const face = await tallestFace(models, pixels);
  const shape = SHAPES[kind];
  const frame = fitFrame(
    face ? frameRound(face, shape) : wholeFrame(pixels, shape),
    pixels.width,
    pixels.height,
  );
  const shrinkage = Math.min(1, shape.width / frame.width);
  const width = Math.round(frame.width * shrinkage);
  const height = Math.round((width * shape.height) / shape.width);
  return encode(await cut(pixels, frame, width, height), QUALITY);
}

function frameRound(face: Face, shape: Shape): Frame {
  const height = faceHeight(face) * shape.faces;
  const width = (height * shape.width) / shape.height;
  return { width, height, anchor: eyeMidpoint(face), at: { x: 0.5, y: shape.eyes } };
}

function wholeFrame(pixels: Pixels, shape: Shape): Frame {
  const scale = Math.min(pixels.width / shape.width, pixels.height / shape.height);
  const anchor = { x: pixels.width / 2, y: 0 };
  return { width: shape.width * scale, height: shape.height * scale, anchor, at: { x: 0.5, y: 0 } };
}
