import { softBlur } from "./box-filter.ts";
import { componentAt } from "./component.ts";
import type { FaceGeometry } from "./geometry.ts";
import { clamp01, plane, type Plane } from "./planes.ts";
import { hairiness } from "./trimap.ts";

/** Teeth in the outline of clothes are smaller than this, in face heights. */
const SHOULDER = 0.014;
/** What is thinner than this does not hold an island to the person. */
const BRIDGE = 0.3;
const HAZE = 0.04;

/** Drops what hangs together with the face through haze only. */
export function withoutIslands(alpha: Plane, face: FaceGeometry): Plane {
  const { width, height } = alpha;
  const solid = new Uint8Array(alpha.data.length);
  for (let p = 0; p < solid.length; p++) solid[p] = alpha.data[p]! > BRIDGE ? 1 : 0;
  const y = Math.min(height - 1, Math.max(0, Math.round(face.centre.y)));
  const x = Math.min(width - 1, Math.max(0, Math.round(face.centre.x)));
  const person = componentAt(solid, width, height, y * width + x);
  const out = plane(width, height);
  for (let p = 0; p < out.data.length; p++) out.data[p] = solid[p] && !person[p] ? 0 : alpha.data[p]!;
  return out;
}

/** Cloth has no strands: where the outline is not hair its teeth are rounded off and its edge stays crisp. */
export function smoothShoulders(alpha: Plane, face: FaceGeometry): Plane {
  const { width, height } = alpha;
  const soft = softBlur(alpha.data, width, height, SHOULDER * face.faceHeight);
  const data = alpha.data.slice();
  for (let y = Math.max(0, Math.floor(face.chin)); y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      if (soft[p] === data[p]) continue;
      const cloth = 1 - hairiness(x, y, face);
      const round = clamp01((soft[p]! - 0.5) * 2.5 + 0.5);
      data[p] = data[p]! + cloth * (round - data[p]!);
    }
  }
  return { width, height, data };
}

/** What is nearly nothing becomes nothing, what is nearly whole becomes whole. */
export function withoutHaze(alpha: Plane): Plane {
  const out = plane(alpha.width, alpha.height);
  for (let p = 0; p < out.data.length; p++) {
    out.data[p] = clamp01((alpha.data[p]! - HAZE) / (1 - 2 * HAZE));
  }
  return out;
}
