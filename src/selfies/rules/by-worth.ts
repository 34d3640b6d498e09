import type { StoredInspection } from "../schema.ts";

/** Degrees; the studio works best with a look into the camera (imaging.md section 8). */
const FRONTAL_YAW = 20;

interface Rated {
  readonly score: number;
  readonly inspection: StoredInspection;
}

/** Orders photos by what can be made of them, best first: score, then a look into the camera, then sharpness. */
export function byWorth(one: Rated, other: Rated): number {
  const worth = ({ score, inspection: { face } }: Rated) => [
    score,
    face !== null && Math.abs(face.yaw) < FRONTAL_YAW ? 1 : 0,
    face?.sharpness ?? 0,
  ];
  const [a, b] = [worth(one), worth(other)];
  const differing = a.findIndex((value, index) => value !== b[index]);
  return differing === -1 ? 0 : (b[differing] ?? 0) - (a[differing] ?? 0);
}
