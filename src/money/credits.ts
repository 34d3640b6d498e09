import { eq } from "drizzle-orm";
import { raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { CREDIT_GIVEN, creditAccount, creditUsedAccount } from "./accounts.ts";
import { assertAmount, post } from "./post.ts";
import { creditBalance, ledgerTxn } from "./schema.ts";

/** Credits that a person has now. */
export async function credits(deps: Pick<Deps, "db">, personId: string): Promise<number> {
  const [row] = await deps.db.orm.select().from(creditBalance).where(eq(creditBalance.personId, personId));
  return row?.credits ?? 0;
}

/** Whether the credits of an order were given back. */
export async function creditsReturned(deps: Pick<Deps, "db">, orderId: string): Promise<boolean> {
  const rows = await deps.db.orm
    .select({ id: ledgerTxn.id })
    .from(ledgerTxn)
    .where(eq(ledgerTxn.id, `refund:${orderId}`));
  return rows.length > 0;
}

/**
 * Gives credits once per `key` for ever: repeated, by whomever and for whomever, it changes nothing and fails nothing,
 * so that it can stand in any batch.
 */
export function grantCredits(
  deps: Pick<Deps, "clock">,
  grant: {
    readonly personId: string;
    readonly credits: number;
    readonly reason: string;
    readonly key: string;
  },
): Statement[] {
  assertAmount(grant.credits, "a grant");
  if (grant.credits === 0) return [];
  const id = `grant:${grant.key}`;
  const isNew = "NOT EXISTS (SELECT 1 FROM ledger_txn WHERE id = ?)";
  return [
    raw(
      `INSERT INTO credit_balance (person_id, credits) SELECT ?, ? WHERE ${isNew}
ON CONFLICT (person_id) DO UPDATE SET credits = credits + excluded.credits`,
      [grant.personId, grant.credits, id],
    ),
    raw(
      `INSERT INTO ledger_entry (txn_id, account, amount)
SELECT ?, column1, column2 FROM (VALUES (?, ?), (?, ?)) WHERE ${isNew}`,
      [id, creditAccount(grant.personId), grant.credits, CREDIT_GIVEN, -grant.credits, id],
    ),
    raw("INSERT INTO ledger_txn (id, kind, at, note) VALUES (?, 'grant', ?, ?) ON CONFLICT (id) DO NOTHING", [
      id,
      deps.clock.now(),
      grant.reason,
    ]),
  ];
}

/** Takes an order's credits, once. The guard `credit` reports that the person has too few. */
export function chargeCredits(
  deps: Pick<Deps, "db" | "clock">,
  charge: { readonly personId: string; readonly orderId: string; readonly credits: number },
): Statement[] {
  const { personId, orderId, credits } = charge;
  assertAmount(credits, "a charge");
  if (credits === 0) return [];
  return [
    raw(
      "UPDATE credit_balance SET credits = credits - ? WHERE person_id = ? AND credits >= ?",
      [credits, personId, credits],
      "credit",
    ),
    ...post(deps, {
      id: `charge:${orderId}`,
      kind: "charge",
      orderId,
      entries: [
        [creditAccount(personId), -credits],
        [creditUsedAccount(orderId), credits],
      ],
    }),
  ];
}

/**
 * Reverses an order's charge, once. A repeat, or an order that was never charged, changes nothing and fails nothing, so
 * that it can stand in any batch that ends an order; `guard` makes it a failure.
 */
export function returnCredits(
  deps: Pick<Deps, "clock">,
  refund: {
    /** Who owns the order now; after linking not the one who was charged. */
    readonly personId: string;
    readonly orderId: string;
    readonly credits: number;
    readonly reason: string;
    /** Named, it refuses the whole batch when there is nothing to give back. */
    readonly guard?: string;
  },
): Statement[] {
  const { personId, orderId, credits } = refund;
  assertAmount(credits, "a refund");
  if (credits === 0) return [];
  const id = `refund:${orderId}`;
  /** What the charge took is what comes back. */
  const open = `FROM ledger_entry WHERE txn_id = ? AND account = ? AND amount = ?
AND NOT EXISTS (SELECT 1 FROM ledger_txn WHERE id = ?)`;
  const openArgs = [`charge:${orderId}`, creditUsedAccount(orderId), credits, id];
  return [
    raw(
      `INSERT INTO credit_balance (person_id, credits) SELECT ?, amount ${open}
ON CONFLICT (person_id) DO UPDATE SET credits = credits + excluded.credits`,
      [personId, ...openArgs],
    ),
    raw(`INSERT INTO ledger_entry (txn_id, account, amount) SELECT ?, ?, amount ${open}`, [
      id,
      creditAccount(personId),
      ...openArgs,
    ]),
    raw(`INSERT INTO ledger_entry (txn_id, account, amount) SELECT ?, ?, -amount ${open}`, [
      id,
      creditUsedAccount(orderId),
      ...openArgs,
    ]),
    raw(
      `INSERT INTO ledger_txn (id, kind, at, order_id, note) SELECT ?, 'refund', ?, ?, ? ${open}`,
      [id, deps.clock.now(), orderId, refund.reason, ...openArgs],
      refund.guard,
    ),
  ];
}

/** Moves all credits of a person to the one they were linked with. */
export function moveCredits(deps: Pick<Deps, "clock">, from: string, into: string): Statement[] {
  const id = `merge:${from}:${into}`;
  const all = "FROM credit_balance WHERE person_id = ? AND credits > 0";
  return [
    raw(`INSERT INTO ledger_txn (id, kind, at) SELECT ?, 'merge', ? ${all}`, [id, deps.clock.now(), from]),
    raw(`INSERT INTO ledger_entry (txn_id, account, amount) SELECT ?, ?, -credits ${all}`, [
      id,
      creditAccount(from),
      from,
    ]),
    raw(`INSERT INTO ledger_entry (txn_id, account, amount) SELECT ?, ?, credits ${all}`, [
      id,
      creditAccount(into),
      from,
    ]),
    raw(
      `INSERT INTO credit_balance (person_id, credits) SELECT ?, credits ${all}
ON CONFLICT (person_id) DO UPDATE SET credits = credits + excluded.credits`,
      [into, from],
    ),
    raw("UPDATE credit_balance SET credits = 0 WHERE person_id = ?", [from]),
  ];
}
