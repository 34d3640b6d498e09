import { describe, expect, it } from "vitest";
import { createAnnounce } from "../../src/chat/index.ts";
import type { EngineEvent } from "../../src/ports/chat.ts";
import { testChat, wordsOf } from "./kit/chat.ts";

describe("announcing what the engine did", () => {
  it("makes one message of many repeats, and one per round of pictures", async () => {
    const chat = await testChat();
    await chat.press("consent");
    const order = chat.people.orderRows[0];
    const to = { personId: order?.personId ?? "", chatId: order?.chatId ?? "", orderId: order?.id ?? "" };
    const face = { faceId: order?.faceId ?? "", selfieId: "S1" };
    const receipt = { receiptId: "R1", blobId: "B1" };
    const events: EngineEvent[] = [
      { kind: "selfie_judged", ...to, ...face },
      { kind: "order_moved", ...to },
      { kind: "picture_ready", ...to, pictureId: "P1" },
      { kind: "results_ready", ...to, round: 0 },
      { kind: "results_ready", ...to, round: 1 },
      { kind: "order_failed", ...to },
      { kind: "order_cancelled", ...to },
      { kind: "order_refunded", ...to },
      { kind: "rating_wanted", ...to, delayMs: 120_000 },
      { kind: "export_ready", ...to, ...receipt },
      { kind: "erased", ...to, ...receipt },
    ];
    const announce = createAnnounce(chat);
    for (const event of [...events, ...events]) await chat.db.batch(announce(event));
    const kinds = (await chat.rows()).map((row) => row.kind).sort();
    expect(kinds).toEqual(
      "cancelled erased export failed rating refund results results selfies status".split(" "),
    );
  });

  it("asks for a rating only once the votes have rested", async () => {
    const chat = await testChat();
    await chat.press("consent");
    const { personId = "", chatId = "", id: orderId = "" } = chat.people.orderRows[0] ?? {};
    const event = { kind: "rating_wanted", personId, chatId, orderId, delayMs: 120_000 } as const;
    await chat.db.batch(createAnnounce(chat)(event));
    chat.clock.advance(100_000);
    await chat.db.batch(createAnnounce(chat)(event));
    chat.clock.advance(100_000);
    await chat.deliverAll();
    expect(chat.sent.map((message) => message.delivery.kind)).not.toContain("rating");
    chat.clock.advance(20_000);
    await chat.deliverAll();
    expect(chat.sent.map((message) => message.delivery.kind)).toContain("rating");
  });

  it("is worded when it is sent, with the data of then", async () => {
    const chat = await testChat();
    await chat.press("consent");
    await chat.photos(1);
    const [order] = chat.people.orderRows;
    const [selfie] = chat.people.faceRows[0]?.selfies ?? [];
    const { personId = "", chatId = "", faceId = "" } = order ?? {};
    const event = { kind: "selfie_judged", personId, chatId, faceId, selfieId: selfie?.id ?? "" } as const;
    await chat.db.batch(createAnnounce(chat)(event));
    chat.people.judge(selfie?.id ?? "", "refuse", ["no_face"]);
    await chat.deliverAll();
    expect(wordsOf(chat.sent.at(-1)?.view ?? { blocks: [], buttons: [] })).toContain("I can't find a face");
  });
});
