import { describe, expect, it } from "vitest";
import type { SendResult } from "../../src/ports/chat.ts";
import { testChat, wordsOf, type TestChat } from "./kit/chat.ts";

const SENT: SendResult = { kind: "sent", messageRef: "M1" };
const LOST: SendResult = { kind: "unknown", detail: "the connection broke" };

async function row(chat: TestChat) {
  const [first] = await chat.rows();
  if (first === undefined) throw new Error("nothing was to be shown");
  return first;
}

/** A chat with one message to show, as a result or as progress. */
async function waiting(importance: "result" | "progress"): Promise<TestChat> {
  const chat = await testChat();
  await chat.event({ kind: "command", name: "help", argument: null });
  await chat.db.batch([{ sql: "UPDATE delivery SET importance = ?", args: [importance] }]);
  return chat;
}

/** Has the first message shown anew. */
async function bump(chat: TestChat): Promise<void> {
  await chat.db.batch([
    { sql: "UPDATE delivery SET version = version + 1, state = 'pending'", args: [] },
    { sql: "UPDATE step SET state = 'ready', run_at = ?", args: [chat.clock.now()] },
  ]);
}

describe("delivering a message", () => {
  it("keeps the reference and what was shown", async () => {
    const chat = await waiting("progress");
    chat.answers.push(SENT);
    expect(await chat.deliverAll()).toEqual([{ kind: "done" }]);
    expect(await row(chat)).toMatchObject({
      state: "sent",
      messageRef: "M1",
      shownVersion: 1,
      resend: false,
    });
    expect((await row(chat)).shownHash).toMatch(/^[0-9a-f]{32}$/);
  });

  it("sends nothing when a newer version would show the same", async () => {
    const chat = await waiting("progress");
    await chat.deliverAll();
    await bump(chat);
    expect(await chat.deliverAll()).toEqual([{ kind: "done" }]);
    expect(chat.sent).toHaveLength(1);
    expect(await row(chat)).toMatchObject({ state: "sent", shownVersion: 2 });
  });

  it("edits the message that stands there when something else is to be shown", async () => {
    const chat = await waiting("progress");
    chat.answers.push(SENT);
    await chat.deliverAll();
    await chat.db.batch([{ sql: "UPDATE person SET language = 'de'", args: [] }]);
    await bump(chat);
    await chat.deliverAll();
    expect(chat.sent).toHaveLength(2);
    expect(chat.sent[1]?.delivery.messageRef).toBe("M1");
  });

  it("shows in the same run what moved on while it was sending", async () => {
    const chat = await waiting("progress");
    let moved = false;
    chat.onSend = async () => {
      if (moved) return;
      moved = true;
      await chat.db.batch([
        { sql: "UPDATE person SET language = 'de'", args: [] },
        { sql: "UPDATE delivery SET version = version + 1, state = 'pending'", args: [] },
      ]);
    };
    expect(await chat.deliverAll()).toEqual([{ kind: "done" }]);
    expect(chat.sent).toHaveLength(2);
    expect(wordsOf(chat.sent[1]?.view ?? { blocks: [], buttons: [] })).toContain("Was du tun kannst");
    expect(await row(chat)).toMatchObject({ state: "sent", version: 2, shownVersion: 2 });
  });

  it("waits as long as the platform says", async () => {
    const chat = await waiting("progress");
    chat.answers.push({ kind: "later", retryAfterMs: 7000 });
    expect(await chat.deliverAll()).toEqual([
      { kind: "snooze", until: chat.clock.now() + 7000, reason: "the platform asked to wait" },
    ]);
    expect(await row(chat)).toMatchObject({ state: "pending", messageRef: null, shownVersion: 0 });
    chat.clock.advance(7000);
    expect(await chat.deliverAll()).toEqual([{ kind: "done" }]);
  });

  it("remembers a chat that is gone and leaves it alone", async () => {
    const chat = await waiting("result");
    chat.answers.push({ kind: "gone", detail: "blocked" });
    await chat.deliverAll();
    const [found] = await chat.db.query("SELECT gone_at FROM chat");
    expect(found?.["gone_at"]).toBe(chat.clock.now());
    expect((await row(chat)).state).toBe("dropped");
    await bump(chat);
    await chat.deliverAll();
    expect(chat.sent).toHaveLength(1);
  });

  it("drops progress whose fate is unknown", async () => {
    const chat = await waiting("progress");
    chat.answers.push(LOST);
    expect(await chat.deliverAll()).toEqual([{ kind: "done" }]);
    expect((await row(chat)).state).toBe("dropped");
  });

  it("repeats a result whose fate is unknown once, with the words that say so", async () => {
    const chat = await waiting("result");
    chat.answers.push(LOST, LOST);
    const [first] = await chat.deliverAll();
    expect(first?.kind).toBe("snooze");
    chat.clock.advance(60_000);
    expect(await chat.deliverAll()).toEqual([{ kind: "done" }]);
    expect(chat.sent).toHaveLength(2);
    expect(wordsOf(chat.sent[0]?.view ?? { blocks: [], buttons: [] })).not.toContain("Sending again");
    expect(wordsOf(chat.sent[1]?.view ?? { blocks: [], buttons: [] })).toContain("Sending again in case");
    expect((await row(chat)).state).toBe("unknown");
    chat.clock.advance(600_000);
    expect(await chat.deliverAll()).toEqual([]);
  });

  it("is done with a message that has nothing left to show", async () => {
    const chat = await waiting("progress");
    await chat.db.batch([{ sql: "UPDATE delivery SET kind = 'gone for good'", args: [] }]);
    expect(await chat.deliverAll()).toEqual([{ kind: "done" }]);
    expect((await row(chat)).state).toBe("dropped");
    expect(chat.sent).toHaveLength(0);
  });

  it("writes nothing once another run holds the lease", async () => {
    const chat = await waiting("progress");
    chat.onSend = async () => {
      await chat.db.batch([{ sql: "DELETE FROM step", args: [] }]);
    };
    await expect(chat.deliverAll()).rejects.toMatchObject({ code: "LEASE_LOST" });
    expect((await row(chat)).state).toBe("pending");
  });
});
