import { raw } from "../db/index.ts";
import type { Deps } from "../ports/deps.ts";

/** As long as pictures are kept; an older message that changes again is shown as a new one. */
const KEPT_MS = 30 * 86_400_000;

/** The same rows for both statements, in the order of the index `delivery_ended`. */
const OLD = `SELECT id FROM delivery WHERE state <> 'pending' AND created_at < ? AND coalesce(sent_at, 0) < ?
ORDER BY created_at, id LIMIT ?`;

/** Forgets messages that ended 30 days ago, with their steps, `limit` at most; returns how many. */
export async function sweepDeliveries(deps: Pick<Deps, "db" | "clock">, limit: number): Promise<number> {
  const until = deps.clock.now() - KEPT_MS;
  const args = [until, until, limit];
  const swept = await deps.db.batch([
    raw(`DELETE FROM step WHERE subject = 'delivery' AND subject_id IN (${OLD})`, args),
    raw(`DELETE FROM delivery WHERE id IN (${OLD}) RETURNING id`, args),
  ]);
  return swept.ok ? (swept.rows[1]?.length ?? 0) : 0;
}
