import { raw } from "../db/index.ts";
import type { Deps } from "../ports/deps.ts";

/** A platform repeats an event for hours at most. */
const KEPT_MS = 86_400_000;

/** Forgets events that were answered more than a day ago, `limit` at most; returns how many. */
export async function sweepChatEvents(deps: Pick<Deps, "db" | "clock">, limit: number): Promise<number> {
  const swept = await deps.db.batch([
    raw(
      "DELETE FROM chat_event WHERE id IN (SELECT id FROM chat_event WHERE at < ? ORDER BY at LIMIT ?) RETURNING id",
      [deps.clock.now() - KEPT_MS, limit],
    ),
  ]);
  return swept.ok ? (swept.rows[0]?.length ?? 0) : 0;
}
