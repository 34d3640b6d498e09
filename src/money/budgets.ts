import { inArray, sql } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import type { ProviderName } from "../ports/product.ts";
import type { Micros } from "../ports/provider.ts";
import { capOf, scopesAt } from "./rules.ts";
import { budget } from "./schema.ts";

/** Scopes that work started now counts under. */
export function budgetScopes(
  deps: Pick<Deps, "clock">,
  spend: { readonly provider: ProviderName; readonly personId: string },
): string[] {
  return scopesAt(deps.clock.now(), spend);
}

/** Creates missing budget rows and brings caps to what the settings say now. Goes before `reserve` in its batch. */
export function ensureBudgets(deps: Pick<Deps, "db" | "policy">, scopes: readonly string[]): Statement[] {
  if (scopes.length === 0) return [];
  return [
    write(
      deps.db.orm
        .insert(budget)
        .values(scopes.map((scope) => ({ scope, capMicros: capOf(deps.policy, scope) })))
        .onConflictDoUpdate({
          target: budget.scope,
          set: { capMicros: sql`excluded.cap_micros` },
          setWhere: sql`${budget.capMicros} IS NOT excluded.cap_micros`,
        }),
    ),
  ];
}

/** Whether `amountMicros` more would fit under today's and this month's cap. A hint for quotes: `reserve` decides. */
export async function budgetRoom(
  deps: Pick<Deps, "db" | "clock" | "policy">,
  amountMicros: Micros,
): Promise<boolean> {
  if (amountMicros === 0) return true;
  const capped = scopesAt(deps.clock.now(), { provider: "", personId: "" }).filter(
    (scope) => capOf(deps.policy, scope) !== null,
  );
  const rows = await deps.db.orm.select().from(budget).where(inArray(budget.scope, capped));
  return capped.every((scope) => {
    const row = rows.find((row) => row.scope === scope);
    const taken = row === undefined ? 0 : row.postedMicros + row.heldMicros;
    return taken + amountMicros <= (capOf(deps.policy, scope) ?? Infinity);
  });
}
