import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeAction, readAction, type Action } from "../../src/chat/index.ts";
import { COMMANDS } from "../../src/ports/chat.ts";
import { STYLES } from "../../src/styles/index.ts";

const id = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/);
const withId = <const D extends string, const F extends string>(
  action: D,
  field: F,
): fc.Arbitrary<{ do: D } & Record<F, string>> =>
  id.map((value) => ({ do: action, [field]: value }) as { do: D } & Record<F, string>);

const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom(...COMMANDS, "terms" as const).map((name) => ({ do: "command" as const, name })),
  fc
    .constantFrom("begin" as const, "consent" as const, "tips" as const, "erase" as const)
    .map((word) => ({ do: word })),
  withId("photos", "faceId"),
  withId("keep_selfie", "selfieId"),
  withId("drop_selfie", "selfieId"),
  withId("styles", "orderId"),
  fc.record({
    do: fc.constant("style" as const),
    orderId: id,
    key: fc.constantFrom(...STYLES.map((style) => style.key)),
    on: fc.boolean(),
  }),
  withId("choose_for_me", "orderId"),
  fc.record({ do: fc.constant("count" as const), orderId: id, count: fc.integer({ min: 1, max: 40 }) }),
  withId("quote", "orderId"),
  withId("go", "quoteId"),
  withId("cancel", "orderId"),
  withId("order", "orderId"),
  fc.record({
    do: fc.constant("vote" as const),
    pictureId: id,
    vote: fc.constantFrom("yes" as const, "no" as const),
  }),
  withId("crops", "pictureId"),
  fc.record({
    do: fc.constant("file" as const),
    pictureId: id,
    crop: fc.constantFrom(
      "original" as const,
      "linkedin-square" as const,
      "circle-safe" as const,
      "portrait-4x5" as const,
    ),
  }),
  withId("retake", "orderId"),
  withId("refund", "orderId"),
  fc.record({ do: fc.constant("rate" as const), orderId: id, stars: fc.integer({ min: 0, max: 5 }) }),
  withId("ask_delete_face", "faceId"),
  withId("delete_face", "faceId"),
  fc.record({
    do: fc.constant("language" as const),
    language: fc.constantFrom("en" as const, "de" as const),
  }),
);

describe("button actions", () => {
  it("come back as they went and fit into 64 bytes", () => {
    fc.assert(
      fc.property(actions, (action) => {
        const text = encodeAction(action);
        expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(64);
        expect(readAction(text)).toEqual(action);
      }),
    );
  });

  it("are refused when forged, and never throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          actions.map((action) => `${encodeAction(action)}:x`),
        ),
        (text) => {
          const action = readAction(text);
          if (action !== null) expect(encodeAction(action)).toBe(text);
        },
      ),
    );
  });

  it.each([
    "n:O:41",
    "n:O:0",
    "n:O:-1",
    "rate:O:6",
    "file:P:../x",
    "lang:xx",
    "c:rm",
    "st:O:Key:1",
    "go:",
    "toString",
  ])("does not read %s", (text) => expect(readAction(text)).toBeNull());
});
