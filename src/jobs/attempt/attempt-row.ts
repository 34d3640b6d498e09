import { and, eq, sql } from "drizzle-orm";
import type { Deps } from "../../ports/deps.ts";
import type { StepState } from "../../ports/jobs.ts";
import { attempt, step, type AttemptState } from "../schema.ts";

export type AttemptRow = typeof attempt.$inferSelect;

/** In SQL as literals, so that the partial indexes serve. */
export const LIVE = "state IN ('intended','accepted','running','unknown')";

export function isLive(state: AttemptState): boolean {
  return state === "intended" || state === "accepted" || state === "running" || state === "unknown";
}

/** The attempt of a step that is not over; there is at most one (I3). */
export async function liveAttempt(deps: Pick<Deps, "db">, stepId: string): Promise<AttemptRow | null> {
  const [row] = await deps.db.orm
    .select()
    .from(attempt)
    .where(and(eq(attempt.stepId, stepId), sql.raw(LIVE)));
  return row ?? null;
}

/** An attempt with the state of the step that it belongs to. */
export async function readAttempt(
  deps: Pick<Deps, "db">,
  id: string,
): Promise<{ readonly row: AttemptRow; readonly stepState: StepState } | null> {
  const [found] = await deps.db.orm
    .select({ row: attempt, stepState: step.state })
    .from(attempt)
    .innerJoin(step, eq(step.id, attempt.stepId))
    .where(eq(attempt.id, id));
  return found ?? null;
}
