import type { BatchResult, Statement } from "../ports/database.ts";
import { AppError } from "../ports/errors.ts";
import type { StepRun } from "../ports/jobs.ts";
import type { SelfieDeps } from "./selfie-deps.ts";

/**
 * Commits what a running step found out. False when a guard of ours failed, so that the step decides again;
 * throws LEASE_LOST when the step is no longer this run's.
 */
export async function commitFenced(
  deps: Pick<SelfieDeps, "db" | "waker">,
  run: StepRun,
  statements: readonly Statement[],
): Promise<boolean> {
  const result = await deps.db.batch([run.fence, ...statements]);
  if (result.ok) deps.waker.notify();
  else if (isFence(result, run)) throw new AppError("LEASE_LOST", "another run took the step over");
  else if (result.kind === "constraint") throw new AppError("DATABASE_FAILED", result.message);
  return result.ok;
}

function isFence(result: BatchResult, run: StepRun): boolean {
  return !result.ok && result.kind === "guard" && result.guard === run.fence.guard;
}
