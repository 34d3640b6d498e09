import { raw } from "../db/index.ts";
import type { Eraser } from "../people/index.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";

const THEIRS = "person_id IN (SELECT id FROM person WHERE id = ? OR merged_into = ?)";

/**
 * Deletes what was or would be sent to a person, and what the conversation waits for. What is being sent just now is
 * waited for, so that it does not arrive behind the erasure; the receipt is written after this and is still sent.
 * Events already answered stay for their day: a repeat of one must not begin anew.
 */
export function eraseMessages(deps: Pick<Deps, "db">): Eraser {
  return async (personId) => {
    const who = [personId, personId];
    const erased = await deps.db.batch([
      raw(
        `DELETE FROM step WHERE subject = 'delivery' AND state <> 'leased'
          AND subject_id IN (SELECT id FROM delivery WHERE ${THEIRS})`,
        who,
      ),
      raw(
        `DELETE FROM delivery WHERE ${THEIRS} AND NOT EXISTS (
          SELECT 1 FROM step WHERE subject = 'delivery' AND subject_id = delivery.id) RETURNING platform`,
        who,
      ),
      raw(`DELETE FROM conversation WHERE ${THEIRS}`, who),
    ]);
    if (!erased.ok) throw new AppError("DEFECT", "an erasure of messages was refused");
    const [left] = await deps.db.query(`SELECT count(*) AS messages FROM delivery WHERE ${THEIRS}`, who);
    // The browser counts its own, by its transcript.
    const counted = (erased.rows[1] ?? []).filter(({ platform }) => platform !== "web");
    return { counts: { messages: counted.length }, statements: [], done: left?.["messages"] === 0 };
  };
}
