import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

export interface Answer {
  readonly status: number;
  /** The sentence for the person, where there is one. */
  readonly words: string;
}

/** Somebody in the browser chat, without the browser. */
export interface Visitor {
  send(body: object, id?: string): Promise<Answer>;
  press(action: string): Promise<Answer>;
  upload(path: string): Promise<Answer>;
}

async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, words: await response.text() };
}

export async function visitor(address: string): Promise<Visitor> {
  const page = await fetch(address);
  await page.arrayBuffer();
  const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
  const send = async (body: object, id: string = randomUUID()): Promise<Answer> => {
    // A connection that idles while the program waits for a lock is closed under the next request.
    const headers = { cookie, origin: address, "content-type": "application/json", connection: "close" };
    const response = await fetch(`${address}/chat/events`, {
      method: "POST",
      headers,
      body: JSON.stringify({ id, body }),
    });
    return answerOf(response);
  };
  return {
    send,
    press: (action) => send({ kind: "press", action }),
    async upload(path) {
      const form = new FormData();
      form.append(randomUUID(), new Blob([readFileSync(path)]), basename(path));
      const url = `${address}/chat/photos?batch=${randomUUID()}`;
      return answerOf(await fetch(url, { method: "POST", headers: { cookie, origin: address }, body: form }));
    },
  };
}
