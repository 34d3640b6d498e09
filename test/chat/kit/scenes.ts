import { encodeAction } from "../../../src/chat/index.ts";
import { actionOf, type TestChat } from "./chat.ts";

/** A person who agreed and whose photos are judged good; answers the id of the order being prepared. */
export async function withPhotos(chat: TestChat, count = 1): Promise<string> {
  await chat.press("consent");
  await chat.photos(count);
  for (const selfie of chat.people.faceRows.at(-1)?.selfies ?? []) chat.people.judge(selfie.id, "keep");
  return chat.people.orderRows.at(-1)?.id ?? "";
}

/** An order that runs; answers its id. */
export async function running(chat: TestChat): Promise<string> {
  const orderId = await withPhotos(chat);
  const quote = await chat.press(encodeAction({ do: "quote", orderId }));
  await chat.press(actionOf(quote, "Go"));
  return orderId;
}
