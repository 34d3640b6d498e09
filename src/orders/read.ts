import { and, asc, desc, eq } from "drizzle-orm";
import type { OrderDeps, OrderRow } from "./order-deps.ts";
import { orders, prompts } from "./schema.ts";

/** One order, or null. */
export async function readOrder(deps: Pick<OrderDeps, "db">, orderId: string): Promise<OrderRow | null> {
  const [row] = await deps.db.orm.select().from(orders).where(eq(orders.id, orderId));
  return row ?? null;
}

/** A person's orders, newest first. */
export function ordersOf(deps: Pick<OrderDeps, "db">, personId: string, limit = 20): Promise<OrderRow[]> {
  return deps.db.orm
    .select()
    .from(orders)
    .where(eq(orders.personId, personId))
    .orderBy(desc(orders.id))
    .limit(limit);
}

/** The render requests of one round, in order. */
export function promptsOf(
  deps: Pick<OrderDeps, "db">,
  orderId: string,
  round: number,
): Promise<(typeof prompts.$inferSelect)[]> {
  return deps.db.orm
    .select()
    .from(prompts)
    .where(and(eq(prompts.orderId, orderId), eq(prompts.round, round), eq(prompts.purpose, "shoot")))
    .orderBy(asc(prompts.ordinal));
}
