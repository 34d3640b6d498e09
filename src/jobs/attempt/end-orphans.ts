import { raw } from "../../db/index.ts";
import type { SqlValue, Statement } from "../../ports/database.ts";
import { LEASE_MS } from "../rules/limits.ts";

/**
 * Gives every live attempt whose step is over a step "provider.end" of its own, which stops and settles it.
 * One whose id at the provider is not known yet gets the time of a lease: its answer may be on the way.
 */
export function endOrphans(
  now: number,
  only: { readonly where: string; readonly args: readonly SqlValue[] },
): Statement {
  return raw(
    `INSERT INTO step (id, subject, subject_id, kind, ordinal, state, run_at, created_at)
SELECT 'end:' || attempt.id, 'provider', attempt.id, 'end', 0, 'ready',
? + CASE WHEN attempt.external_id IS NULL THEN ${LEASE_MS} ELSE 0 END, ?
FROM attempt JOIN step ON step.id = attempt.step_id
WHERE attempt.state IN ('intended','accepted','running','unknown')
AND step.state IN ('done', 'failed', 'cancelled', 'dead') AND (${only.where})
ON CONFLICT (subject, subject_id, kind, ordinal) DO UPDATE SET
state = 'ready', run_at = excluded.run_at, attempts = 0, finished_at = NULL WHERE state = 'done' RETURNING id`,
    [now, now, ...only.args],
  );
}
