import { raw } from "../../db/index.ts";
import type { Statement } from "../../ports/database.ts";
import { AppError } from "../../ports/errors.ts";
import type { StepOutcome, StepRun } from "../../ports/jobs.ts";
import type { RunFailure, RunSnapshot } from "../../ports/provider.ts";
import { pollMs, STOP_GRACE_MS } from "../rules/polling.ts";
import { askToStop } from "./accept-run.ts";
import { LIVE, type AttemptRow } from "./attempt-row.ts";
import { closeAttempt } from "./close-attempt.ts";
import type { AttemptDeps, AttemptPlan } from "./run-attempt.ts";

type Followed = Pick<AttemptRow, "id" | "stepId" | "createdAt" | "cancelAskedAt">;

/** What to do with the provider's word on a run: take its result, bear its failure, stop it or wait on. */
export async function onSnapshot(
  deps: AttemptDeps,
  run: StepRun,
  plan: AttemptPlan,
  attempt: Followed,
  snapshot: RunSnapshot,
): Promise<StepOutcome> {
  if (isOver(snapshot)) return endRun(deps, run, plan, attempt, snapshot);
  const age = deps.clock.now() - attempt.createdAt;
  if (age <= plan.deadlineMs) return waitOn(deps, plan, attempt, snapshot);
  if (age > plan.deadlineMs + STOP_GRACE_MS)
    throw new AppError("PROVIDER_FAILED", `${plan.provider.name} did not stop a run past its deadline`);
  await askToStop(deps, plan.provider, attempt.id, snapshot.externalId);
  const waiting = waitOn(deps, plan, attempt, snapshot);
  const asked = raw(
    `UPDATE attempt SET cancel_asked_at = coalesce(cancel_asked_at, ?) WHERE id = ? AND ${LIVE}`,
    [deps.clock.now(), attempt.id],
  );
  return { ...waiting, until: deps.clock.now() + pollMs(0), also: [...waiting.also, asked] };
}

/** Terminal states are sticky. */
export function isOver({ state }: RunSnapshot): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}

function waitOn(
  deps: AttemptDeps,
  plan: AttemptPlan,
  attempt: Followed,
  snapshot: RunSnapshot,
): StepOutcome & { readonly kind: "wait"; readonly also: readonly Statement[] } {
  const now = deps.clock.now();
  const progress = snapshot.progress === null ? null : Math.round(snapshot.progress * 100);
  const place = snapshot.queuePosition === null ? "" : `, place ${snapshot.queuePosition} in its queue`;
  return {
    kind: "wait",
    until: now + pollMs(now - attempt.createdAt),
    reason: `${snapshot.state} at ${plan.provider.name}${progress === null ? "" : `, ${progress} %`}${place}`,
    also: [
      raw(`UPDATE attempt SET state = ?, progress = ?, queue_position = ? WHERE id = ? AND ${LIVE}`, [
        snapshot.state === "running" ? "running" : "accepted",
        progress,
        snapshot.queuePosition,
        attempt.id,
      ]),
    ],
  };
}

async function endRun(
  deps: AttemptDeps,
  run: StepRun,
  plan: AttemptPlan,
  attempt: Followed,
  snapshot: RunSnapshot,
): Promise<StepOutcome> {
  const closing = await closeAttempt(deps, attempt, { kind: "terminal", snapshot, toWaste: false });
  if (snapshot.state === "succeeded")
    return { kind: "done", also: [...closing, ...(await plan.succeeded(snapshot, attempt.id))] };
  const late = attempt.cancelAskedAt !== null;
  const failure: RunFailure = snapshot.failure ?? {
    class: "other_provider",
    code: late ? "deadline" : snapshot.state,
    detail: late ? "it took too long and was stopped" : `the run ended as ${snapshot.state}`,
  };
  return endWithFailure(deps, run, plan, attempt.id, closing, failure);
}

/** The attempt is closed whatever the failure means to the subject, also when that is another try. */
export async function endWithFailure(
  deps: AttemptDeps,
  run: StepRun,
  plan: AttemptPlan,
  attemptId: string,
  closing: readonly Statement[],
  failure: RunFailure,
): Promise<StepOutcome> {
  let outcome: StepOutcome;
  try {
    outcome = await plan.failed(failure, attemptId);
  } catch (error) {
    await commitClosing(deps, run, closing);
    throw withPause(error, failure);
  }
  return { ...outcome, also: [...closing, ...(outcome.also ?? [])] };
}

/** Closes an attempt in a batch of its own, as long as this run holds the step. */
export async function commitClosing(
  deps: Pick<AttemptDeps, "db">,
  run: StepRun,
  closing: readonly Statement[],
): Promise<void> {
  const closed = await deps.db.batch([run.fence, ...closing]);
  if (!closed.ok) throw new AppError("LEASE_LOST", "somebody else ended the attempt");
}

/** The provider's "try again after" wins over the step's own backoff. */
function withPause(error: unknown, failure: RunFailure): unknown {
  if (!(error instanceof AppError) || error.retryAfterMs !== null || failure.retryAfterMs === undefined)
    return error;
  const { retryable } = error;
  return new AppError(error.code, error.message, {
    retryable,
    retryAfterMs: failure.retryAfterMs,
    cause: error,
  });
}
