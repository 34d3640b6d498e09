import { and, inArray, lt } from "drizzle-orm";
import { changeOrder } from "./change.ts";
import type { OrderDeps } from "./order-deps.ts";
import { DRAFT_STATES } from "./rules/transition.ts";
import { orders } from "./schema.ts";

/** An order that nobody touched for a week is forgotten; its photos go with their face's own timer. */
const DRAFT_LIFE_MS = 7 * 86_400_000;

/** Expires untouched drafts; returns how many. Safe anywhere, any time. */
export async function sweepOrders(deps: OrderDeps, limit = 100): Promise<number> {
  const stale = await deps.db.orm
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(inArray(orders.state, [...DRAFT_STATES]), lt(orders.updatedAt, deps.clock.now() - DRAFT_LIFE_MS)),
    )
    .limit(limit);
  let expired = 0;
  for (const { id } of stale) {
    const result = await changeOrder(deps, id, () => Promise.resolve({ event: { kind: "expire" } }));
    if (result === "changed") expired++;
  }
  return expired;
}
