import { componentAt } from "./component.ts";
import { distanceTo } from "./distance.ts";
import type { FaceGeometry } from "./geometry.ts";
import { clamp01, smoothstep, type Plane } from "./planes.ts";

/** What is certain before the matte is solved: 0 background, 1 person, 0.5 to be found out. */
export interface Trimap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Half widths of the unknown band, in face heights. */
const HAIR = { inside: 0.09, outside: 0.11 };
const BODY = { inside: 0.022, outside: 0.022 };

export function trimapOf(probability: Plane, face: FaceGeometry): Trimap {
  const { width, height } = probability;
  const size = width * height;
  const likely = new Uint8Array(size);
  for (let i = 0; i < size; i++) likely[i] = probability.data[i]! > 0.5 ? 1 : 0;
  const seed = clampIndex(face.centre.y, height) * width + clampIndex(face.centre.x, width);
  const person = componentAt(likely, width, height, seed);
  const others = new Uint8Array(size);
  for (let i = 0; i < size; i++) others[i] = person[i] ? 0 : 1;
  const toPerson = distanceTo(person, width, height);
  const toOthers = distanceTo(others, width, height);

  const data = new Float32Array(size);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const hair = hairiness(x, y, face);
      const inside = (BODY.inside + (HAIR.inside - BODY.inside) * hair) * face.faceHeight;
      const outside = (BODY.outside + (HAIR.outside - BODY.outside) * hair) * face.faceHeight;
      if (person[p]) data[p] = toOthers[p]! > inside && probability.data[p]! > 0.9 ? 1 : 0.5;
      else data[p] = toPerson[p]! > outside ? 0 : 0.5;
    }
  }
  return { width, height, data };
}

/** 1 where the outline is probably hair, 0 where it is probably shoulder. */
export function hairiness(x: number, y: number, face: FaceGeometry): number {
  const unit = face.faceHeight;
  const below = (y - face.chin) / unit;
  const aside = Math.abs(x - face.centre.x) / unit;
  if (below <= 0) return 1;
  return clamp01(smoothstep(1.3, 0.5, below)) * smoothstep(1.3, 0.8, aside);
}

function clampIndex(value: number, size: number): number {
  return Math.min(Math.max(Math.round(value), 0), size - 1);
}
