import { raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import type { StepSubject } from "../ports/jobs.ts";
import { endOrphans } from "./attempt/end-orphans.ts";

const OF_SUBJECT = "SELECT id FROM step WHERE subject = ? AND subject_id = ?";

/**
 * Stops all work on a subject: nothing of it runs again, a run in progress loses its lease, and runs at a provider are
 * asked to stop and then settled at their real cost by a step of their own (I9).
 */
export function cancelSteps(
  deps: Pick<Deps, "clock">,
  work: { readonly subject: StepSubject; readonly subjectId: string; readonly reason: string },
): Statement[] {
  const now = deps.clock.now();
  const { subject, subjectId, reason } = work;
  return [
    raw(
      `UPDATE attempt SET cancel_asked_at = ? WHERE state IN ('intended','accepted','running','unknown')
AND cancel_asked_at IS NULL AND step_id IN (${OF_SUBJECT})`,
      [now, subject, subjectId],
    ),
    raw(
      `UPDATE step SET state = 'cancelled', reason = ?, next_action = NULL, lease_token = NULL, lease_until = NULL,
finished_at = ? WHERE subject = ? AND subject_id = ? AND state IN ('ready', 'leased', 'waiting', 'dead')`,
      [reason, now, subject, subjectId],
    ),
    endOrphans(now, { where: `step_id IN (${OF_SUBJECT})`, args: [subject, subjectId] }),
  ];
}
