import { describe, expect, it } from "vitest";
import { encodeAction, createAnnounce } from "../../src/chat/index.ts";
import { createRunner } from "../../src/jobs/index.ts";
import { seededRandom } from "../kit/time.ts";
import { actionOf, testChat, wordsOf, type TestChat } from "./kit/chat.ts";
import { withPhotos } from "./kit/scenes.ts";

function runnerOf(chat: TestChat) {
  const { db, clock, ids } = chat;
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return createRunner(
    { db, clock, ids, random: seededRandom(), log, providers: new Map() },
    { handlers: chat.conversation.handlers, capabilities: ["send:web"], concurrency: 4 },
  );
}

describe("the conversation on the real step runner", () => {
  it("shows every answer and ends with nothing left to send", async () => {
    const chat = await testChat();
    const runner = runnerOf(chat);
    await chat.event({ kind: "command", name: "start", argument: null });
    await chat.event({ kind: "press", action: "begin" });
    await chat.event({ kind: "press", action: "consent" });
    expect(await runner.runDue()).toBe(3);
    expect(chat.sent.map((message) => message.delivery.kind).sort()).toEqual([
      "consent",
      "selfies",
      "welcome",
    ]);
    const left = await chat.db.query("SELECT id FROM step WHERE state <> 'done'");
    expect(left).toEqual([]);
  });

  it("shows the newest state of a message that changes while it is being sent", async () => {
    const chat = await testChat();
    const orderId = await withPhotos(chat);
    const quote = await chat.press(encodeAction({ do: "quote", orderId }));
    await chat.event({ kind: "press", action: actionOf(quote, "Go") });
    const runner = runnerOf(chat);
    const { personId = "", chatId = "" } = chat.people.orderRows[0] ?? {};
    let moved = false;
    chat.onSend = async () => {
      if (moved) return;
      moved = true;
      chat.people.move(orderId, { state: "shooting" });
      await chat.db.batch(createAnnounce(chat)({ kind: "order_moved", personId, chatId, orderId }));
    };
    await runner.runDue();
    const last = chat.sent.findLast((message) => message.delivery.kind === "status");
    expect(wordsOf(last?.view ?? { blocks: [], buttons: [] })).toContain("Making your pictures");
  });

  it("sends after the pause that the platform asks for, without counting a failure", async () => {
    const chat = await testChat();
    const runner = runnerOf(chat);
    await chat.event({ kind: "command", name: "help", argument: null });
    chat.answers.push({ kind: "later", retryAfterMs: 3000 });
    await runner.runDue();
    expect(await runner.runDue()).toBe(0);
    chat.clock.advance(3000);
    expect(await runner.runDue()).toBe(1);
    const [step] = await chat.db.query("SELECT state, attempts FROM step");
    expect(step).toEqual({ state: "done", attempts: 0 });
  });

  it("tries again when the sender breaks", async () => {
    const chat = await testChat();
    const runner = runnerOf(chat);
    await chat.event({ kind: "command", name: "help", argument: null });
    let broken = true;
    chat.onSend = async () => {
      if (broken) throw new Error("the socket closed");
    };
    await runner.runDue();
    broken = false;
    chat.clock.advance(10 * 60_000);
    await runner.runDue();
    expect((await chat.rows())[0]?.state).toBe("sent");
  });
});
