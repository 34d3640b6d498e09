import type { Deps } from "../ports/deps.ts";

export interface LedgerProblem {
  readonly kind: string;
  /** The transaction, scope, attempt or person that it is about. */
  readonly subject: string;
  readonly detail: string;
}

/** Each query finds what must not exist, as (subject, detail). */
const CHECKS: Readonly<Record<string, string>> = {
  unbalanced: `SELECT txn_id AS subject, 'entries sum to ' || sum(amount) AS detail FROM ledger_entry
GROUP BY txn_id, account LIKE 'credit%' HAVING sum(amount) <> 0`,

  entry_without_transaction: `SELECT DISTINCT txn_id AS subject, 'has entries only' AS detail FROM ledger_entry
WHERE txn_id NOT IN (SELECT id FROM ledger_txn)`,

  held_differs: `SELECT scope AS subject, 'kept ' || held_micros || ', booked ' || booked AS detail FROM (
SELECT scope, held_micros,
coalesce((SELECT sum(amount) FROM ledger_entry WHERE account = 'held:' || scope), 0) AS booked FROM budget)
WHERE held_micros <> booked`,

  posted_differs: `SELECT scope AS subject, 'kept ' || posted_micros || ', booked ' || booked AS detail FROM (
SELECT scope, posted_micros,
coalesce((SELECT sum(amount) FROM ledger_entry WHERE account = 'spent:' || scope), 0) AS booked FROM budget)
WHERE posted_micros <> booked`,

  held_without_reservation: `SELECT scope AS subject, 'kept ' || held_micros || ', reserved ' || reserved AS detail FROM (
SELECT budget.scope, held_micros, coalesce(open.amount, 0) AS reserved FROM budget LEFT JOIN (
SELECT scopes.value AS scope, sum(amount_micros) AS amount FROM reservation, json_each(reservation.scopes) AS scopes
WHERE attempt_id NOT IN (SELECT attempt_id FROM resolution) GROUP BY scopes.value) AS open ON open.scope = budget.scope)
WHERE held_micros <> reserved`,

  reservation_not_booked: `SELECT attempt_id AS subject, 'no transaction' AS detail FROM reservation
WHERE NOT EXISTS (SELECT 1 FROM ledger_txn WHERE id = 'reserve:' || reservation.attempt_id)`,

  resolution_without_reservation: `SELECT attempt_id AS subject, kind AS detail FROM resolution
WHERE attempt_id NOT IN (SELECT attempt_id FROM reservation)`,

  resolution_not_booked: `SELECT attempt_id AS subject, kind AS detail FROM resolution
WHERE NOT EXISTS (
SELECT 1 FROM ledger_txn WHERE id = resolution.kind || ':' || resolution.attempt_id)`,

  booked_without_resolution: `SELECT attempt_id AS subject, kind AS detail FROM ledger_txn
WHERE kind IN ('reserve', 'settle', 'void') AND NOT EXISTS (
SELECT 1 FROM resolution WHERE resolution.attempt_id = ledger_txn.attempt_id AND resolution.kind = ledger_txn.kind)
AND (kind <> 'reserve' OR attempt_id NOT IN (SELECT attempt_id FROM reservation))`,

  bill_differs: `SELECT attempt_id AS subject, 'kept ' || actual_micros || ', booked ' || booked AS detail FROM (
SELECT resolution.attempt_id, actual_micros, coalesce((SELECT -sum(amount) FROM ledger_entry
WHERE txn_id = resolution.kind || ':' || resolution.attempt_id AND account LIKE 'payable:%'), 0) AS booked
FROM resolution) WHERE actual_micros <> booked`,

  overrun_not_marked: `SELECT resolution.attempt_id AS subject,
'cost ' || actual_micros || ' of ' || amount_micros AS detail FROM resolution JOIN reservation USING (attempt_id)
WHERE overrun <> (actual_micros > amount_micros)`,

  credits_differ: `SELECT person_id AS subject, 'kept ' || credits || ', booked ' || booked AS detail FROM (
SELECT person_id, credits,
coalesce((SELECT sum(amount) FROM ledger_entry WHERE account = 'credit:' || person_id), 0) AS booked
FROM credit_balance) WHERE credits <> booked`,

  credits_without_balance: `SELECT account AS subject, 'booked ' || sum(amount) AS detail FROM ledger_entry
WHERE account LIKE 'credit:%' AND substr(account, 8) NOT IN (SELECT person_id FROM credit_balance)
GROUP BY account HAVING sum(amount) <> 0`,
};

/**
 * Reads the whole ledger and names everything that cannot be: an empty list is a sound ledger (invariants I5 and I6).
 * Caps are not judged here, because the settings may lower one below what is spent.
 */
export async function checkLedger(deps: Pick<Deps, "db">): Promise<LedgerProblem[]> {
  const problems: LedgerProblem[] = [];
  for (const [kind, sql] of Object.entries(CHECKS)) {
    for (const row of await deps.db.query(sql))
      problems.push({ kind, subject: String(row["subject"]), detail: String(row["detail"]) });
  }
  return problems;
}
