import type { SetJudgement, SetPhoto } from "../../ports/selfie.ts";
import { identityDistance, meanVector } from "./distance.ts";
import { THRESHOLDS as T } from "./thresholds.ts";

interface Vector {
  readonly id: string;
  readonly confirmed: boolean;
  readonly identity: Float32Array;
}

/**
 * Photos that may show somebody else, most distant first. Each is compared with the mean of the others; the worst
 * one leaves before the rest are compared again, so that one stranger does not make strangers of them all. Of two
 * photos alone the later one is asked about. This may only lead to a question: the measure errs by heritage and sex.
 */
export function findStrangers(photos: readonly SetPhoto[]): SetJudgement["strangers"] {
  let rest = photos.flatMap(toVector);
  const strangers: { id: string; sure: boolean }[] = [];
  while (rest.length >= 2) {
    const worst = rest.length === 2 ? laterOfTwo(rest) : farthest(rest);
    if (!worst || worst.distance <= worst.unsure) break;
    strangers.push({ id: worst.vector.id, sure: worst.distance > worst.different });
    rest = rest.filter((vector) => vector !== worst.vector);
  }
  return strangers;
}

interface Candidate {
  readonly vector: Vector;
  readonly distance: number;
  readonly unsure: number;
  readonly different: number;
}

function farthest(vectors: readonly Vector[]): Candidate | undefined {
  return vectors
    .filter((vector) => !vector.confirmed)
    .map((vector) => {
      const others = vectors.filter((other) => other !== vector).map((other) => other.identity);
      const distance = identityDistance(vector.identity, meanVector(others));
      return { vector, distance, unsure: T.identity.unsure, different: T.identity.different };
    })
    .toSorted((a, b) => b.distance - a.distance)[0];
}

function laterOfTwo(vectors: readonly Vector[]): Candidate | undefined {
  const [first, second] = vectors;
  const vector = vectors.findLast((candidate) => !candidate.confirmed);
  if (!first || !second || !vector) return undefined;
  const distance = identityDistance(first.identity, second.identity);
  return { vector, distance, unsure: T.identity.pairUnsure, different: T.identity.pairDifferent };
}

function toVector({ id, confirmed, inspection }: SetPhoto): Vector[] {
  const identity = inspection.face?.identity;
  return identity ? [{ id, confirmed, identity }] : [];
}
