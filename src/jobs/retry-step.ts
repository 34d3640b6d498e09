import { raw } from "../db/index.ts";
import { auditEntry } from "../operations/index.ts";
import type { Actor } from "../ports/actor.ts";
import type { Deps } from "../ports/deps.ts";
import { recordEvent } from "./record-event.ts";

/** Gives a dead step a new budget of tries and no deadline; false when it is not dead (any more). */
export async function retryStep(
  deps: Pick<Deps, "db" | "clock" | "ids" | "waker">,
  stepId: string,
  actor: Actor,
): Promise<boolean> {
  const result = await deps.db.batch([
    raw(
      `UPDATE step SET state = 'ready', run_at = ?, attempts = 0, deadline_at = NULL, finished_at = NULL,
reason = 'retried', next_action = 'runs at its time' WHERE id = ? AND state = 'dead'`,
      [deps.clock.now(), stepId],
      "dead",
    ),
    recordEvent(deps, { subject: "step", subjectId: stepId, kind: "retried" }),
    auditEntry(deps, actor, { action: "retry", subject: "step", subjectId: stepId, detail: {} }),
  ]);
  if (result.ok) deps.waker.notify();
  return result.ok;
}
