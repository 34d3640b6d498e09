import { raw } from "../db/index.ts";
import type { SqlValue, Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import type { NewStep } from "../ports/jobs.ts";

const INSERT = `INSERT INTO step (id, subject, subject_id, kind, ordinal, state, needs, run_at, deadline_at, created_at)
VALUES (?, ?, ?, ?, ?, 'ready', ?, ?, ?, ?)`;

function values(deps: Pick<Deps, "clock" | "ids">, step: NewStep): SqlValue[] {
  const now = deps.clock.now();
  return [
    deps.ids.next(),
    step.subject,
    step.subjectId,
    step.kind,
    step.ordinal ?? 0,
    step.needs ?? null,
    step.runAt ?? now,
    step.deadlineAt ?? null,
    now,
  ];
}

/** Creates a step in somebody's batch. One with the same subject, kind and ordinal stays as it is. */
export function addStep(deps: Pick<Deps, "clock" | "ids">, step: NewStep): Statement {
  return raw(`${INSERT} ON CONFLICT (subject, subject_id, kind, ordinal) DO NOTHING`, values(deps, step));
}

/**
 * What arming an existing step anew sets. A leased step stays with its run; `run_at` then tells the run's end to make it
 * ready again (see `lease.ts`). A cancelled step stays cancelled.
 */
export const REARM = `ON CONFLICT (subject, subject_id, kind, ordinal) DO UPDATE SET
state = CASE state WHEN 'leased' THEN 'leased' ELSE 'ready' END,
run_at = excluded.run_at,
needs = excluded.needs,
deadline_at = excluded.deadline_at,
attempts = CASE state WHEN 'leased' THEN attempts ELSE 0 END,
reason = NULL, next_action = NULL, finished_at = NULL
WHERE state <> 'cancelled'`;

/** Creates a step or arms an existing one anew, whatever came of it before, to run at its `runAt`. */
export function rearmStep(deps: Pick<Deps, "clock" | "ids">, step: NewStep): Statement {
  return raw(`${INSERT} ${REARM}`, values(deps, step));
}
