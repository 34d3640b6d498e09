import type { Statement } from "../../ports/database.ts";
import type { Deps } from "../../ports/deps.ts";
import type { Step, StepOutcome, StepRun } from "../../ports/jobs.ts";
import type { Provider, RunFailure, RunInput, RunSnapshot } from "../../ports/provider.ts";

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
  /** Rows of a success, committed in the batch that settles it. Repeated after a crash. */
  succeeded(snapshot: RunSnapshot, attemptId: string): Promise<readonly Statement[]>;
  /** What a failure means; throwing a retryable error has another attempt made later. */
  failed(failure: RunFailure, attemptId: string): Promise<StepOutcome>;
}

export type AttemptDeps = Pick<Deps, "db" | "clock" | "ids" | "log" | "policy">;

export async function runAttempt(
  _deps: AttemptDeps,
  _step: Step,
  _run: StepRun,
  _plan: AttemptPlan,
): Promise<StepOutcome> {
  throw new Error("not yet");
}
