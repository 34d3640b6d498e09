import { budgetScopes, ensureBudgets, reserve } from "../../src/money/index.ts";
import type { BatchResult, Database, Statement } from "../../src/ports/database.ts";
import type { Deps, Policy } from "../../src/ports/deps.ts";
import { memoryDatabase } from "../kit/database.ts";
import { fakeClock, type FakeClock } from "../kit/time.ts";

export type MoneyDeps = Pick<Deps, "db" | "clock" | "policy">;

/** A ledger with a cap of 1,000 a day and 5,000 a month, or other caps. */
export async function money(
  policy: Partial<Policy> = {},
  parts: { db?: Database } = {},
): Promise<{
  deps: MoneyDeps;
  clock: FakeClock;
  apply(statements: readonly Statement[]): Promise<BatchResult>;
  /** Reserves for an attempt of person p1 at the no-op provider. */
  open(attemptId: string, amountMicros: number, orderId?: string): Promise<BatchResult>;
}> {
  const clock = fakeClock();
  const db = parts.db ?? (await memoryDatabase()).db;
  const deps: MoneyDeps = {
    db,
    clock,
    policy: {
      siteUrl: "http://127.0.0.1:8787",
      defaultProduct: "studio",
      freeCredits: 1,
      ordersPerPersonDay: 3,
      budgetDayMicros: 1000,
      budgetMonthMicros: 5000,
      operatorName: null,
      privacyEmail: null,
      selling: false,
      loopback: true,
      adminIds: [],
      ...policy,
    },
  };
  const apply = (statements: readonly Statement[]): Promise<BatchResult> => db.batch(statements);
  return {
    deps,
    clock,
    apply,
    open(attemptId, amountMicros, orderId) {
      const scopes = budgetScopes(deps, { provider: "noop", personId: "p1" });
      return apply([
        ...ensureBudgets(deps, scopes),
        ...reserve(deps, {
          attemptId,
          orderId: orderId ?? null,
          provider: "noop",
          priceId: null,
          amountMicros,
          estimateMicros: amountMicros,
          scopes,
        }),
      ]);
    },
  };
}
