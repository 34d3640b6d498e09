import { and, eq } from "drizzle-orm";
import type { Statement } from "../../ports/database.ts";
import type { Deps } from "../../ports/deps.ts";
import { AppError } from "../../ports/errors.ts";
import type { Step, StepOutcome, StepRun } from "../../ports/jobs.ts";
import type { Provider, RunFailure, RunInput, RunSnapshot } from "../../ports/provider.ts";
import { pollMs } from "../rules/polling.ts";
import { attempt as attemptTable } from "../schema.ts";
import { acceptRun } from "./accept-run.ts";
import { liveAttempt, type AttemptRow } from "./attempt-row.ts";
import { closeAttempt } from "./close-attempt.ts";
import { commitClosing, endWithFailure, onSnapshot } from "./end-run.ts";
import { locateRun } from "./locate-run.ts";
import { startAttempt } from "./start-attempt.ts";

/** One thing to have made by one provider, and what its end means to the subject. */
export interface AttemptPlan {
  readonly provider: Provider;
  readonly input: RunInput;
  readonly orderId: string | null;
  readonly budgetScopes: readonly string[];
  /** Where the provider may tell of this attempt; null where it cannot reach us. Only ever a hint. */
  readonly webhookUrl: ((attemptId: string) => string) | null;
  /** How long after its creation an attempt is asked to stop. */
  readonly deadlineMs: number;
  /** Rows of a success, committed in the batch that settles it. Asked again after a crash. */
  succeeded(snapshot: RunSnapshot, attemptId: string): Promise<readonly Statement[]>;
  /** What a failure means; throwing a retryable error has another attempt made later. */
  failed(failure: RunFailure, attemptId: string): Promise<StepOutcome>;
}

export type AttemptDeps = Pick<Deps, "db" | "clock" | "ids" | "log" | "policy">;

/**
 * The submit protocol (DESIGN.md section 4), to be called by every run of a step that is made by a provider: starts an
 * attempt, or goes on with the one that is not over. A run whose fate is unknown is looked up before anything is sent again.
 */
export async function runAttempt(
  deps: AttemptDeps,
  step: Step,
  run: StepRun,
  plan: AttemptPlan,
): Promise<StepOutcome> {
  const attempt = await liveAttempt(deps, step.id);
  if (attempt === null) return startAttempt(deps, step, run, plan);
  if (attempt.provider !== plan.provider.name)
    throw new AppError("DEFECT", `attempt ${attempt.id} is not over at ${attempt.provider}`);
  const located = await locateRun(plan.provider, attempt);
  switch (located.kind) {
    case "found":
      if (attempt.externalId === null) await acceptRun(deps, plan.provider, attempt, located.snapshot);
      return onSnapshot(deps, run, plan, attempt, located.snapshot);
    case "absent":
      await commitClosing(deps, run, await closeAttempt(deps, attempt, { kind: "absent" }));
      throw new AppError("PROVIDER_FAILED", `${plan.provider.name} never began the run`, { retryable: true });
    case "gone":
      return lose(deps, run, plan, attempt, "the provider has forgotten the run");
    case "unsure":
      return askAgain(deps, step, run, plan, attempt, located.detail);
  }
}

async function lose(
  deps: AttemptDeps,
  run: StepRun,
  plan: AttemptPlan,
  attempt: AttemptRow,
  detail: string,
): Promise<StepOutcome> {
  const closing = await closeAttempt(deps, attempt, { kind: "lost", detail });
  return endWithFailure(deps, run, plan, attempt.id, closing, {
    class: "other_provider",
    code: "lost",
    detail,
  });
}

/** A poll that fails costs no try: the run goes on without us. Past the deadline it does. */
async function askAgain(
  deps: AttemptDeps,
  step: Step,
  run: StepRun,
  plan: AttemptPlan,
  attempt: AttemptRow,
  detail: string,
): Promise<StepOutcome> {
  const now = deps.clock.now();
  const age = now - attempt.createdAt;
  if (age <= plan.deadlineMs) return { kind: "wait", until: now + pollMs(age), reason: detail };
  if (attempt.externalId !== null) throw new AppError("PROVIDER_FAILED", detail, { retryable: true });
  // Nobody can say whether this one ran, so it counts as spent. One more is allowed, a third would be a bad bargain.
  if (await lostBefore(deps, step.id)) return lose(deps, run, plan, attempt, detail);
  await commitClosing(deps, run, await closeAttempt(deps, attempt, { kind: "lost", detail }));
  throw new AppError("PROVIDER_FAILED", detail, { retryable: true });
}

async function lostBefore(deps: AttemptDeps, stepId: string): Promise<boolean> {
  const lost = await deps.db.orm
    .select({ id: attemptTable.id })
    .from(attemptTable)
    .where(
      and(
        eq(attemptTable.stepId, stepId),
        eq(attemptTable.state, "lost"),
        eq(attemptTable.failureCode, "lost"),
      ),
    );
  return lost.length > 0;
}
