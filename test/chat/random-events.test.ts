import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAction, renderDelivery } from "../../src/chat/index.ts";
import { COMMANDS, type ChatEventBody } from "../../src/ports/chat.ts";
import type { OrderState } from "../../src/ports/product.ts";
import { buttonsOf, testChat, type TestChat } from "./kit/chat.ts";

/** What happens next: somebody does something, or the engine moves on. */
type Move =
  | { readonly kind: "event"; readonly person: string; readonly body: ChatEventBody; readonly again: boolean }
  /** A press of any button that was ever shown, however old. */
  | { readonly kind: "shown_button"; readonly person: string; readonly which: number }
  | { readonly kind: "judge"; readonly good: boolean }
  | { readonly kind: "order"; readonly state: OrderState; readonly pictures: number }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "deliver" };

const person = fc.constantFrom("ada", "bob");
const command = fc
  .tuple(
    fc.constantFrom(...COMMANDS, "start", "cancel", "terms", "paysupport", "console"),
    fc.option(fc.constantFrom("ABCD2340", "words", "  ")),
  )
  .map(([name, argument]): ChatEventBody => ({ kind: "command", name, argument }));
const body: fc.Arbitrary<ChatEventBody> = fc.oneof(
  command,
  fc
    .oneof(fc.string(), fc.constantFrom("city", "Boardroom", "12", "ABCD2340", "/headshots", ""))
    .map((text): ChatEventBody => ({ kind: "text", text })),
  fc.string().map((action): ChatEventBody => ({ kind: "press", action })),
  fc.integer({ min: 0, max: 45 }).map((count): ChatEventBody => ({
    kind: "photos",
    photos: Array.from({ length: count }, (_, n) => ({
      kind: "bytes",
      bytes: new Uint8Array([n]),
      name: null,
    })),
  })),
);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("event" as const), person, body, again: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("shown_button" as const), person, which: fc.nat() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("judge" as const), good: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("order" as const),
      state: fc.constantFrom<OrderState>("shooting", "delivered", "failed", "needs_photos", "paused_budget"),
      pictures: fc.integer({ min: 0, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.nat(3_600_000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("deliver" as const) }) },
);

async function make(chat: TestChat, next: Move): Promise<void> {
  switch (next.kind) {
    case "event":
    case "shown_button": {
      const shown = chat.sent.flatMap((message) => buttonsOf(message.view));
      const action =
        next.kind === "event" ? "" : (shown[next.which % Math.max(1, shown.length)]?.action ?? "consent");
      const event = next.kind === "event" ? next.body : ({ kind: "press", action } as const);
      const id = `random-${chat.ids.next()}`;
      const before = await versions(chat);
      await chat.event(event, { id, person: next.person });
      expect(await versions(chat)).toBeGreaterThan(before);
      if (next.kind === "event" && next.again) {
        const answered = await versions(chat);
        await chat.event(event, { id, person: next.person });
        expect(await versions(chat)).toBe(answered);
      }
      return;
    }
    case "judge":
      for (const selfie of chat.people.faceRows.flatMap((face) => face.selfies)) {
        if (selfie.verdict === null) {
          chat.people.judge(selfie.id, next.good ? "keep" : "warn", next.good ? [] : ["different_person"]);
        }
      }
      return;
    case "order": {
      const order = chat.people.orderRows.find((found) => found.goAt !== null);
      if (order === undefined) return;
      if (next.state === "delivered") chat.people.deliver(order.id, next.pictures);
      else chat.people.move(order.id, { state: next.state });
      return;
    }
    case "wait":
      chat.clock.advance(next.ms);
      return;
    case "deliver":
      await chat.deliverAll();
  }
}

/** Grows with every answer: messages made plus versions asked for. */
async function versions(chat: TestChat): Promise<number> {
  const [row] = await chat.db.query("SELECT coalesce(sum(version), 0) AS total FROM delivery");
  return Number(row?.["total"]);
}

describe("any sequence of events", () => {
  it(
    "never throws, always answers, answers a repeat once, and leaves only buttons that work",
    {
      timeout: 120_000,
    },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(move, { maxLength: 25 }), async (moves) => {
          const chat = await testChat();
          for (const next of moves) await make(chat, next);
          await chat.deliverAll();
          await chat.deliverAll();
          for (const row of await chat.rows()) {
            const view = await renderDelivery(chat.renderDeps, chat.people, row);
            for (const button of buttonsOf(view ?? { blocks: [], buttons: [] })) {
              expect(readAction(button.action)).not.toBeNull();
            }
          }
          const open = await chat.db.query("SELECT id FROM delivery WHERE version > shown_version");
          expect(open).toEqual([]);
        }),
        { numRuns: 40 },
      );
    },
  );
});
