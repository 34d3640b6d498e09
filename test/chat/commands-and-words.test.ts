import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/ports/chat.ts";
import { encodeAction } from "../../src/chat/index.ts";
import { actionOf, testChat, wordsOf } from "./kit/chat.ts";
import { running, withPhotos } from "./kit/scenes.ts";

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
