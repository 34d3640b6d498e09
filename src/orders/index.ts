import type { StepHandlers } from "../ports/jobs.ts";
import type { OrderDeps } from "./order-deps.ts";
import { planOrder } from "./steps/plan-order.ts";
import { renderPrompt } from "./steps/render-prompt.ts";
import { sortOrder } from "./steps/sort-order.ts";

export { changeOrder } from "./change.ts";
export { chooseStylesForThem, setCount, setStyles, toggleStyle, type ChooseResult } from "./choose-styles.ts";
export { orderDetails } from "./details.ts";
export { findDraft, openDraft } from "./draft.ts";
export { cancelOrder, orderDied, refundOrder, retakeOrder } from "./end.ts";
export { endOrdersOfFace, eraseOrders } from "./erase.ts";
export { go, paidOrdersToday } from "./go.ts";
export type { OrderDeps, OrderRow } from "./order-deps.ts";
export { quoteOrder } from "./quote-order.ts";
export { mergeOrders } from "./merge.ts";
export { askRating, rateOrder } from "./rate.ts";
export { ordersOf, readOrder } from "./read.ts";
export { WORKING_STATES } from "./rules/transition.ts";
export { promptDied } from "./steps/render-prompt.ts";
export { sweepOrders } from "./sweep.ts";

/** The order's steps by "subject.kind". */
export function orderHandlers(deps: OrderDeps): StepHandlers {
  return {
    "order.plan": planOrder(deps),
    "order.sort": sortOrder(deps),
    "prompt.render": renderPrompt(deps),
  };
}
