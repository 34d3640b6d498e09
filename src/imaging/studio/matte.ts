import { busyness } from "./busyness.ts";
import { colourEvidence } from "./colour-evidence.ts";
import { moveFace, type FaceGeometry } from "./geometry.ts";
import { shrunk, spread } from "./morphology.ts";
import { plane, type Plane, type Rgb } from "./planes.ts";
import { halveRgb, resize } from "./resample.ts";
import { solveAlpha } from "./solve-alpha.ts";
import { onlyStrandsDissent } from "./strands.ts";
import { smoothShoulders, withoutHaze, withoutIslands } from "./tidy-matte.ts";
import { outlineOf } from "./trimap.ts";

const EPSILON = 1e-5;
const ROUNDS = { coarse: 80, fine: 25 };
/** How strongly the fine matte is held to the coarse one. */
const COARSE_BELIEF = 0.05;
/** Alpha nearer than this to 0 or 1 all round is settled by the coarse matte. */
const SETTLED = 0.02;

/**
 * How much of each pixel is person, hair included: a closed-form matte between what the person mask is sure of, first
 * at half size with what the colours nearby tell, then refined at full size where it is neither 0 nor 1.
 * `probability` is the mask at half the picture's size, `face` is in the picture's pixels.
 */
export function matteOf(picture: Rgb, probability: Plane, face: FaceGeometry): Plane {
  const { width, height } = picture;
  const halfFace = moveFace(face, 0, 0, 0.5);
  const coarse = coarseMatte(halveRgb(picture), probability, halfFace);
  const start = resize(coarse, width, height);
  const fine = solveAlpha({
    picture,
    unknown: unsettled(coarse, width, height),
    start: start.data,
    expected: start.data,
    belief: plane(width, height, COARSE_BELIEF).data,
    epsilon: EPSILON,
    iterations: ROUNDS.fine,
  });
  return withoutHaze(smoothShoulders({ width, height, data: fine }, face));
}

function coarseMatte(picture: Rgb, probability: Plane, face: FaceGeometry): Plane {
  const { width, height } = picture;
  const { trimap, prior } = outlineOf(probability, face);
  const evidence = colourEvidence(picture, trimap, prior, 0.2 * face.faceHeight);
  const unknown = new Uint8Array(width * height);
  const start = trimap.data.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      if (trimap.data[p] !== 0.5) continue;
      start[p] = prior.data[p]!;
      if (isInner(x, y, width, height)) unknown[p] = 1;
    }
  }
  const data = solveAlpha({
    picture,
    unknown,
    start,
    ...evidence,
    epsilon: EPSILON,
    iterations: ROUNDS.coarse,
  });
  const busy = busyness(picture, probability, 0.08 * face.faceHeight);
  return withoutIslands(onlyStrandsDissent({ width, height, data }, probability, busy, face), face);
}

/** Marks full-size pixels near which the coarse matte is not plainly 0 or 1. */
function unsettled(coarse: Plane, width: number, height: number): Uint8Array {
  const least = shrunk(coarse, 1).data;
  const most = spread(coarse, 1).data;
  const out = new Uint8Array(width * height);
  for (let y = 2; y < height - 2; y++) {
    const row = (y >> 1) * coarse.width;
    for (let x = 2; x < width - 2; x++) {
      const p = row + (x >> 1);
      if (most[p]! > SETTLED && least[p]! < 1 - SETTLED) out[y * width + x] = 1;
    }
  }
  return out;
}

/** The matting windows reach two pixels far, and must not reach out of the picture. */
function isInner(x: number, y: number, width: number, height: number): boolean {
  return x >= 2 && y >= 2 && x < width - 2 && y < height - 2;
}
