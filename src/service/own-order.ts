import type { Deps } from "../ports/deps.ts";
import type { OrderDetails } from "../ports/for-people.ts";
import { orderDetails, readOrder, type OrderRow } from "../orders/index.ts";

/**
 * An order of this person, or null: somebody else's order does not exist for them. The one check that every verb of a
 * person's order goes through.
 */
export async function ownOrder(deps: Deps, personId: string, orderId: string): Promise<OrderRow | null> {
  const order = await readOrder(deps, orderId);
  return order !== null && order.personId === personId && order.state !== "deleted" ? order : null;
}

export async function ownOrderDetails(
  deps: Deps,
  personId: string,
  orderId: string,
): Promise<OrderDetails | null> {
  const order = await ownOrder(deps, personId, orderId);
  return order === null ? null : orderDetails(deps, order);
}
