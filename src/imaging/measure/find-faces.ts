import type { Box } from "../../ports/imaging.ts";
import { faceHeight, ovalBox } from "./mesh.ts";
import type { Face, FaceModel } from "../models/faces.ts";
import type { Models } from "../models/shelf.ts";
import type { Pixels } from "../pixels.ts";

/** Real faces score 0.42 to 0.97, look-alikes and ghosts at most 0.34 (imaging.md section 4.2). */
const LEAST_SCORE = 0.5;
/** A box that shares more than this with a larger face is the same face seen twice. */
const MOST_OVERLAP = 0.3;

/** The faces of a picture, tallest first. */
export async function findFaces(model: FaceModel, pixels: Pixels): Promise<readonly Face[]> {
  const candidates = (await model.detect(pixels)).filter((face) => face.boxScore >= LEAST_SCORE);
  const kept: Face[] = [];
  for (const face of candidates.toSorted((a, b) => faceHeight(b) - faceHeight(a))) {
    if (kept.every((larger) => overlap(ovalBox(face), ovalBox(larger)) <= MOST_OVERLAP)) kept.push(face);
  }
  return kept;
}

/** The face that a picture is of; null when there is none or the model did not load. */
export async function tallestFace(models: Models, pixels: Pixels): Promise<Face | null> {
  const model = await models.faces();
  const [tallest] = model ? await findFaces(model, pixels) : [];
  return tallest ?? null;
}

/** Shared area as a share of the first box. */
function overlap(box: Box, other: Box): number {
  const width = Math.min(box.left + box.width, other.left + other.width) - Math.max(box.left, other.left);
  const height = Math.min(box.top + box.height, other.top + other.height) - Math.max(box.top, other.top);
  return width <= 0 || height <= 0 ? 0 : (width * height) / (box.width * box.height);
}
