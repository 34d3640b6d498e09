import { expect, it } from "vitest";
import { sweepChatEvents } from "../../src/chat/index.ts";
import { testChat } from "./kit/chat.ts";

it("forgets answered events after a day, a batch at a time, and not before", async () => {
  const chat = await testChat();
  for (let n = 0; n < 3; n++) await chat.event({ kind: "command", name: "help", argument: null });
  expect(await sweepChatEvents(chat, 2)).toBe(0);
  chat.clock.advance(86_400_001);
  expect(await sweepChatEvents(chat, 2)).toBe(2);
  expect(await sweepChatEvents(chat, 2)).toBe(1);
  expect(await chat.db.query("SELECT id FROM chat_event")).toEqual([]);
});
