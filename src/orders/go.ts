import { and, eq, gte, ne, sql } from "drizzle-orm";
import { raw } from "../db/index.ts";
import { budgetRoom, chargeCredits } from "../money/index.ts";
import type { Statement } from "../ports/database.ts";
import { changeOrder } from "./change.ts";
import type { OrderDeps, OrderRow } from "./order-deps.ts";
import { DRAFT_STATES } from "./rules/transition.ts";
import { orders, quotes } from "./schema.ts";

export type GoResult =
  | { readonly kind: "started"; readonly orderId: string }
  | { readonly kind: "already"; readonly orderId: string }
  | { readonly kind: "quote_expired"; readonly orderId: string }
  | { readonly kind: "changed_since"; readonly orderId: string }
  | { readonly kind: "over_budget" }
  | { readonly kind: "quota"; readonly perDay: number }
  | { readonly kind: "no_credit" }
  /** A browser visitor from outside has no account that a quota could hold on to. */
  | { readonly kind: "link_first" }
  | { readonly kind: "gone" };

const DAY_MS = 86_400_000;

/** Orders of paid products that a person started in the last day. */
export async function paidOrdersToday(deps: OrderDeps, personId: string): Promise<number> {
  const [row] = await deps.db.orm
    .select({ count: sql<number>`count(*)` })
    .from(orders)
    .where(
      and(
        eq(orders.personId, personId),
        ne(orders.product, "studio"),
        gte(orders.goAt, deps.clock.now() - DAY_MS),
      ),
    );
  return row?.count ?? 0;
}

/** Fails the batch when a second order of the same moment used the last place of the day. */
function quotaGuard(deps: OrderDeps, order: OrderRow): Statement {
  return raw(
    `UPDATE orders SET updated_at = updated_at WHERE id = ? AND
      (SELECT count(*) FROM orders WHERE person_id = ? AND product <> 'studio' AND go_at >= ?) <= ?`,
    [order.id, order.personId, deps.clock.now() - DAY_MS, deps.policy.ordersPerPersonDay],
    "quota",
  );
}

/**
 * Go: the order starts on exactly the quote that was shown. A second press, from whichever device, finds the order
 * started and changes nothing.
 */
export async function go(
  deps: OrderDeps,
  person: { readonly personId: string; readonly mayOrderPaid: boolean },
  quoteId: string,
): Promise<GoResult> {
  const { personId, mayOrderPaid } = person;
  const [quote] = await deps.db.orm.select().from(quotes).where(eq(quotes.id, quoteId));
  if (quote === undefined) return { kind: "gone" };
  const perDay = deps.policy.ordersPerPersonDay;
  const paid = quote.product !== "studio";
  let answer: GoResult = { kind: "gone" };
  const result = await changeOrder(deps, quote.orderId, async (order) => {
    const refuse = (refusal: GoResult): null => {
      answer = refusal;
      return null;
    };
    if (order.personId !== personId) return refuse({ kind: "gone" });
    if (!(DRAFT_STATES as readonly string[]).includes(order.state)) {
      return refuse({ kind: order.goAt === null ? "gone" : "already", orderId: order.id });
    }
    if (order.state !== "quoted" || order.quoteId !== quoteId)
      return refuse({ kind: "changed_since", orderId: order.id });
    if (quote.expiresAt <= deps.clock.now()) return refuse({ kind: "quote_expired", orderId: order.id });
    if (paid && !mayOrderPaid) return refuse({ kind: "link_first" });
    if (!(await budgetRoom(deps, quote.ceilingMicros))) return refuse({ kind: "over_budget" });
    if (paid && (await paidOrdersToday(deps, personId)) >= perDay) return refuse({ kind: "quota", perDay });
    answer = { kind: "started", orderId: order.id };
    return {
      event: { kind: "go" },
      patch: { goAt: deps.clock.now(), provider: quote.provider, creditsCharged: quote.credits },
      also: [
        ...(paid ? [quotaGuard(deps, order)] : []),
        ...(quote.credits > 0
          ? chargeCredits(deps, { personId, orderId: order.id, credits: quote.credits })
          : []),
      ],
    };
  });
  if (typeof result === "object") {
    return result.failedGuard === "quota" ? { kind: "quota", perDay } : { kind: "no_credit" };
  }
  return answer;
}
