import { AppError } from "../../ports/errors.ts";
import { backoffMs } from "./backoff.ts";
import { MOST_ATTEMPTS } from "./limits.ts";

export type AfterError =
  | { readonly kind: "retry"; readonly inMs: number; readonly reason: string }
  | { readonly kind: "dead"; readonly reason: string }
  /** The run was stopped or its lease is gone: whoever comes next starts again, and no attempt is counted. */
  | { readonly kind: "hand_back" };

/** Words for the console. An unknown exception's message may hold anything, so only its name is kept. */
export function describeError(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}`;
  return `DEFECT: unexpected ${error instanceof Error ? error.name : typeof error}`;
}

/**
 * What an exception does to its step.
 * @param failed runs that ended in an error before this one
 * @param chance uniform in [0, 1)
 */
export function afterError(error: unknown, failed: number, chance: number): AfterError {
  if (error instanceof AppError && error.code === "LEASE_LOST") return { kind: "hand_back" };
  const reason = describeError(error);
  if (error instanceof AppError && !error.retryable) return { kind: "dead", reason };
  if (failed + 1 >= MOST_ATTEMPTS) return { kind: "dead", reason: `${reason} (${failed + 1} tries)` };
  const asked = error instanceof AppError ? error.retryAfterMs : null;
  return { kind: "retry", inMs: asked ?? backoffMs(failed + 1, chance), reason };
}
