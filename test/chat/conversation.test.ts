import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/ports/chat.ts";
import { encodeAction } from "../../src/chat/index.ts";
import { actionOf, buttonsOf, testChat, wordsOf, type TestChat } from "./kit/chat.ts";

/** A person who agreed and whose photos are judged good; answers the id of the order being prepared. */
async function withPhotos(chat: TestChat, count = 1): Promise<string> {
  await chat.press("consent");
  await chat.photos(count);
  for (const selfie of chat.people.faceRows.at(-1)?.selfies ?? []) chat.people.judge(selfie.id, "keep");
  return chat.people.orderRows.at(-1)?.id ?? "";
}

/** An order that runs; answers its id. */
async function running(chat: TestChat): Promise<string> {
  const orderId = await withPhotos(chat);
  const quote = await chat.press(encodeAction({ do: "quote", orderId }));
  await chat.press(actionOf(quote, "Go"));
  return orderId;
}

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

describe("commands", () => {
  it.each([...COMMANDS, "start", "cancel", "terms", "paysupport", "console"] as const)(
    "answers %s at first contact, while preparing, while running and after the delivery",
    async (name) => {
      const chat = await testChat();
      expect((await chat.command(name)).blocks.length).toBeGreaterThan(0);
      const orderId = await running(chat);
      if (name !== "cancel") expect((await chat.command(name)).blocks.length).toBeGreaterThan(0);
      chat.people.deliver(orderId);
      expect((await chat.command(name)).blocks.length).toBeGreaterThan(0);
    },
  );

  it("takes commands typed as words, with or without a slash", async () => {
    const chat = await testChat();
    expect(wordsOf(await chat.say("help"))).toContain("What you can do");
    expect(wordsOf(await chat.say("/Privacy@headshots_bot"))).toContain("Example Studio");
  });

  it("names the operator, the contact and the timers in privacy", async () => {
    const chat = await testChat();
    const words = wordsOf(await chat.command("privacy"));
    for (const part of [
      "Example Studio",
      "privacy@example.org",
      "7 days",
      "30 days",
      "On this machine alone",
    ]) {
      expect(words).toContain(part);
    }
  });

  it("names the providers in use in privacy and consent", async () => {
    const chat = await testChat({ product: "best", vendors: ["replicate", "runpod"] });
    expect(wordsOf(await chat.command("privacy"))).toContain("Replicate, RunPod");
    expect(wordsOf(await chat.press("begin"))).toContain("train a model of your face");
  });

  it("asks once before it deletes everything, with the counts", async () => {
    const chat = await testChat();
    await withPhotos(chat, 3);
    const ask = await chat.command("delete");
    expect(wordsOf(ask)).toContain("3 photos, 0 pictures and 1 order");
    expect(chat.people.calls.get("askErasure")).toBeUndefined();
    const gone = await chat.press(actionOf(ask, "Delete everything"));
    expect(wordsOf(gone)).toContain("Deleting everything now");
    expect(wordsOf(await chat.photos(1))).toContain("Deleting everything now");
    expect(chat.people.faceRows[0]?.selfies).toHaveLength(3);
  });

  it("asks before it deletes a face", async () => {
    const chat = await testChat();
    await withPhotos(chat, 2);
    const faces = await chat.command("faces");
    const ask = await chat.press(actionOf(faces, "Delete Face 1"));
    expect(wordsOf(ask)).toContain("2 photos");
    const done = await chat.press(actionOf(ask, "Delete Face 1"));
    expect(wordsOf(done)).toContain("Deleted: 2 photos");
  });

  it("changes the language and answers in it at once", async () => {
    const chat = await testChat();
    await chat.command("help");
    const menu = await chat.command("language");
    expect(wordsOf(await chat.press(actionOf(menu, "Deutsch")))).toContain("Welche Sprache?");
    expect(wordsOf(await chat.command("help"))).toContain("Was du tun kannst");
  });
});

describe("words", () => {
  it("shows the buttons again where a button is expected", async () => {
    const chat = await testChat();
    const orderId = await withPhotos(chat);
    const quote = await chat.press(encodeAction({ do: "quote", orderId }));
    const again = await chat.say("yes please");
    expect(wordsOf(again)).toContain("Tap one of these");
    expect(actionOf(again, "Go")).toBe(actionOf(quote, "Go"));
  });

  it("folds the older showing, so that a thing stands in the chat once", async () => {
    const chat = await testChat();
    await running(chat);
    await chat.say("how long?");
    const statuses = chat.transcript().filter((view) => view.blocks.some((block) => block.kind === "status"));
    expect(statuses).toHaveLength(1);
    expect(chat.transcript().some((view) => wordsOf(view).includes("Continued further down"))).toBe(true);
  });

  it("takes the words of a report once, then expects buttons again", async () => {
    const chat = await testChat();
    await chat.command("report");
    expect(wordsOf(await chat.say("somebody else's face"))).toContain("REPORT1");
    expect(wordsOf(await chat.say("hello"))).toContain("Tap one of these");
    expect(chat.people.calls.get("report")).toBe(1);
  });

  it("lets a command out of a question", async () => {
    const chat = await testChat();
    await chat.command("report");
    await chat.command("help");
    await chat.say("just talking");
    expect(chat.people.calls.get("report")).toBeUndefined();
  });

  it("shows a link code without keeping it readable, and not after its time", async () => {
    const chat = await testChat();
    expect(wordsOf(await chat.command("link"))).toContain("ABCD2340");
    const [row] = await chat.rows();
    expect(JSON.stringify(row?.ids)).not.toContain("ABCD2340");
    chat.clock.advance(11 * 60_000);
    await chat.db.batch([{ sql: "UPDATE delivery SET version = version + 1", args: [] }]);
    await chat.db.batch([{ sql: "UPDATE step SET state = 'ready'", args: [] }]);
    await chat.deliverAll();
    expect(wordsOf(chat.sent.at(-1)?.view ?? { blocks: [], buttons: [] })).toContain("code is over");
  });

  it("links with a typed code and says what went wrong with a wrong one", async () => {
    const chat = await testChat();
    await chat.command("link", null, { person: "bob" });
    await chat.command("link");
    expect(wordsOf(await chat.say("WRONGONE"))).toContain("4 tries left");
    expect(wordsOf(await chat.say("abcd2340"))).toContain("Linked.");
    const bob = chat.people.who("bob");
    expect((await chat.rows()).at(-1)?.personId).toBe(bob?.personId);
  });

  it("answers buttons that nobody ever had", async () => {
    const chat = await testChat();
    for (const action of [
      "",
      "go:",
      "constructor:x",
      "st:1:2:3:4",
      "x".repeat(500),
      "go:nobody's",
      "yes:NOBODY",
    ]) {
      await chat.press(action);
      expect(wordsOf(chat.transcript().at(-1) ?? { blocks: [], buttons: [] })).toMatch(/no longer|no such/);
    }
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
