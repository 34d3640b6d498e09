import { componentAt } from "./component.ts";
import { nearestMarked } from "./distance.ts";
import type { FaceGeometry } from "./geometry.ts";
import { clamp01, smoothstep, type Plane } from "./planes.ts";

/** What is certain before the matte is solved: 0 background, 1 person, 0.5 to be found out. */
export interface Trimap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Half widths of the unknown band, in face heights. */
const HAIR = { inside: 0.09, outside: 0.12 };
const BODY = { inside: 0.022, outside: 0.03 };
/** All views agree on the person here; what they argue about is person only where it lies close to this. */
const AGREED = 0.8;
const SURE = 0.9;

export interface Outline {
  readonly trimap: Trimap;
  /** The mask's own opinion for the unknown, quieter the further it is from what is agreed. */
  readonly prior: Plane;
}

export function outlineOf(probability: Plane, face: FaceGeometry): Outline {
  const { width, height } = probability;
  const size = width * height;
  const agreed = new Uint8Array(size);
  for (let p = 0; p < size; p++) agreed[p] = probability.data[p]! > AGREED ? 1 : 0;
  const seed = clampIndex(face.centre.y, height) * width + clampIndex(face.centre.x, width);
  const person = withoutHoles(componentAt(agreed, width, height, seed), width, height, face);
  const toPerson = nearestMarked(person, width, height).distance;
  const toOthers = nearestMarked(
    person.map((inside) => 1 - inside),
    width,
    height,
  ).distance;

  const trimap = new Float32Array(size);
  const prior = new Float32Array(size);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const hair = hairiness(x, y, face);
      const inside = (BODY.inside + (HAIR.inside - BODY.inside) * hair) * face.faceHeight;
      const outside = (BODY.outside + (HAIR.outside - BODY.outside) * hair) * face.faceHeight;
      const likely = probability.data[p]!;
      if (person[p]) trimap[p] = toOthers[p]! > inside && (likely > SURE || hair < 0.5) ? 1 : 0.5;
      else trimap[p] = toPerson[p]! > outside ? 0 : 0.5;
      prior[p] = smoothstep(0.25, 0.85, likely) * (1 - smoothstep(0.5 * outside, outside, toPerson[p]!));
    }
  }
  return { trimap: { width, height, data: trimap }, prior: { width, height, data: prior } };
}

/** Fills what is enclosed by the body: pockets and zips are no windows. Among hair they may be. */
function withoutHoles(person: Uint8Array, width: number, height: number, face: FaceGeometry): Uint8Array {
  // One pixel of outside all round joins everything that reaches the picture's edge.
  const wide = width + 2;
  const outside = new Uint8Array(wide * (height + 2)).fill(1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) outside[(y + 1) * wide + x + 1] = 1 - person[y * width + x]!;
  }
  const open = componentAt(outside, wide, height + 2, 0);
  const from = Math.max(0, Math.round(face.chin + 0.3 * face.faceHeight));
  const out = person.slice();
  for (let y = from; y < height; y++) {
    for (let x = 0; x < width; x++) if (!open[(y + 1) * wide + x + 1]) out[y * width + x] = 1;
  }
  return out;
}

/** 1 where the outline is probably hair, 0 where it is probably shoulder. */
export function hairiness(x: number, y: number, face: FaceGeometry): number {
  const unit = face.faceHeight;
  const below = (y - face.chin) / unit;
  const aside = Math.abs(x - face.centre.x) / unit;
  if (below <= 0) return 1;
  return clamp01(smoothstep(1.2, 0.35, below)) * smoothstep(1.1, 0.65, aside);
}

function clampIndex(value: number, size: number): number {
  return Math.min(Math.max(Math.round(value), 0), size - 1);
}
