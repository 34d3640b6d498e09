import { raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import type { StepSubject } from "../ports/jobs.ts";
import { UNTOUCHED, WOKEN } from "./lease.ts";

/** Wakes steps that wait; one that is running right now will not wait when it ends. Others are left as they are. */
export const WAKE = `UPDATE step SET
run_at = CASE WHEN state = 'waiting' THEN ? WHEN run_at = ${UNTOUCHED} THEN ${WOKEN} ELSE run_at END,
state = CASE state WHEN 'waiting' THEN 'ready' ELSE state END
WHERE state IN ('waiting', 'leased')`;

/** Lets a waiting step run now. Repeated or too late it changes nothing. */
export function wakeStep(
  deps: Pick<Deps, "clock">,
  step: {
    readonly subject: StepSubject;
    readonly subjectId: string;
    readonly kind: string;
    readonly ordinal?: number;
  },
): Statement {
  return raw(`${WAKE} AND subject = ? AND subject_id = ? AND kind = ? AND ordinal = ?`, [
    deps.clock.now(),
    step.subject,
    step.subjectId,
    step.kind,
    step.ordinal ?? 0,
  ]);
}
