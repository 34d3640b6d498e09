import { raw } from "../../db/index.ts";
import { ensureBudgets, reserve } from "../../money/index.ts";
import type { Statement } from "../../ports/database.ts";
import { AppError } from "../../ports/errors.ts";
import type { Step, StepOutcome, StepRun } from "../../ports/jobs.ts";
import type { Estimate, RunRequest, SubmitResult } from "../../ports/provider.ts";
import { LEASE_GUARD } from "../lease.ts";
import { recordEvent } from "../record-event.ts";
import { describeError } from "../rules/after-error.ts";
import { pollMs } from "../rules/polling.ts";
import { acceptRun } from "./accept-run.ts";
import { closeAttempt } from "./close-attempt.ts";
import { endWithFailure, isOver, onSnapshot } from "./end-run.ts";
import { keepRequest } from "./request.ts";
import type { AttemptDeps, AttemptPlan } from "./run-attempt.ts";

/** Reserves, submits once, and notes what came of it: three separate moments, each safe to die after. */
export async function startAttempt(
  deps: AttemptDeps,
  step: Step,
  run: StepRun,
  plan: AttemptPlan,
): Promise<StepOutcome> {
  const id = deps.ids.next();
  const request: RunRequest = {
    attemptId: id,
    createdAt: deps.clock.now(),
    webhookUrl: plan.webhookUrl?.(id) ?? null,
    input: plan.input,
  };
  const estimate = await plan.provider.estimate(plan.input);
  const opened = await deps.db.batch([run.fence, ...open(deps, step, plan, request, estimate)]);
  if (!opened.ok) {
    if (opened.kind === "guard" && opened.guard.startsWith("budget:")) {
      return plan.failed(
        { class: "persons_fault", code: "over_budget", detail: `${opened.guard} is used up` },
        id,
      );
    }
    if (opened.kind === "guard" && opened.guard === LEASE_GUARD)
      throw new AppError("LEASE_LOST", "another run has the step");
    throw new AppError("CONFLICT", "another attempt of the step is not over", { retryable: true });
  }
  return heard(deps, step, run, plan, request, await submit(plan, request, run));
}

function open(
  deps: AttemptDeps,
  step: Step,
  plan: AttemptPlan,
  request: RunRequest,
  estimate: Estimate,
): Statement[] {
  const { attemptId } = request;
  return [
    ...ensureBudgets(deps, plan.budgetScopes),
    raw(
      `INSERT INTO attempt (id, step_id, order_id, provider, state, seed, request, created_at)
VALUES (?, ?, ?, ?, 'intended', ?, ?, ?)`,
      [
        attemptId,
        step.id,
        plan.orderId,
        plan.provider.name,
        plan.input.kind === "render" ? plan.input.seed : null,
        keepRequest(request),
        request.createdAt,
      ],
    ),
    ...reserve(deps, {
      attemptId,
      orderId: plan.orderId,
      provider: plan.provider.name,
      priceId: estimate.priceId,
      amountMicros: estimate.ceilingMicros,
      estimateMicros: estimate.expectedMicros,
      scopes: plan.budgetScopes,
    }),
    recordEvent(deps, {
      subject: "attempt",
      subjectId: attemptId,
      kind: "intended",
      detail: { step: step.id },
    }),
  ];
}

/** One call, never repeated. Whatever is thrown leaves open whether a run exists. */
async function submit(plan: AttemptPlan, request: RunRequest, run: StepRun): Promise<SubmitResult> {
  try {
    return await plan.provider.submit(request, run.signal);
  } catch (error) {
    return { kind: "unknown", detail: describeError(error) };
  }
}

async function heard(
  deps: AttemptDeps,
  step: Step,
  run: StepRun,
  plan: AttemptPlan,
  { attemptId, createdAt }: RunRequest,
  answer: SubmitResult,
): Promise<StepOutcome> {
  const attempt = { id: attemptId, stepId: step.id, createdAt, cancelAskedAt: null };
  switch (answer.kind) {
    case "refused": {
      const closing = await closeAttempt(deps, attempt, { kind: "refused", failure: answer.failure });
      return endWithFailure(deps, run, plan, attempt.id, closing, answer.failure);
    }
    case "accepted":
      if (!isOver(answer.snapshot)) await acceptRun(deps, plan.provider, attempt, answer.snapshot);
      return onSnapshot(deps, run, plan, attempt, answer.snapshot);
    case "unknown":
      return {
        kind: "wait",
        until: deps.clock.now() + pollMs(0),
        reason: `whether ${plan.provider.name} began is not known: ${answer.detail}`,
        also: [
          raw("UPDATE attempt SET state = 'unknown' WHERE id = ? AND state = 'intended'", [attempt.id]),
          recordEvent(deps, {
            subject: "attempt",
            subjectId: attempt.id,
            kind: "unknown",
            detail: { step: step.id },
          }),
        ],
      };
  }
}
