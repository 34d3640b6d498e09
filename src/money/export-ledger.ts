import { asc, eq } from "drizzle-orm";
import type { Deps } from "../ports/deps.ts";
import { creditAccount } from "./accounts.ts";
import { ledgerEntry, ledgerTxn } from "./schema.ts";

/** A person's credits, movement by movement, as a file of their export. */
export function exportLedger(
  deps: Pick<Deps, "db">,
): (personId: string) => Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]> {
  return async (personId) => {
    const rows = await deps.db.orm
      .select()
      .from(ledgerEntry)
      .innerJoin(ledgerTxn, eq(ledgerTxn.id, ledgerEntry.txnId))
      .where(eq(ledgerEntry.account, creditAccount(personId)))
      .orderBy(asc(ledgerTxn.at));
    const movements = rows.map(({ ledger_txn: txn, ledger_entry: entry }) => ({
      at: new Date(txn.at).toISOString(),
      kind: txn.kind,
      credits: entry.amount,
      order: txn.orderId,
      note: txn.note,
    }));
    const bytes = new TextEncoder().encode(`${JSON.stringify(movements, null, 2)}\n`);
    return [{ name: "credits.json", bytes }];
  };
}
