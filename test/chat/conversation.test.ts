import { describe, expect, it } from "vitest";
import { encodeAction } from "../../src/chat/index.ts";
import { actionOf, buttonsOf, testChat, wordsOf } from "./kit/chat.ts";
import { running, withPhotos } from "./kit/scenes.ts";

describe("the way to an order", () => {
  it("greets a newcomer with one sentence, three facts and one way on", async () => {
    const chat = await testChat();
    const hello = await chat.command("start");
    expect(hello.blocks.map((block) => block.kind)).toEqual(["text", "facts"]);
    expect(hello.blocks[1]).toMatchObject({ facts: { length: 3 } });
    expect(buttonsOf(hello).filter((button) => button.look === "primary")).toHaveLength(1);
  });

  it("leads from Start to the pictures by its own buttons", async () => {
    const chat = await testChat();
    const hello = await chat.command("headshots");
    const consent = await chat.press(actionOf(hello, "Start"));
    const sheet = await chat.press(actionOf(consent, "I am 18 or older and this is me"));
    expect(wordsOf(sheet)).toContain("Send your selfies here");
    const checking = await chat.photos(3);
    expect(wordsOf(checking)).toContain("3 being checked");
    for (const selfie of chat.people.faceRows[0]?.selfies ?? []) chat.people.judge(selfie.id, "keep");
    const status = await chat.command("headshots");
    const price = await chat.press(actionOf(status, "See the price"));
    expect(wordsOf(price)).toContain("Nothing");
    const started = await chat.press(actionOf(price, "Go"));
    expect(started.blocks[0]).toMatchObject({ kind: "status", live: true, squares: { length: 8 } });
    const orderId = chat.people.orderRows[0]?.id ?? "";
    chat.people.deliver(orderId);
    const results = await chat.command("orders").then((list) => chat.press(actionOf(list, "Open 1")));
    expect(wordsOf(results)).toContain("Here are 4, closest first.");
    expect(wordsOf(results)).toContain("made on this machine. No generative AI.");
    expect(wordsOf(results)).toContain("Very close");
  });

  it("takes no photo before the yes and says that they wait", async () => {
    const chat = await testChat();
    await chat.command("start");
    const held = await chat.photos(2);
    expect(wordsOf(held)).toContain("stay with you until you agree");
    expect(actionOf(held, "I am 18 or older and this is me")).toBe("consent");
    expect(chat.people.faceRows).toHaveLength(0);
  });

  it("says how many photos it held by reference", async () => {
    const chat = await testChat();
    await chat.event({
      kind: "photos",
      photos: [{ kind: "reference", reference: "r", uniqueId: "u", bytes: 10, name: null }],
    });
    await chat.deliverAll();
    expect(wordsOf(chat.sent.at(-1)?.view ?? { blocks: [], buttons: [] })).toContain("1 photo is waiting");
  });

  it("judges the first 40 of 500 photos and names the rest as not looked at", async () => {
    const chat = await testChat();
    await chat.press("consent");
    const sheet = await chat.photos(500);
    expect(wordsOf(sheet)).toContain("460 photos were not looked at");
    expect(wordsOf(sheet)).toContain("photo-40.jpg");
  });

  it("asks about a photo that looks like somebody else, and keeps or leaves it as told", async () => {
    const chat = await testChat();
    await chat.press("consent");
    await chat.photos(2);
    const [first, second] = chat.people.faceRows[0]?.selfies ?? [];
    chat.people.judge(first?.id ?? "", "keep");
    chat.people.judge(second?.id ?? "", "warn", ["soft", "different_person"]);
    const sheet = await chat.command("headshots");
    const sheetAgain = sheet.blocks.some((block) => block.kind === "selfies")
      ? sheet
      : await chat.press(encodeAction({ do: "photos", faceId: chat.people.faceRows[0]?.id ?? "" }));
    expect(wordsOf(sheetAgain)).toContain("Is it you?");
    expect(wordsOf(sheetAgain)).toContain("1 photo has a question for you.");
    const kept = await chat.press(actionOf(sheetAgain, "Yes, that is me"));
    expect(wordsOf(kept)).toContain("2 good");
    const left = await chat.press(encodeAction({ do: "drop_selfie", selfieId: second?.id ?? "" }));
    expect(wordsOf(left)).toContain("1 good");
  });

  it("says how many photos are missing when there are too few", async () => {
    const chat = await testChat({ product: "best", needed: 8 });
    const orderId = await withPhotos(chat, 6);
    const refused = await chat.press(encodeAction({ do: "quote", orderId }));
    expect(wordsOf(refused)).toContain("6 good so far, 8 needed.");
    expect(wordsOf(refused)).toContain("6 good, 2 more needed: look left, smile");
  });

  it("refuses a style that needs AI by name, with the nine that it has", async () => {
    const chat = await testChat();
    await withPhotos(chat);
    const refused = await chat.say("Boardroom");
    const [notice] = refused.blocks;
    const said = notice?.kind === "text" ? notice.text : "";
    expect(said).toContain("Boardroom needs AI");
    for (const title of ["grey backdrop", "Bright office", "park", "City", "Plain white", "Own background"]) {
      expect(said).toContain(title);
    }
    expect(said.split(";")).toHaveLength(9);
  });

  it("takes a style or a number of pictures that is typed", async () => {
    const chat = await testChat();
    await withPhotos(chat);
    await chat.say("plain-white");
    await chat.say("Stadt");
    expect(chat.people.orderRows[0]?.styles).toEqual(expect.arrayContaining(["plain-white", "city"]));
    expect(wordsOf(await chat.say("12"))).toContain("12 pictures");
    expect(wordsOf(await chat.say("99"))).toContain("40 is the most.");
  });
});

