import { write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import { unitOf } from "./rules.ts";
import { ledgerEntry, ledgerTxn } from "./schema.ts";

export interface Transaction {
  /** Derived from what it books, so that booking it twice is refused. */
  readonly id: string;
  readonly kind: string;
  readonly attemptId?: string;
  readonly orderId?: string | null;
  readonly note?: string;
  readonly entries: readonly (readonly [account: string, amount: number])[];
}

/** Books one transaction. Entries of nothing are left out; a transaction that does not balance is a defect. */
export function post(deps: Pick<Deps, "db" | "clock">, txn: Transaction): Statement[] {
  const entries = txn.entries.filter(([, amount]) => amount !== 0);
  for (const unit of ["micros", "credits"] as const) {
    const sum = entries.reduce((sum, [account, amount]) => sum + (unitOf(account) === unit ? amount : 0), 0);
    if (sum !== 0) throw new AppError("DEFECT", `transaction ${txn.id} does not balance in ${unit}`);
  }
  const head = write(
    deps.db.orm.insert(ledgerTxn).values({
      id: txn.id,
      kind: txn.kind,
      at: deps.clock.now(),
      attemptId: txn.attemptId ?? null,
      orderId: txn.orderId ?? null,
      note: txn.note ?? null,
    }),
  );
  if (entries.length === 0) return [head];
  const rows = entries.map(([account, amount]) => ({ txnId: txn.id, account, amount }));
  return [head, write(deps.db.orm.insert(ledgerEntry).values(rows))];
}

/** Throws unless `amount` is a whole number of micro-dollars or credits, zero or more. */
export function assertAmount(amount: number, what: string): void {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new AppError("DEFECT", `${what} must be a whole amount of zero or more`);
}
