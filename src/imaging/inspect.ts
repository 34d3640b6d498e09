import type { InspectResult } from "../ports/imaging.ts";
import { decode } from "./decode/index.ts";
import { faceHeight, findFaces, hashPair, measureFace } from "./measure/index.ts";
import type { Face, FaceModel } from "./models/faces.ts";
import type { Models } from "./models/shelf.ts";
import { encode, shrink, turn, type Pixels } from "./pixels.ts";

/** Faces are looked for and measured at this long side; the thresholds were found there. */
const MEASURED_SIDE = 1600;
const CLEAN_QUALITY = 92;
/** A head leans by less than this. */
const UPRIGHT_ROLL = 55;
/** `human` rounds to hundredths: a face seen upright gives 1.00, one seen upside down mostly less. */
const UPRIGHT_MESH_SCORE = 0.995;

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

/**
 * Without an EXIF tag a photo may lie on its side or stand on its head. The detector then finds nothing, a face that
 * leans by 90 degrees, or an upright mesh that fits less than perfectly; only then the other three ways are tried.
 */
async function lookEveryWay(model: FaceModel, pixels: Pixels): Promise<Found> {
  const first: Found = { faces: await findFaces(model, pixels), turned: 0, pixels };
  if (standsUpright(first)) return first;
  let best = first;
  for (const turned of [90, 180, 270] as const) {
    const candidate = await turn(pixels, turned);
    const found: Found = { faces: await findFaces(model, candidate), turned, pixels: candidate };
    if (standsUpright(found) && (best === first || scoreOf(found) > scoreOf(best))) best = found;
  }
  return best;
}

function standsUpright({ faces: [tallest] }: Found): boolean {
  return (
    tallest !== undefined && Math.abs(tallest.roll) < UPRIGHT_ROLL && tallest.meshScore >= UPRIGHT_MESH_SCORE
  );
}

function scoreOf({ faces: [tallest] }: Found): number {
  return tallest?.boxScore ?? 0;
}
