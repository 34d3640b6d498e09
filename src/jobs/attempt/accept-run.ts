import { raw } from "../../db/index.ts";
import type { Deps } from "../../ports/deps.ts";
import { AppError } from "../../ports/errors.ts";
import type { Provider, RunSnapshot } from "../../ports/provider.ts";
import { recordEvent } from "../record-event.ts";
import { describeError } from "../rules/after-error.ts";
import type { AttemptRow } from "./attempt-row.ts";

/**
 * Notes which run at the provider an attempt is. Guarded by the attempt and not by the lease: that the run exists is
 * true whoever learns it, and a cancelled step's run must still be found and settled (I4, I9).
 * @throws AppError LEASE_LOST when the attempt ended meanwhile; the run that nobody wants is then asked to stop.
 */
export async function acceptRun(
  deps: Pick<Deps, "db" | "clock" | "ids" | "log">,
  provider: Provider,
  attempt: Pick<AttemptRow, "id" | "stepId">,
  { externalId, state }: RunSnapshot,
): Promise<void> {
  const now = deps.clock.now();
  const result = await deps.db.batch([
    raw(
      `UPDATE attempt SET state = ?, external_id = ?, accepted_at = ?
WHERE id = ? AND external_id IS NULL AND state IN ('intended', 'unknown')`,
      [state === "running" ? "running" : "accepted", externalId, now, attempt.id],
      "attempt",
    ),
    recordEvent(deps, {
      subject: "attempt",
      subjectId: attempt.id,
      kind: "accepted",
      detail: { step: attempt.stepId },
    }),
  ]);
  if (result.ok) return;
  if (result.kind === "constraint")
    throw new AppError("DEFECT", `attempt ${attempt.id} found a run that belongs to another attempt`);
  await deps.db.batch([
    raw("UPDATE attempt SET external_id = ? WHERE id = ? AND external_id IS NULL", [externalId, attempt.id]),
  ]);
  await askToStop(deps, provider, attempt.id, externalId);
  throw new AppError("LEASE_LOST", `attempt ${attempt.id} ended before its run was heard of`);
}

/** Asks the provider to stop a run; whether it does is seen when the run is read. */
export async function askToStop(
  deps: Pick<Deps, "log">,
  provider: Provider,
  attemptId: string,
  externalId: string,
): Promise<void> {
  try {
    await provider.cancel(externalId);
  } catch (error) {
    deps.log.warn("attempt.not_stopped", { attempt: attemptId, reason: describeError(error) });
  }
}
