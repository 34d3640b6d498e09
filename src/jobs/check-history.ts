import { checkLedger } from "../money/index.ts";
import type { Database } from "../ports/database.ts";

const LIVE = "('intended','accepted','running','unknown')";
const OVER = "('done','failed','cancelled','dead')";

/** Each query finds what must not exist, as (subject, detail). */
const CHECKS: Readonly<Record<string, string>> = {
  "step is over and has no end, or the reverse": `SELECT id AS subject, state AS detail FROM step
WHERE (state IN ${OVER}) <> (finished_at IS NOT NULL)`,

  "step is leased without a lease, or the reverse": `SELECT id AS subject, state AS detail FROM step
WHERE (state = 'leased') <> (lease_token IS NOT NULL) OR (lease_token IS NULL) <> (lease_until IS NULL)`,

  "attempt has no step": `SELECT id AS subject, step_id AS detail FROM attempt
WHERE step_id NOT IN (SELECT id FROM step)`,

  "attempt is over and has no end, or the reverse": `SELECT id AS subject, state AS detail FROM attempt
WHERE (state IN ${LIVE}) <> (finished_at IS NULL)`,

  "step has two live attempts (I3)": `SELECT step_id AS subject, count(*) AS detail FROM attempt
WHERE state IN ${LIVE} GROUP BY step_id HAVING count(*) > 1`,

  "attempt began before the one before it was over (I3)": `SELECT id AS subject, step_id AS detail FROM (
SELECT id, step_id, created_at, lag(state) OVER steps AS state_before, lag(finished_at) OVER steps AS end_before
FROM attempt WINDOW steps AS (PARTITION BY step_id ORDER BY created_at, id))
WHERE state_before IN ${LIVE} OR end_before > created_at`,

  "step has two successes (I2)": `SELECT step_id AS subject, count(*) AS detail FROM attempt
WHERE state = 'succeeded' GROUP BY step_id HAVING count(*) > 1`,

  "attempt succeeded and its step is not done (I2)": `SELECT attempt.id AS subject, step.state AS detail
FROM attempt JOIN step ON step.id = attempt.step_id WHERE attempt.state = 'succeeded'
AND step.state IN ('ready', 'leased', 'waiting')`,

  "attempt began after its step was over (I9)": `SELECT attempt.id AS subject, step.id AS detail
FROM attempt JOIN step ON step.id = attempt.step_id
WHERE step.state IN ('done', 'failed', 'cancelled') AND attempt.created_at > step.finished_at`,

  "attempt has no reservation (I5)": `SELECT id AS subject, state AS detail FROM attempt
WHERE id NOT IN (SELECT attempt_id FROM reservation)`,

  "attempt is over and not settled, or the reverse (I5)": `SELECT id AS subject, state AS detail FROM attempt
WHERE (state IN ${LIVE}) <> (id NOT IN (SELECT attempt_id FROM resolution))`,

  "attempt's history does not begin with its intention": `SELECT subject_id AS subject, kind AS detail FROM (
SELECT subject_id, kind, row_number() OVER (PARTITION BY subject_id ORDER BY at, id) AS place
FROM event WHERE subject = 'attempt') WHERE (place = 1) <> (kind = 'intended')`,

  "attempt's history goes on after its end": `SELECT subject_id AS subject, kind || ' after ' || before AS detail FROM (
SELECT subject_id, kind, lag(kind) OVER (PARTITION BY subject_id ORDER BY at, id) AS before
FROM event WHERE subject = 'attempt') WHERE before IN ('succeeded', 'failed', 'cancelled', 'lost')`,

  "attempt's end is not in its history": `SELECT id AS subject, state AS detail FROM attempt
WHERE state NOT IN ${LIVE} AND NOT EXISTS (
SELECT 1 FROM event WHERE subject = 'attempt' AND subject_id = attempt.id AND event.kind = attempt.state)`,

  "state jumps in a history": `SELECT subject_id AS subject, came || ' after ' || went AS detail FROM (
SELECT subject_id, json_extract(detail, '$.from') AS came,
lag(json_extract(detail, '$.to')) OVER (PARTITION BY subject, subject_id ORDER BY at, id) AS went
FROM event WHERE json_extract(detail, '$.from') IS NOT NULL) WHERE went <> came`,

  "delivery shows what does not exist yet": `SELECT id AS subject, shown_version AS detail FROM delivery
WHERE shown_version > version OR (state = 'sent' AND (shown_version <> version OR message_ref IS NULL))`,

  "pending delivery that nothing will show": `SELECT delivery.id AS subject, delivery.version AS detail FROM delivery
WHERE state = 'pending' AND NOT EXISTS (
SELECT 1 FROM step WHERE subject = 'delivery' AND subject_id = delivery.id AND kind = 'deliver')`,
};

/**
 * Reads the whole history offline and names everything that cannot have happened (the invariants I2, I3, I5, I6 and I9 of
 * the durable core, legal state paths, and deliveries). Empty = sound.
 */
export async function checkHistory(db: Database): Promise<string[]> {
  const problems: string[] = [];
  for (const [what, sql] of Object.entries(CHECKS)) {
    for (const row of await db.query(sql))
      problems.push(`${what}: ${String(row["subject"])} (${String(row["detail"])})`);
  }
  for (const { kind, subject, detail } of await checkLedger({ db }))
    problems.push(`ledger: ${kind}: ${subject} (${detail})`);
  return problems;
}
