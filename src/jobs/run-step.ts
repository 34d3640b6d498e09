import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { Step, StepHandlers } from "../ports/jobs.ts";
import type { Conclusion } from "./conclusion.ts";
import { fence } from "./lease.ts";
import { afterError, describeError } from "./rules/after-error.ts";
import { backoffMs } from "./rules/backoff.ts";
import { MOST_ATTEMPTS, NOT_HERE_MS } from "./rules/limits.ts";

/** What a dead step does to its subject, committed with its death: the order fails and the credit goes back. */
export type OnDead = (step: Step, error: unknown) => Promise<readonly Statement[]>;

export type RunDeps = Pick<Deps, "clock" | "random" | "log">;

/** The next run comes later than this one, however the clock stands. */
const SOON_MS = 1;

/** Runs one claimed step to its conclusion. Never throws. */
export async function runStep(
  deps: RunDeps,
  parts: { readonly handlers: StepHandlers; readonly onDead: OnDead },
  step: Step,
  token: string,
  signal: AbortSignal,
): Promise<Conclusion> {
  const now = deps.clock.now();
  if (step.deadlineAt !== null && step.deadlineAt <= now)
    return die(deps, parts.onDead, step, new AppError("DEFECT", "its deadline passed"));
  if (step.attempts >= MOST_ATTEMPTS)
    return die(
      deps,
      parts.onDead,
      step,
      new AppError("DEFECT", `it went silent or failed ${step.attempts} times`),
    );
  const name = `${step.subject}.${step.kind}`;
  const handler = parts.handlers[name];
  if (handler === undefined) {
    return { kind: "hand_back", until: now + NOT_HERE_MS, reason: `this program does not know ${name}` };
  }
  try {
    const end = await handler(step, { signal, fence: fence(step.id, token) });
    if (end.kind !== "wait" && end.kind !== "snooze") return end;
    return { ...end, until: Math.max(end.until, deps.clock.now() + SOON_MS) };
  } catch (error) {
    // Whatever a run throws once it was told to stop is not the step's failure.
    const cause = signal.aborted ? new AppError("LEASE_LOST", "stopped") : error;
    return concludeError(deps, parts.onDead, step, cause);
  }
}

/** What an exception, from the handler or from committing its outcome, makes of the step. */
export async function concludeError(
  deps: RunDeps,
  onDead: OnDead,
  step: Step,
  error: unknown,
): Promise<Conclusion> {
  const after = afterError(error, step.attempts, deps.random.float());
  const fields = { step: step.id, kind: `${step.subject}.${step.kind}`, subject: step.subjectId };
  switch (after.kind) {
    case "hand_back":
      return { kind: "hand_back", until: deps.clock.now() + SOON_MS, reason: null };
    case "retry":
      deps.log.warn("step.retries", { ...fields, failures: step.attempts + 1, reason: after.reason });
      return { kind: "retry", until: deps.clock.now() + after.inMs, reason: after.reason };
    case "dead":
      return die(deps, onDead, step, error, after.reason);
  }
}

async function die(
  deps: RunDeps,
  onDead: OnDead,
  step: Step,
  error: unknown,
  reason: string = describeError(error),
): Promise<Conclusion> {
  deps.log.error("step.dead", error, {
    step: step.id,
    kind: `${step.subject}.${step.kind}`,
    subject: step.subjectId,
  });
  try {
    return { kind: "dead", reason, also: await onDead(step, error) };
  } catch (failure) {
    // Death without its consequences would leave an order open for ever: it is tried again.
    deps.log.error("step.on_dead_failed", failure, { step: step.id });
    return {
      kind: "retry",
      until: deps.clock.now() + backoffMs(step.attempts + 1, deps.random.float()),
      reason: `${reason}; telling its subject failed: ${describeError(failure)}`,
    };
  }
}
