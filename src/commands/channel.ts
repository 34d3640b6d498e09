import { Hono } from "hono";
import { stream } from "hono/streaming";
import { z } from "zod";
import type { App } from "../app.ts";
import type { CommandFile, CommandIo } from "./command.ts";
import { CommandRequest, runCommand } from "./registry.ts";

/** What a running command sends back: one JSON object a line. */
export const CommandReply = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("progress"),
    words: z.string(),
    done: z.number().nullable(),
    total: z.number().nullable(),
  }),
  z.object({ kind: z.literal("say"), text: z.string() }),
  z.object({ kind: z.literal("print"), text: z.string() }),
  z.object({ kind: z.literal("deliver"), name: z.string(), base64: z.string() }),
  z.object({ kind: z.literal("exit"), code: z.number() }),
]);
export type CommandReply = z.infer<typeof CommandReply>;

export const CHANNEL_PATH = "/local/command";
const BASE64_STEP = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += BASE64_STEP) {
    binary += String.fromCharCode(...bytes.subarray(at, at + BASE64_STEP));
  }
  return btoa(binary);
}

/** The photos of a request, in order. */
function filesOf(form: FormData): Promise<CommandFile[]> {
  const files = form.getAll("file").filter((part) => part instanceof File);
  return Promise.all(
    files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
}

/**
 * Commands that run beside a serving process are run by it: it alone writes the database. Only somebody who can read
 * the lock file knows the token, and only loopback connections are taken.
 */
export function commandChannel(app: App, token: string, isLoopback: (request: Request) => boolean): Hono {
  const http = new Hono();
  http.post(CHANNEL_PATH, async (c) => {
    if (!isLoopback(c.req.raw) || c.req.header("authorization") !== `Bearer ${token}`)
      return c.text("Not found.\n", 404);
    const form = await c.req.formData();
    const parsed = CommandRequest.safeParse(JSON.parse(String(form.get("request"))));
    if (!parsed.success) return c.text("This command is not known to the running program.\n", 400);
    const files = await filesOf(form);
    const away = new AbortController();
    c.header("content-type", "application/x-ndjson");
    return stream(c, async (out) => {
      out.onAbort(() => away.abort());
      const send = async (reply: CommandReply): Promise<void> => {
        await out.write(`${JSON.stringify(reply)}\n`);
      };
      const io: CommandIo = {
        progress: (words, done, total) => void send({ kind: "progress", words, done, total }),
        say: (text) => void send({ kind: "say", text }),
        print: (text) => void send({ kind: "print", text }),
        deliver: (name, bytes) => send({ kind: "deliver", name, base64: toBase64(bytes) }),
        signal: away.signal,
      };
      await send({ kind: "exit", code: await runCommand(app, parsed.data, files, io) });
    });
  });
  return http;
}
