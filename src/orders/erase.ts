import { and, eq, ne } from "drizzle-orm";
import type { Eraser } from "../people/index.ts";
import { changeOrder } from "./change.ts";
import type { OrderDeps } from "./order-deps.ts";
import { orders } from "./schema.ts";

/** Stops and closes every order of a person for an erasure. Ledger and quotes stay: they hold no face. */
export function eraseOrders(deps: OrderDeps): Eraser {
  return async (personId) => {
    const open = await deps.db.orm
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.personId, personId), ne(orders.state, "deleted")));
    for (const { id } of open)
      await changeOrder(deps, id, () => Promise.resolve({ event: { kind: "delete" } }));
    return { counts: { orders: open.length }, statements: [], done: true };
  };
}

/** Ends the orders of one face that are still being prepared or made; returns all orders that were ever made on it. */
export async function endOrdersOfFace(deps: OrderDeps, faceId: string): Promise<readonly string[]> {
  const all = await deps.db.orm.select({ id: orders.id }).from(orders).where(eq(orders.faceId, faceId));
  for (const { id } of all) await changeOrder(deps, id, () => Promise.resolve({ event: { kind: "cancel" } }));
  return all.map(({ id }) => id);
}
