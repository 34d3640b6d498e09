import type { ObjectStore } from "../ports/blobs.ts";
import type { Deps } from "../ports/deps.ts";

/** Time for the caller of `put` to commit its `keep`. */
const UNOWNED_MS = 60 * 60_000;
/** A removal that has not ended by then died with its process. */
const REMOVING_MS = 60_000;

/** Claims rows by refs -1, which nobody can keep or put anew until the object is gone. */
const CLAIM = `UPDATE blob SET refs = -1, changed_at = ? WHERE id IN (
  SELECT id FROM blob WHERE refs = 0 AND changed_at < ?
  UNION ALL SELECT id FROM blob WHERE refs = -1 AND changed_at < ?
  LIMIT ?)
RETURNING id`;

/** Removes blobs that nobody has owned for an hour; returns how many. */
export async function sweepBlobs(
  deps: Pick<Deps, "db" | "clock"> & { readonly store: ObjectStore },
  limit: number,
): Promise<number> {
  const now = deps.clock.now();
  const claimed = await deps.db.batch([
    { sql: CLAIM, args: [now, now - UNOWNED_MS, now - REMOVING_MS, limit] },
  ]);
  const ids = claimed.ok ? (claimed.rows[0] ?? []).map((row) => String(row["id"])) : [];
  for (const id of ids) {
    await deps.store.remove(id);
    await deps.db.batch([{ sql: "DELETE FROM blob WHERE id = ? AND refs = -1", args: [id] }]);
  }
  return ids.length;
}
