import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderState } from "../../src/ports/product.ts";
import {
  DRAFT_STATES,
  ENDED_STATES,
  RESULT_STATES,
  transition,
  WORKING_STATES,
  type OrderEvent,
  type OrderFacts,
} from "../../src/orders/rules/transition.ts";

const event: fc.Arbitrary<OrderEvent> = fc.oneof(
  ...(
    [
      "photos_offered",
      "changed",
      "quoted",
      "go",
      "trained",
      "rated",
      "retake",
      "over_budget",
      "cancel",
      "fail",
      "expire",
      "delete",
    ] as const
  ).map((kind) => fc.constant({ kind })),
  fc.boolean().map((needsTraining): OrderEvent => ({ kind: "planned", needsTraining })),
  fc
    .tuple(fc.boolean(), fc.boolean())
    .map(([passed, retrained]): OrderEvent => ({ kind: "proved", passed, retrained })),
  fc.nat(8).map((made): OrderEvent => ({ kind: "shot", made })),
  fc.nat(8).map((shown): OrderEvent => ({ kind: "sorted", shown })),
);

function run(
  events: readonly OrderEvent[],
  visit: (before: OrderFacts, event: OrderEvent, after: OrderFacts, effects: readonly string[]) => void,
): OrderFacts {
  let order: OrderFacts = { state: "consented", round: 0 };
  for (const next of events) {
    const result = transition(order, next);
    if (!result.ok) continue;
    const after = { state: result.state, round: result.round };
    visit(order, next, after, result.effects);
    order = after;
  }
  return order;
}

const isIn = (states: readonly OrderState[], state: OrderState): boolean => states.includes(state);

describe("the order's life", () => {
  it("goes the happy path of the studio", () => {
    const seen: OrderState[] = [];
    run(
      [
        { kind: "photos_offered" },
        { kind: "quoted" },
        { kind: "go" },
        { kind: "planned", needsTraining: false },
        { kind: "shot", made: 8 },
        { kind: "sorted", shown: 8 },
        { kind: "rated" },
      ],
      (_before, _event, after) => seen.push(after.state),
    );
    expect(seen).toEqual(["collecting", "quoted", "queued", "shooting", "sorting", "delivered", "closed"]);
  });

  it("trains, proves, retrains once and then asks for photos with the credit back", () => {
    const seen: string[] = [];
    run(
      [
        { kind: "quoted" },
        { kind: "go" },
        { kind: "planned", needsTraining: true },
        { kind: "trained" },
        { kind: "proved", passed: false, retrained: false },
        { kind: "trained" },
        { kind: "proved", passed: false, retrained: true },
      ],
      (_before, _event, after, effects) => seen.push([after.state, ...effects].join(" ")),
    );
    expect(seen).toEqual([
      "quoted",
      "queued plan",
      "training train",
      "proving prove",
      "training train",
      "proving prove",
      "needs_photos return_credit",
    ]);
  });

  it("never leaves an ended state except to be deleted", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        run(events, (before, _event, after) => {
          if (isIn(ENDED_STATES, before.state)) expect(after.state).toBe("deleted");
        });
      }),
    );
  });

  it("starts work only by go and retake, and at most twice", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let planned = 0;
        run(events, (before, { kind }, _after, effects) => {
          if (!effects.includes("plan")) return;
          planned++;
          expect(["go", "retake"]).toContain(kind);
          expect(before.state === "quoted" || isIn(RESULT_STATES, before.state)).toBe(true);
        });
        // A needs_photos order may be quoted and started again, each time after its credit came back.
        const again = events.filter(({ kind }) => kind === "proved").length;
        expect(planned).toBeLessThanOrEqual(2 + again);
      }),
    );
  });

  it("returns the credit whenever work ends without pictures", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        run(events, (before, _event, after, effects) => {
          const ended = isIn(ENDED_STATES, after.state) || after.state === "needs_photos";
          if (isIn(WORKING_STATES, before.state) && ended) expect(effects).toContain("return_credit");
          if (isIn(DRAFT_STATES, before.state)) expect(effects).not.toContain("return_credit");
        });
      }),
    );
  });

  it("keeps the first pictures when a retake is cancelled or fails", () => {
    for (const kind of ["cancel", "fail"] as const) {
      const result = transition({ state: "shooting", round: 1 }, { kind });
      expect(result).toEqual({ ok: true, state: "delivered", round: 1, effects: ["stop_work"] });
    }
  });

  it("changes nothing when an event comes twice in a row, except what a person may repeat", () => {
    const repeatable = new Set(["quoted", "changed"]);
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), event, (events, last) => {
        const before = run(events, () => undefined);
        const once = transition(before, last);
        if (!once.ok || repeatable.has(last.kind)) return;
        const twice = transition({ state: once.state, round: once.round }, last);
        expect(twice.ok).toBe(false);
      }),
    );
  });
});
