import { identityDistance, meanVector } from "./distance.ts";

/** Upper ends of the likeness bands, as distances to the mean vector; beyond `loose` is not shown. */
export interface LikenessLimits {
  readonly veryClose: number;
  readonly close: number;
  readonly loose: number;
}

/** What pictures of a person are compared with. Biometric: kept in memory only. */
export interface LikenessReference {
  readonly mean: Float32Array;
  readonly limits: LikenessLimits;
}

/** DESIGN.md section 6. */
const FROM_SET = { least: 5, leastDeviation: 0.04, veryClose: 0.5, close: 1, loose: 1.5 };
const FIXED: LikenessLimits = { veryClose: 0.35, close: 0.5, loose: 0.6 };

/**
 * The mean vector of a person's photos with limits that suit how alike those are among themselves: five or more say by
 * their distances to the mean of the others (m, s), fewer get fixed limits. Null without any vector.
 */
export function likenessReference(vectors: readonly Float32Array[]): LikenessReference | null {
  if (vectors.length === 0) return null;
  return { mean: meanVector(vectors), limits: vectors.length < FROM_SET.least ? FIXED : limitsOf(vectors) };
}

function limitsOf(vectors: readonly Float32Array[]): LikenessLimits {
  const distances = vectors.map((vector) =>
    identityDistance(vector, meanVector(vectors.filter((other) => other !== vector))),
  );
  const m = mean(distances);
  const s = Math.max(FROM_SET.leastDeviation, Math.sqrt(mean(distances.map((d) => (d - m) ** 2))));
  const limit = (deviations: number) => Math.min(FIXED.loose, m + deviations * s);
  return {
    veryClose: limit(FROM_SET.veryClose),
    close: limit(FROM_SET.close),
    loose: limit(FROM_SET.loose),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
