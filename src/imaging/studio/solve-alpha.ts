import { applyLaplacian, diagonal, mattingLaplacian } from "./matting-laplacian.ts";
import { clamp01, type Rgb } from "./planes.ts";

export interface AlphaProblem {
  readonly picture: Rgb;
  /** 1 where alpha is wanted; a rim of two pixels round the picture must be 0. */
  readonly unknown: Uint8Array;
  /** Alpha where known, the first guess where not. */
  readonly start: Float32Array;
  /** What colour statistics say alpha is, and how much to believe it (0 = not at all). */
  readonly expected: Float32Array;
  readonly belief: Float32Array;
  readonly epsilon: number;
  readonly iterations: number;
}

/** Minimises a' L a + sum belief (a - expected)^2 over the unknown pixels by preconditioned conjugate gradients. */
export function solveAlpha(problem: AlphaProblem): Float32Array {
  const { picture, unknown: isUnknown, expected, belief } = problem;
  const laplacian = mattingLaplacian(picture, isUnknown, problem.epsilon);
  const { unknown } = laplacian;
  const count = unknown.length;
  const alpha = problem.start.slice();
  if (count === 0) return alpha;

  const inverse = diagonal(laplacian);
  for (let row = 0; row < count; row++) inverse[row] = 1 / (inverse[row]! + belief[unknown[row]!]! + 1e-6);
  const residual = new Float32Array(count);
  const product = new Float32Array(count);
  const direction = new Float32Array(count);
  // The direction as a full-size vector: zero at every known pixel.
  const spread = new Float32Array(alpha.length);

  applyLaplacian(laplacian, alpha, product);
  let rho = 0;
  for (let row = 0; row < count; row++) {
    const p = unknown[row]!;
    residual[row] = belief[p]! * (expected[p]! - alpha[p]!) - product[row]!;
    direction[row] = residual[row]! * inverse[row]!;
    rho += residual[row]! * direction[row]!;
  }
  const enough = rho * 1e-6;
  for (let step = 0; step < problem.iterations && rho > enough; step++) {
    for (let row = 0; row < count; row++) spread[unknown[row]!] = direction[row]!;
    applyLaplacian(laplacian, spread, product);
    let curvature = 0;
    for (let row = 0; row < count; row++) {
      product[row] = product[row]! + belief[unknown[row]!]! * direction[row]!;
      curvature += direction[row]! * product[row]!;
    }
    if (curvature <= 0) break;
    const length = rho / curvature;
    let next = 0;
    for (let row = 0; row < count; row++) {
      const p = unknown[row]!;
      alpha[p] = alpha[p]! + length * direction[row]!;
      residual[row] = residual[row]! - length * product[row]!;
      next += residual[row]! * residual[row]! * inverse[row]!;
    }
    const keep = next / rho;
    rho = next;
    for (let row = 0; row < count; row++) {
      direction[row] = residual[row]! * inverse[row]! + keep * direction[row]!;
    }
  }
  for (let row = 0; row < count; row++) alpha[unknown[row]!] = clamp01(alpha[unknown[row]!]!);
  return alpha;
}
