import { and, eq, inArray, ne } from "drizzle-orm";
import type { Eraser } from "../people/index.ts";
import { changeOrder } from "./change.ts";
import type { OrderDeps } from "./order-deps.ts";
import { DRAFT_STATES, WORKING_STATES } from "./rules/transition.ts";
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

/** Ends the orders of one face that are still being prepared or made. */
export async function cancelOrdersOfFace(deps: OrderDeps, faceId: string): Promise<void> {
  const open = await deps.db.orm
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.faceId, faceId), inArray(orders.state, [...DRAFT_STATES, ...WORKING_STATES])));
  for (const { id } of open)
    await changeOrder(deps, id, () => Promise.resolve({ event: { kind: "cancel" } }));
}