describe("repeats", () => {
  it("answers an event once, however often it arrives", async () => {
    const chat = await testChat();
    await chat.event({ kind: "command", name: "help", argument: null }, { id: "same" });
    await chat.event({ kind: "command", name: "help", argument: null }, { id: "same" });
    await chat.deliverAll();
    expect(chat.sent).toHaveLength(1);
  });

  it("leaves a newer choice alone when an old event arrives again", async () => {
    const chat = await testChat();
    const orderId = await withPhotos(chat);
    const four = { kind: "press", action: encodeAction({ do: "count", orderId, count: 4 }) } as const;
    await chat.event(four, { id: "old" });
    await chat.press(encodeAction({ do: "count", orderId, count: 12 }));
    await chat.event(four, { id: "old" });
    expect(chat.people.orderRows[0]?.count).toBe(12);
  });

  it("answers an event once when it arrives twice at the same moment", async () => {
    const chat = await testChat();
    const orderId = await withPhotos(chat);
    const before = chat.people.orderRows[0]?.styles ?? [];
    const action = encodeAction({ do: "style", orderId, key: "city", on: true });
    await Promise.all([
      chat.event({ kind: "press", action }, { id: "same" }),
      chat.event({ kind: "press", action }, { id: "same" }),
    ]);
    expect(chat.people.orderRows[0]?.styles).toEqual([...before, "city"]);
  });

  it("leaves a style on when its button is pressed twice", async () => {
    const chat = await testChat();
    const orderId = await withPhotos(chat);
    const on = encodeAction({ do: "style", orderId, key: "city", on: true });
    await chat.press(on);
    await chat.press(on);
    expect(chat.people.orderRows[0]?.styles).toContain("city");
  });

  it("starts one order when Go is pressed twice, and says so", async () => {
    const chat = await testChat();
    const orderId = await withPhotos(chat);
    const quote = await chat.press(encodeAction({ do: "quote", orderId }));
    await chat.press(actionOf(quote, "Go"));
    const again = await chat.press(actionOf(quote, "Go"));
    expect(wordsOf(again)).toContain("running already");
    expect(again.blocks.some((block) => block.kind === "status")).toBe(true);
  });

  it("asks for a new price when Go comes too late, and starts nothing", async () => {
    const chat = await testChat();
    const orderId = await withPhotos(chat);
    const old = await chat.press(encodeAction({ do: "quote", orderId }));
    chat.clock.advance(31 * 60_000);
    const fresh = await chat.press(actionOf(old, "Go"));
    expect(wordsOf(fresh)).toContain("older than 30 minutes");
    expect(actionOf(fresh, "Go")).not.toBe(actionOf(old, "Go"));
    expect(chat.people.orderRows[0]?.goAt).toBeNull();
  });

  it("answers a press on a menu of an order that runs with where it stands", async () => {
    const chat = await testChat();
    const orderId = await running(chat);
    for (const action of [
      encodeAction({ do: "choose_for_me", orderId }),
      encodeAction({ do: "count", orderId, count: 4 }),
      encodeAction({ do: "quote", orderId }),
      encodeAction({ do: "style", orderId, key: "city", on: true }),
    ]) {
      await chat.press(action);
      const shown = chat.transcript().at(-1) ?? { blocks: [], buttons: [] };
      expect(wordsOf(shown)).toContain("has started");
      expect(shown.blocks.some((block) => block.kind === "status")).toBe(true);
    }
  });

  it("takes the buttons off the price once Go was pressed", async () => {
    const chat = await testChat();
    await running(chat);
    const quotes = chat.sent.filter((message) => message.delivery.kind === "quote");
    expect(buttonsOf(quotes.at(-1)?.view ?? { blocks: [], buttons: [] })).toEqual([]);
  });

  it("cancels once and says so the second time", async () => {
    const chat = await testChat();
    const orderId = await running(chat);
    const action = encodeAction({ do: "cancel", orderId });
    expect(wordsOf(await chat.press(action))).toContain("Cancelled. Nothing more is made.");
    expect(wordsOf(await chat.press(action))).toContain("over already");
  });

  it("gives one retake and says when it is used", async () => {
    const chat = await testChat();
    const orderId = await running(chat);
    expect(wordsOf(await chat.press(encodeAction({ do: "retake", orderId })))).toContain("once the pictures");
    chat.people.deliver(orderId);
    const started = await chat.press(encodeAction({ do: "retake", orderId }));
    expect(started.blocks.some((block) => block.kind === "status")).toBe(true);
    chat.people.deliver(orderId);
    expect(wordsOf(await chat.press(encodeAction({ do: "retake", orderId })))).toContain("is used");
  });

  it("does again what was lost between the verb and its answer", async () => {
    const chat = await testChat();
    const press = { kind: "press", action: "consent" } as const;
    await chat.event(press, { id: "lost" });
    await chat.db.batch([{ sql: "DELETE FROM chat_event", args: [] }]);
    await chat.event(press, { id: "lost" });
    await chat.deliverAll();
    expect(chat.people.orderRows).toHaveLength(1);
    expect((await chat.rows()).filter((row) => row.kind === "selfies")).toHaveLength(1);
  });

  it("keeps one message per thing with two devices pressing at once", async () => {
    const chat = await testChat();
    const orderId = await withPhotos(chat);
    const quote = await chat.press(encodeAction({ do: "quote", orderId }));
    const action = actionOf(quote, "Go");
    await Promise.all([chat.event({ kind: "press", action }), chat.event({ kind: "press", action })]);
    await chat.deliverAll();
    const keys = (await chat.rows()).map((row) => row.coalescingKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key.startsWith(`status:${orderId}@`))).toHaveLength(1);
  });
});

