import { auditEntry } from "../operations/index.ts";
import { creditsReturned, orderCost, returnCredits } from "../money/index.ts";
import type { Actor } from "../ports/actor.ts";
import { AppError } from "../ports/errors.ts";
import type { Statement } from "../ports/database.ts";
import type { OrderState } from "../ports/product.ts";
import { changeOrder, orderChange } from "./change.ts";
import type { OrderDeps } from "./order-deps.ts";
import { readOrder } from "./read.ts";

export type CancelResult =
  | { readonly kind: "cancelled"; readonly costMicros: number }
  | { readonly kind: "already_over"; readonly state: OrderState }
  | { readonly kind: "gone" };

/** Stops an order. Runs at a provider are asked to stop and are still settled at their real cost. */
export async function cancelOrder(deps: OrderDeps, orderId: string): Promise<CancelResult> {
  const result = await changeOrder(deps, orderId, () => Promise.resolve({ event: { kind: "cancel" } }));
  if (result === "changed") return { kind: "cancelled", costMicros: await orderCost(deps, orderId) };
  const order = await readOrder(deps, orderId);
  return order === null ? { kind: "gone" } : { kind: "already_over", state: order.state };
}

export type RetakeResult = { readonly kind: "started" | "used_up" | "not_now" | "gone" };

/** The free second round: same photos and styles, new pictures. Once per order. */
export async function retakeOrder(deps: OrderDeps, orderId: string): Promise<RetakeResult> {
  const result = await changeOrder(deps, orderId, () => Promise.resolve({ event: { kind: "retake" } }));
  if (result === "changed") return { kind: "started" };
  const order = await readOrder(deps, orderId);
  if (order === null) return { kind: "gone" };
  return { kind: order.round > 0 ? "used_up" : "not_now" };
}

export type RefundResult =
  | { readonly kind: "refunded"; readonly credits: number }
  | { readonly kind: "already" | "nothing_to_refund" | "gone" };

/** Gives an order's credits back, once, with one message and an audit row. A running order is cancelled first. */
export async function refundOrder(deps: OrderDeps, actor: Actor, orderId: string): Promise<RefundResult> {
  const before = await readOrder(deps, orderId);
  if (before === null) return { kind: "gone" };
  if (before.creditsCharged === 0) return { kind: "nothing_to_refund" };
  if (await creditsReturned(deps, orderId)) return { kind: "already" };
  // Cancelling running work gives the credit back in the same batch.
  await cancelOrder(deps, orderId);
  const { personId, chatId, creditsCharged } = before;
  const result = await deps.db.batch([
    ...returnCredits(deps, { personId, orderId, credits: creditsCharged, reason: "refund" }),
    auditEntry(deps, actor, {
      action: "refund",
      subject: "order",
      subjectId: orderId,
      detail: { credits: creditsCharged },
    }),
    ...deps.announce({ kind: "order_refunded", personId, chatId, orderId }),
  ]);
  if (!result.ok) throw new AppError("DATABASE_FAILED", "the refund was not recorded", { retryable: true });
  deps.waker.notify();
  return { kind: "refunded", credits: creditsCharged };
}

/** An order whose own step died after its last try: it fails, and its credit goes back. */
export async function orderDied(deps: OrderDeps, orderId: string): Promise<readonly Statement[]> {
  const order = await readOrder(deps, orderId);
  if (order === null) return [];
  const change = await orderChange(deps, order, { kind: "fail" }, { failureCode: "gave_up" });
  return change?.statements ?? [];
}
