import type { Policy } from "../ports/deps.ts";
import type { Micros } from "../ports/provider.ts";

/** Scopes that a new reservation counts under. Days and months are UTC. */
export function scopesAt(now: number, spend: { provider: string; personId: string }): string[] {
  const day = new Date(now).toISOString().slice(0, 10);
  return [
    `day:${day}`,
    `month:${day.slice(0, 7)}`,
    `provider:${spend.provider}:day:${day}`,
    `person:${spend.personId}:day:${day}`,
  ];
}

/** The cap that the settings put on a scope; null = none. Scopes without a cap still show who spent what. */
export function capOf(
  policy: Pick<Policy, "budgetDayMicros" | "budgetMonthMicros">,
  scope: string,
): Micros | null {
  if (scope.startsWith("day:")) return policy.budgetDayMicros;
  if (scope.startsWith("month:")) return policy.budgetMonthMicros;
  return null;
}

/** What an account counts: micro-dollars or credits. Entries of a transaction sum to zero in each. */
export function unitOf(account: string): "micros" | "credits" {
  return account.startsWith("credit") ? "credits" : "micros";
}

const QUANTITY_PARTS = 1_000_000;
const PARTS_TO_MICROS = 1_000_000_000n;

/**
 * Price of a quantity, rounded up once.
 * @param rateNano nano-dollars per unit
 * @param quantity units; counted in millionths, finer parts do not exist in any bill
 * @returns micro-dollars
 */
export function costMicros(rateNano: number, quantity: number): Micros {
  const parts = Math.round(quantity * QUANTITY_PARTS);
  if (!Number.isSafeInteger(rateNano) || rateNano < 0 || !Number.isSafeInteger(parts) || parts < 0)
    throw new RangeError("a price needs a whole rate and a quantity of zero or more");
  const exact = BigInt(rateNano) * BigInt(parts);
  return Number((exact + PARTS_TO_MICROS - 1n) / PARTS_TO_MICROS);
}