describe("outcomes of Go", () => {
  it.each([
    [{ kind: "over_budget" }, "spending limit"],
    [{ kind: "quota", perDay: 3 }, "3 paid orders a day"],
    [{ kind: "no_credit" }, "no credit left"],
    [{ kind: "link_first" }, "linked account"],
    [{ kind: "gone" }, "no such order"],
  ] as const)("says %o in words", async (outcome, words) => {
    const chat = await testChat();
    const orderId = await withPhotos(chat);
    await chat.press(encodeAction({ do: "quote", orderId }));
    chat.people.forced.go = outcome;
    expect(wordsOf(await chat.press("go:Q1"))).toContain(words);
  });
});

describe("after the delivery", () => {
  it("offers the free retake when fewer than three look like the person", async () => {
    const chat = await testChat();
    const orderId = await running(chat);
    chat.people.deliver(orderId, 4);
    const results = await chat.press(encodeAction({ do: "order", orderId }));
    let last = results;
    for (const [at, picture] of (chat.people.orderRows[0]?.pictures ?? []).entries()) {
      last = await chat.press(
        encodeAction({ do: "vote", pictureId: picture.id, vote: at < 2 ? "yes" : "no" }),
      );
    }
    expect(wordsOf(last)).toContain("Only 2 looked like you. The retake is free.");
    expect(buttonsOf(last).find((button) => button.label === "Retake")?.look).toBe("primary");
  });

  it("gives the credit back when the retake disappoints too", async () => {
    const chat = await testChat({ product: "best", needed: 1 });
    const orderId = await running(chat);
    chat.people.deliver(orderId, 3);
    await chat.press(encodeAction({ do: "retake", orderId }));
    chat.people.deliver(orderId, 3);
    let last = await chat.press(encodeAction({ do: "order", orderId }));
    for (const picture of chat.people.orderRows[0]?.pictures ?? []) {
      last = await chat.press(encodeAction({ do: "vote", pictureId: picture.id, vote: "no" }));
    }
    expect(wordsOf(last)).toContain("Again none looked like you.");
    expect(wordsOf(last)).toContain("AI-generated");
    const back = await chat.press(actionOf(last, "Return my credit"));
    expect(wordsOf(back)).toContain("Your credit is back.");
    expect(wordsOf(await chat.press(encodeAction({ do: "refund", orderId })))).toContain("back already");
  });

  it("takes one rating, whatever is pressed later", async () => {
    const chat = await testChat();
    const orderId = await running(chat);
    chat.people.deliver(orderId);
    expect(wordsOf(await chat.press(encodeAction({ do: "rate", orderId, stars: 4 })))).toContain("4 of 5");
    await chat.press(encodeAction({ do: "rate", orderId, stars: 1 }));
    expect(chat.people.orderRows[0]?.rating).toBe(4);
  });

  it("sends a picture as a file, and crops of it", async () => {
    const chat = await testChat();
    const orderId = await running(chat);
    chat.people.deliver(orderId);
    const pictureId = chat.people.orderRows[0]?.pictures[0]?.id ?? "";
    const crops = await chat.press(encodeAction({ do: "crops", pictureId }));
    const file = await chat.press(actionOf(crops, "LinkedIn square"));
    expect(file.blocks).toEqual([
      expect.objectContaining({ kind: "file", pictureId, crop: "linkedin-square" }),
    ]);
  });
});
