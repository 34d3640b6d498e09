import { eq, sql } from "drizzle-orm";
import type { Deps } from "../ports/deps.ts";
import type { Micros } from "../ports/provider.ts";
import { costAccount } from "./accounts.ts";
import { ledgerEntry } from "./schema.ts";

/** What an order has cost so far; refunds of credits do not lower it. */
export async function orderCost(deps: Pick<Deps, "db">, orderId: string): Promise<Micros> {
  const [row] = await deps.db.orm
    .select({ micros: sql<number>`coalesce(sum(${ledgerEntry.amount}), 0)` })
    .from(ledgerEntry)
    .where(eq(ledgerEntry.account, costAccount(orderId)));
  return row?.micros ?? 0;
}
