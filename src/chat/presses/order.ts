import type { Answer, Turn } from "../answer.ts";
import { currentWith, orderCard } from "../current-card.ts";
import type { Card } from "../messages.ts";
import { showLinkCode } from "../words.ts";
import { askQuote } from "./prepare.ts";

const resultsOf = (orderId: string, round: number): Card => ({
  kind: "results",
  ids: { orderId, round: String(round) },
});

/** Go: starts exactly what was shown. A price that no longer holds is shown anew, and nothing starts. */
export async function pressGo(turn: Turn, quoteId: string): Promise<Answer> {
  const outcome = await turn.people.go(turn.who, quoteId);
  switch (outcome.kind) {
    case "started": {
      const orderId = outcome.order.id;
      const stale: Card[] = [
        { kind: "quote", ids: { orderId } },
        { kind: "styles", ids: { orderId } },
        { kind: "selfies", ids: { faceId: outcome.order.faceId } },
      ];
      return { card: { kind: "status", ids: { orderId } }, stale };
    }
    case "already":
      return { card: await orderCard(turn, outcome.order), notice: { code: "already_running" } };
    case "quote_expired":
    case "changed_since": {
      const again = await askQuote(turn, outcome.orderId);
      return again.notice === undefined ? { ...again, notice: { code: outcome.kind } } : again;
    }
    case "quota":
      return currentWith(turn, { code: "quota", perDay: outcome.perDay });
    case "link_first":
      return { ...(await showLinkCode(turn)), notice: { code: "link_first" } };
    case "over_budget":
    case "no_credit":
      return currentWith(turn, { code: outcome.kind });
    case "gone":
      return currentWith(turn, { code: "no_such_order" });
  }
}

export async function cancelOrder(turn: Turn, orderId: string): Promise<Answer> {
  const before = await turn.people.order(turn.who, orderId);
  const outcome = await turn.people.cancel(turn.who, orderId);
  if (outcome.kind === "gone" || before === null) return currentWith(turn, { code: "no_such_order" });
  if (outcome.kind === "already_over") {
    const now = (await turn.people.order(turn.who, orderId)) ?? before;
    return { card: await orderCard(turn, now), notice: { code: "already_over" } };
  }
  const stale: Card[] = [
    { kind: "quote", ids: { orderId } },
    { kind: "styles", ids: { orderId } },
    { kind: "selfies", ids: { faceId: before.faceId } },
  ];
  return { card: { kind: "cancelled", ids: { orderId } }, stale };
}

export async function openOrderCard(turn: Turn, orderId: string): Promise<Answer> {
  const order = await turn.people.order(turn.who, orderId);
  return order === null
    ? currentWith(turn, { code: "no_such_order" })
    : { card: await orderCard(turn, order) };
}

export async function pressRetake(turn: Turn, orderId: string): Promise<Answer> {
  const outcome = await turn.people.retake(turn.who, orderId);
  switch (outcome.kind) {
    case "started": {
      const { round } = outcome.order;
      return {
        card: { kind: "status", ids: { orderId } },
        stale: [resultsOf(orderId, round), resultsOf(orderId, round - 1)],
      };
    }
    case "gone":
      return currentWith(turn, { code: "no_such_order" });
    case "used_up":
    case "not_now": {
      const order = await turn.people.order(turn.who, orderId);
      if (order === null) return currentWith(turn, { code: "no_such_order" });
      const code = outcome.kind === "used_up" ? "retake_used" : "retake_not_now";
      return { card: await orderCard(turn, order), notice: { code } };
    }
  }
}

const REFUSED = {
  already: "refund_already",
  nothing_to_refund: "refund_nothing",
  not_entitled: "refund_not_entitled",
} as const;

export async function pressRefund(turn: Turn, orderId: string): Promise<Answer> {
  const outcome = await turn.people.refund(turn.who, orderId);
  if (outcome.kind === "gone") return currentWith(turn, { code: "no_such_order" });
  const order = await turn.people.order(turn.who, orderId);
  if (outcome.kind === "refunded") {
    return {
      card: { kind: "refund", ids: { orderId } },
      stale: order === null ? [] : [resultsOf(orderId, order.round)],
    };
  }
  if (order === null) return currentWith(turn, { code: "no_such_order" });
  return { card: await orderCard(turn, order), notice: { code: REFUSED[outcome.kind] } };
}

/** 0 skips. Only the first answer counts, whichever is pressed later. */
export async function pressRating(turn: Turn, orderId: string, stars: number): Promise<Answer> {
  const order = await turn.people.rate(turn.who, orderId, stars === 0 ? null : stars);
  return order === null
    ? currentWith(turn, { code: "no_such_order" })
    : { card: { kind: "rating", ids: { orderId } }, place: "same" };
}
