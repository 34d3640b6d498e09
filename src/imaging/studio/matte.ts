import { softBlur } from "./box-filter.ts";
import { busyness } from "./busyness.ts";
import { colourEvidence } from "./colour-evidence.ts";
import { componentAt } from "./component.ts";
import type { FaceGeometry } from "./geometry.ts";
import { clamp01, plane, smoothstep, type Plane, type Rgb } from "./planes.ts";
import { opened } from "./morphology.ts";
import { halve, halveRgb, resize } from "./resample.ts";
import { solveAlpha } from "./solve-alpha.ts";
import { hairiness, outlineOf, type Trimap } from "./trimap.ts";

const EPSILON = 1e-5;
/** Half the width of the widest strand, in face heights. */
const STRAND = 0.012;
/** Deviations of the background's colours between which a strand is believed less and less. */
const QUIET = 0.035;
const BUSY = 0.09;
/** Teeth in the outline of clothes are smaller than this, in face heights. */
const SHOULDER = 0.014;

/**
 * How much of each pixel is person, hair included: a closed-form matte between what the person mask is sure of,
 * first at half size with what the colours nearby tell, then refined at full size.
 */
export function matteOf(picture: Rgb, probability: Plane, face: FaceGeometry): Plane {
  const { width, height } = picture;
  const { trimap, prior: fullPrior } = outlineOf(probability, face);
  const half = halveRgb(picture);
  const halfTrimap = halveTrimap(trimap);
  const prior = halve(fullPrior);
  const evidence = colourEvidence(half, halfTrimap, prior, 0.1 * face.faceHeight);
  const coarse = solve(half, halfTrimap, prior.data, evidence.expected, evidence.belief, 80);
  const believable = onlyStrandsDissent(
    { width: half.width, height: half.height, data: coarse },
    halve(probability),
    busyness(half, halve(probability), 0.04 * face.faceHeight),
    STRAND * face.faceHeight * 0.5,
  );
  const start = resize(believable, width, height).data;
  const belief = plane(width, height, 0.05).data;
  const data = solve(picture, trimap, start, start, belief, 25);
  return withoutIslands(smoothShoulders({ width, height, data }, face), face);
}

/**
 * Where all views of the mask agree, colours may add strands of hair outside and gaps between strands inside, but no
 * patch: a patch is something in the room that has the colour of the hair. In a busy room what looks like a strand
 * is an edge of something, too.
 */
function onlyStrandsDissent(alpha: Plane, probability: Plane, busy: Plane, radius: number): Plane {
  const { width, height } = alpha;
  const patches = opened(alpha, radius).data;
  const inverse = { width, height, data: alpha.data.map((value) => 1 - value) };
  const holes = opened(inverse, radius).data;
  const data = alpha.data.map((value, p) => {
    const likely = probability.data[p]!;
    const doubted = 1 - smoothstep(0.15, 0.5, likely);
    const fill = holes[p]! * smoothstep(0.9, 0.985, likely);
    const strands = clamp01(value - doubted * patches[p]! + fill);
    return strands * (1 - doubted * smoothstep(QUIET, BUSY, busy.data[p]!));
  });
  return { width, height, data };
}

function halveTrimap(trimap: Trimap): Trimap {
  const mean = halve(trimap);
  const data = mean.data.map((value) => (value < 0.01 ? 0 : value > 0.99 ? 1 : 0.5));
  return { width: mean.width, height: mean.height, data };
}

function solve(
  picture: Rgb,
  trimap: Trimap,
  guess: Float32Array,
  expected: Float32Array,
  belief: Float32Array,
  iterations: number,
): Float32Array {
  const { width, height } = picture;
  const unknown = new Uint8Array(width * height);
  const start = trimap.data.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      if (trimap.data[p] !== 0.5) continue;
      start[p] = guess[p]!;
      if (x >= 2 && y >= 2 && x < width - 2 && y < height - 2) unknown[p] = 1;
    }
  }
  return solveAlpha({ picture, unknown, start, expected, belief, epsilon: EPSILON, iterations });
}

/** Cloth has no strands: where the outline is not hair its teeth are rounded off and its edge stays crisp. */
function smoothShoulders(alpha: Plane, face: FaceGeometry): Plane {
  const { width, height } = alpha;
  const soft = softBlur(alpha.data, width, height, SHOULDER * face.faceHeight);
  const data = alpha.data.slice();
  for (let y = Math.max(0, Math.floor(face.chin)); y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const cloth = 1 - hairiness(x, y, face);
      const round = clamp01((soft[p]! - 0.5) * 2.5 + 0.5);
      data[p] = data[p]! + cloth * (round - data[p]!);
    }
  }
  return { width, height, data };
}

/** Drops what hangs together with the face only through haze, and the haze itself. */
function withoutIslands(alpha: Plane, face: FaceGeometry): Plane {
  const { width, height, data } = alpha;
  const solid = Uint8Array.from(data, (value) => (value > 0.3 ? 1 : 0));
  const seed =
    Math.min(height - 1, Math.max(0, Math.round(face.centre.y))) * width +
    Math.min(width - 1, Math.max(0, Math.round(face.centre.x)));
  const person = componentAt(solid, width, height, seed);
  const out = plane(width, height);
  for (let p = 0; p < data.length; p++) {
    const value = solid[p] && !person[p] ? 0 : data[p]!;
    out.data[p] = Math.min(1, Math.max(0, (value - 0.04) / 0.92));
  }
  return out;
}
