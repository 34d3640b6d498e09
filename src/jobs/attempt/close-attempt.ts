import { eq } from "drizzle-orm";
import { raw } from "../../db/index.ts";
import { release, settle } from "../../money/index.ts";
import { reservation } from "../../money/schema.ts";
import type { Statement } from "../../ports/database.ts";
import type { Deps } from "../../ports/deps.ts";
import type { Micros, RunFailure, RunSnapshot } from "../../ports/provider.ts";
import { recordEvent } from "../record-event.ts";
import { LIVE, type AttemptRow } from "./attempt-row.ts";

/** How an attempt ends, and who pays. */
export type AttemptEnd =
  /** The provider's last word; its cost, or our estimate while the provider does not name one. */
  | { readonly kind: "terminal"; readonly snapshot: RunSnapshot; readonly toWaste: boolean }
  /** Nothing was started: nothing is owed. */
  | { readonly kind: "refused"; readonly failure: RunFailure }
  | { readonly kind: "absent" }
  /** A run may have been made and nobody will ever have its result: counted as spent, in waste. */
  | { readonly kind: "lost"; readonly detail: string };

async function estimateOf(deps: Pick<Deps, "db">, attemptId: string): Promise<Micros> {
  const [row] = await deps.db.orm
    .select({ micros: reservation.estimateMicros })
    .from(reservation)
    .where(eq(reservation.attemptId, attemptId));
  return row?.micros ?? 0;
}

async function money(
  deps: Pick<Deps, "db" | "clock">,
  attemptId: string,
  end: AttemptEnd,
): Promise<Statement[]> {
  if (end.kind === "refused" || end.kind === "absent") return release(deps, { attemptId });
  const billed = end.kind === "terminal" ? end.snapshot.actualMicros : null;
  return settle(deps, {
    attemptId,
    actualMicros: billed ?? (await estimateOf(deps, attemptId)),
    estimated: billed === null,
    toWaste: end.kind === "lost" || end.toWaste,
  });
}

function stateOf(end: AttemptEnd): "succeeded" | "failed" | "cancelled" | "lost" {
  if (end.kind === "refused") return "failed";
  if (end.kind !== "terminal") return "lost";
  const { state } = end.snapshot;
  return state === "succeeded" || state === "cancelled" ? state : "failed";
}

function failureOf(end: AttemptEnd): { code: string; detail: string } | null {
  switch (end.kind) {
    case "terminal":
      return end.snapshot.failure;
    case "refused":
      return end.failure;
    case "absent":
      return { code: "absent", detail: "the run never began" };
    case "lost":
      return { code: "lost", detail: end.detail };
  }
}

/**
 * Ends an attempt and its reservation in one batch. The guard `attempt:<id>` reports that somebody ended it before (I5).
 */
export async function closeAttempt(
  deps: Pick<Deps, "db" | "clock" | "ids">,
  attempt: Pick<AttemptRow, "id" | "stepId">,
  end: AttemptEnd,
): Promise<Statement[]> {
  const state = stateOf(end);
  const failure = failureOf(end);
  return [
    raw(
      `UPDATE attempt SET state = ?, external_id = coalesce(external_id, ?), failure_code = ?, failure_detail = ?,
queue_position = NULL, finished_at = ? WHERE id = ? AND ${LIVE}`,
      [
        state,
        end.kind === "terminal" ? end.snapshot.externalId : null,
        failure?.code ?? null,
        failure?.detail ?? null,
        deps.clock.now(),
        attempt.id,
      ],
      `attempt:${attempt.id}`,
    ),
    ...(await money(deps, attempt.id, end)),
    recordEvent(deps, {
      subject: "attempt",
      subjectId: attempt.id,
      kind: state,
      detail: { step: attempt.stepId, code: failure?.code ?? null },
    }),
  ];
}
