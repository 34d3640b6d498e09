import { raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";

/**
 * While a step is leased nobody needs its `run_at`, so it tells what happened meanwhile: 0 = nothing, 1 = woken,
 * more = armed anew for that time. The statement that ends the run looks at it, so that neither is lost.
 */
export const UNTOUCHED = 0;
export const WOKEN = 1;

/** Name of the guard that fails when a run no longer holds its step. */
export const LEASE_GUARD = "lease";

/** A statement that fails its batch when `token` no longer holds the step (I12). */
export function fence(stepId: string, token: string): Statement {
  return raw(
    "UPDATE step SET lease_token = lease_token WHERE id = ? AND state = 'leased' AND lease_token = ?",
    [stepId, token],
    LEASE_GUARD,
  );
}
