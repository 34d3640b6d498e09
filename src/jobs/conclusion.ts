import { raw } from "../db/index.ts";
import type { SqlValue, Statement } from "../ports/database.ts";
import type { Step, StepOutcome, StepState } from "../ports/jobs.ts";
import { LEASE_GUARD, UNTOUCHED, WOKEN } from "./lease.ts";
import { MOST_ATTEMPTS } from "./rules/limits.ts";

/** How a run ended: what its handler said, or what its exception means. */
export type Conclusion =
  | StepOutcome
  | { readonly kind: "retry"; readonly until: number; readonly reason: string }
  | { readonly kind: "dead"; readonly reason: string; readonly also: readonly Statement[] }
  | { readonly kind: "hand_back"; readonly until: number; readonly reason: string | null };

interface Change {
  readonly state: StepState;
  /** When it runs next; null = it is over. */
  readonly runAt: number | null;
  readonly failures: number;
  readonly reason: string | null;
  readonly nextAction: string | null;
  readonly also: readonly Statement[];
}

function changeFor(step: Step, end: Conclusion): Change {
  const also = "also" in end ? (end.also ?? []) : [];
  const over = { runAt: null, nextAction: null, also };
  switch (end.kind) {
    case "done":
      return { ...over, state: "done", failures: step.attempts, reason: null };
    case "failed":
      return { ...over, state: "failed", failures: step.attempts, reason: end.reason };
    case "dead":
      return {
        ...over,
        state: "dead",
        failures: step.attempts + 1,
        reason: end.reason,
        nextAction: "nothing runs until somebody retries it",
      };
    case "wait":
      return {
        state: "waiting",
        runAt: end.until,
        failures: step.attempts,
        reason: end.reason,
        nextAction: "looks again when woken, or at its time",
        also,
      };
    case "snooze":
    case "hand_back":
      return {
        state: "ready",
        runAt: end.until,
        failures: step.attempts,
        reason: end.reason,
        nextAction: "runs at its time",
        also,
      };
    case "retry":
      return {
        state: "ready",
        runAt: end.until,
        failures: step.attempts + 1,
        reason: end.reason,
        nextAction: `runs at its time, try ${step.attempts + 2} of ${MOST_ATTEMPTS}`,
        also,
      };
  }
}

/** A step that was armed anew while it ran is ready again, whatever this run made of it. */
const END_SET = `
state = CASE WHEN run_at > ${WOKEN} THEN 'ready' ELSE ? END,
run_at = CASE WHEN run_at > ${WOKEN} THEN run_at ELSE ? END,
attempts = CASE WHEN run_at > ${WOKEN} THEN 0 ELSE ? END,
finished_at = CASE WHEN run_at > ${WOKEN} THEN NULL ELSE ? END,
reason = ?, next_action = ?, lease_token = NULL, lease_until = NULL`;

/** Waiting is over before it began when somebody woke the step while it ran. */
const WAIT_SET = `
state = CASE WHEN run_at > ${UNTOUCHED} THEN 'ready' ELSE ? END,
run_at = CASE WHEN run_at > ${WOKEN} THEN run_at WHEN run_at = ${WOKEN} THEN ? ELSE ? END,
attempts = ?, reason = ?, next_action = ?, lease_token = NULL, lease_until = NULL`;

/** Statements that end a run, guarded by its lease, with everything the handler wants committed in the same batch. */
export function conclude(step: Step, token: string, end: Conclusion, now: number): Statement[] {
  const change = changeFor(step, end);
  const { state, runAt, failures, reason, nextAction } = change;
  const values: SqlValue[] =
    state === "waiting"
      ? [state, now, runAt, failures, reason, nextAction]
      : [state, runAt ?? now, failures, runAt === null ? now : null, reason, nextAction];
  return [
    raw(
      `UPDATE step SET ${state === "waiting" ? WAIT_SET : END_SET} WHERE id = ? AND state = 'leased' AND lease_token = ?`,
      [...values, step.id, token],
      LEASE_GUARD,
    ),
    ...change.also,
  ];
}

/** Ends many runs of one claim that have nothing else to commit, in one statement. A lost lease just does not match. */
export function concludeDone(ids: readonly string[], token: string, now: number): Statement {
  return raw(
    `UPDATE step SET
state = CASE WHEN run_at > ${WOKEN} THEN 'ready' ELSE 'done' END,
run_at = CASE WHEN run_at > ${WOKEN} THEN run_at ELSE ? END,
attempts = CASE WHEN run_at > ${WOKEN} THEN 0 ELSE attempts END,
finished_at = CASE WHEN run_at > ${WOKEN} THEN NULL ELSE ? END,
reason = NULL, next_action = NULL, lease_token = NULL, lease_until = NULL
WHERE id IN (${ids.map(() => "?").join(", ")}) AND state = 'leased' AND lease_token = ?`,
    [now, now, ...ids, token],
  );
}
