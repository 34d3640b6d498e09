import { eq } from "drizzle-orm";
import { raw } from "../db/index.ts";
import { countUp } from "../operations/index.ts";
import type { Deps } from "../ports/deps.ts";
import { attempt } from "./schema.ts";
import { WAKE } from "./wake-step.ts";

/** A webhook whose signature was verified. */
export interface Webhook {
  readonly source: string;
  /** Equal for repeats of the same message. */
  readonly dedupeKey: string;
  readonly body: string;
  /** The attempt that its address names. */
  readonly attemptId: string | null;
}

/**
 * Stores a webhook and wakes the step that waits for it. It is only a hint: the step asks the provider itself, so a
 * forged, late, repeated or reordered one changes nothing (I8). One about an attempt that is not ours is counted.
 */
export async function takeWebhook(
  deps: Pick<Deps, "db" | "clock" | "ids" | "waker">,
  webhook: Webhook,
): Promise<"stored" | "duplicate"> {
  const { source, dedupeKey, body, attemptId } = webhook;
  const now = deps.clock.now();
  const [known] =
    attemptId === null
      ? []
      : await deps.db.orm.select({ stepId: attempt.stepId }).from(attempt).where(eq(attempt.id, attemptId));
  const result = known === undefined ? "unknown_attempt" : "woke";
  const stored = await deps.db.batch([
    raw(
      `INSERT INTO inbox (id, source, dedupe_key, body, attempt_id, received_at, processed_at, result)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, dedupe_key) DO NOTHING`,
      [deps.ids.next(), source, dedupeKey, body, attemptId, now, now, result],
      "new",
    ),
    known === undefined ? countUp("webhook_unknown_attempt") : raw(`${WAKE} AND id = ?`, [now, known.stepId]),
  ]);
  if (!stored.ok) return "duplicate";
  deps.waker.notify();
  return "stored";
}
