import type { OrderState } from "../../ports/product.ts";

/**
 * The order's life as a pure function. `ready` is never stored: it is `collecting` with enough photos, told apart when
 * an order is read. Money is spent in training, proving and shooting only; every terminal failure returns the credit.
 */
export type OrderEvent =
  | { readonly kind: "photos_offered" }
  | { readonly kind: "changed" }
  | { readonly kind: "quoted" }
  | { readonly kind: "go" }
  | { readonly kind: "planned"; readonly needsTraining: boolean }
  | { readonly kind: "trained" }
  | { readonly kind: "proved"; readonly passed: boolean; readonly retrained: boolean }
  | { readonly kind: "shot"; readonly made: number }
  | { readonly kind: "sorted"; readonly shown: number }
  | { readonly kind: "rated" }
  | { readonly kind: "retake" }
  | { readonly kind: "over_budget" }
  | { readonly kind: "cancel" }
  | { readonly kind: "fail" }
  | { readonly kind: "expire" }
  | { readonly kind: "delete" };

/** What must happen with a change, in the same batch. */
export type OrderEffect =
  | "plan"
  | "train"
  | "prove"
  | "shoot"
  | "sort"
  | "deliver"
  | "return_credit"
  | "stop_work";

export interface OrderFacts {
  readonly state: OrderState;
  /** 0 for the first shoot, 1 after the free retake. */
  readonly round: number;
}

export type Transition =
  | {
      readonly ok: true;
      readonly state: OrderState;
      readonly round: number;
      readonly effects: readonly OrderEffect[];
    }
  /** The event came too late or twice; nothing changes. */
  | { readonly ok: false };

export const DRAFT_STATES = ["draft", "consented", "collecting", "ready", "quoted", "needs_photos"] as const;
export const WORKING_STATES = [
  "queued",
  "training",
  "proving",
  "shooting",
  "sorting",
  "paused_budget",
] as const;
export const RESULT_STATES = ["delivered", "closed"] as const;
export const ENDED_STATES = ["failed", "cancelled", "expired", "deleted"] as const;

const isIn = (states: readonly OrderState[], state: OrderState): boolean => states.includes(state);
const NOTHING: Transition = { ok: false };

/** Decides what an event does to an order. */
export function transition(order: OrderFacts, event: OrderEvent): Transition {
  const { state, round } = order;
  const to = (next: OrderState, ...effects: OrderEffect[]): Transition => ({
    ok: true,
    state: next,
    round,
    effects,
  });
  const draft = isIn(DRAFT_STATES, state);
  const working = isIn(WORKING_STATES, state);

  // A retake that ends early leaves the pictures of the first round, which the credit has paid for.
  const endWork = (state: OrderState, ...effects: OrderEffect[]): Transition =>
    round > 0 ? to("delivered", ...effects) : to(state, ...effects, "return_credit");

  switch (event.kind) {
    case "photos_offered":
      return state === "draft" || state === "consented" ? to("collecting") : NOTHING;
    case "changed":
      return draft ? to(state === "quoted" ? "collecting" : state) : NOTHING;
    case "quoted":
      return draft ? to("quoted") : NOTHING;
    case "go":
      return state === "quoted" ? to("queued", "plan") : NOTHING;
    case "planned":
      if (state !== "queued") return NOTHING;
      return event.needsTraining ? to("training", "train") : to("shooting", "shoot");
    case "trained":
      return state === "training" ? to("proving", "prove") : NOTHING;
    case "proved":
      if (state !== "proving") return NOTHING;
      if (event.passed) return to("shooting", "shoot");
      return event.retrained ? to("needs_photos", "return_credit") : to("training", "train");
    case "shot":
      if (state !== "shooting") return NOTHING;
      return event.made > 0 ? to("sorting", "sort") : endWork("failed");
    case "sorted":
      if (state !== "sorting") return NOTHING;
      return event.shown > 0 ? to("delivered", "deliver") : endWork("failed");
    case "rated":
      return state === "delivered" ? to("closed") : NOTHING;
    case "retake":
      if (!isIn(RESULT_STATES, state) || round > 0) return NOTHING;
      return { ok: true, state: "queued", round: round + 1, effects: ["plan"] };
    case "over_budget":
      return working && state !== "paused_budget" ? to("paused_budget") : NOTHING;
    case "cancel":
      if (draft) return to("cancelled");
      return working ? endWork("cancelled", "stop_work") : NOTHING;
    case "fail":
      return working ? endWork("failed", "stop_work") : NOTHING;
    case "expire":
      return draft ? to("expired") : NOTHING;
    case "delete":
      if (state === "deleted") return NOTHING;
      return working ? to("deleted", "stop_work", "return_credit") : to("deleted");
  }
}
