import type { InspectResult } from "../ports/imaging.ts";
import { decode } from "./decode/index.ts";
import { faceHeight, findFaces, hashPair, measureFace } from "./measure/index.ts";
import type { Face, FaceModel } from "./models/faces.ts";
import type { Models } from "./models/shelf.ts";
import { encode, shrink, turn, type Pixels } from "./pixels.ts";

/** Faces are looked for and measured at this long side; the thresholds were found there. */
const MEASURED_SIDE = 1600;
const CLEAN_QUALITY = 92;

interface Found {
  readonly faces: readonly Face[];
  readonly turned: 0 | 90 | 180 | 270;
  readonly pixels: Pixels;
}

/** Decodes, cleans and measures one file; without the face model everything but the face is still answered. */
export async function inspect(bytes: Uint8Array, models: Models): Promise<InspectResult> {
  const decoded = await decode(bytes);
  if (!decoded.ok) return decoded;
  const small = await shrink(decoded.pixels, MEASURED_SIDE);
  const model = await models.faces();
  const found = model ? await lookEveryWay(model, small) : null;
  const turned = found?.turned ?? 0;
  const upright = turned === 0 ? decoded.pixels : await turn(decoded.pixels, turned);
  const onItsSide = turned === 90 || turned === 270;
  const width = onItsSide ? decoded.height : decoded.width;
  const height = onItsSide ? decoded.width : decoded.height;
  const measured = found?.pixels ?? small;
  const scale = height / measured.height;
  const tallest = found?.faces[0];
  return {
    ok: true,
    clean: await encode(upright, CLEAN_QUALITY),
    inspection: {
      width,
      height,
      ...(await hashPair(measured)),
      captureDay: decoded.captureDay,
      faceHeights: found && found.faces.map((face) => faceHeight(face) * scale),
      face: tallest ? await measureFace(measured, tallest, scale, await models.identity()) : null,
    },
  };
}

/** A photo that lies on its side without saying so shows no face until it is turned. */
async function lookEveryWay(model: FaceModel, pixels: Pixels): Promise<Found> {
  const faces = await findFaces(model, pixels);
  if (faces.length > 0) return { faces, turned: 0, pixels };
  for (const turned of [90, 270, 180] as const) {
    const candidate = await turn(pixels, turned);
    const there = await findFaces(model, candidate);
    if (there.length > 0) return { faces: there, turned, pixels: candidate };
  }
  return { faces, turned: 0, pixels };
}
