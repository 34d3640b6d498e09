import { Hono, type Context } from "hono";
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

/** Where commands come in, until the program stops. */
export interface CommandChannel {
  readonly http: Hono;
  /** Leaves the callers of what still runs; what it accepted stays and goes on at the next start. */
  close(): void;
}

/**
 * Commands that run beside a serving process are run by it: it alone writes the database. Only somebody who can read
 * the lock file knows the token, and only loopback connections are taken. The id lets the caller interrupt.
 */
export function commandChannel(app: App, token: string, isLoopback: (c: Context) => boolean): CommandChannel {
  const http = new Hono();
  const running = new Map<string, AbortController>();
  const closing = new AbortController();

  http.use(`${CHANNEL_PATH}/*`, async (c, next) => {
    const isTrusted = isLoopback(c) && c.req.header("authorization") === `Bearer ${token}`;
    return isTrusted ? next() : c.text("Not found.\n", 404);
  });

  http.get(CHANNEL_PATH, (c) => c.body(null, 204));

  http.delete(`${CHANNEL_PATH}/:id`, (c) => {
    running.get(c.req.param("id"))?.abort();
    return c.body(null, 204);
  });

  http.post(`${CHANNEL_PATH}/:id`, async (c) => {
    const form = await c.req.formData();
    const parsed = CommandRequest.safeParse(JSON.parse(z.string().parse(form.get("request"))));
    if (!parsed.success) return c.text("This command is not known to the running program.\n", 400);
    const files = await filesOf(form);
    const id = c.req.param("id");
    const interruption = new AbortController();
    running.set(id, interruption);
    c.header("content-type", "application/x-ndjson");
    return stream(c, async (out) => {
      const send = async (reply: CommandReply): Promise<void> => {
        await out.write(`${JSON.stringify(reply)}\n`);
      };
      const left = new Promise<null>((resolve) => {
        closing.signal.addEventListener("abort", () => resolve(null));
      });
      // A caller who went away interrupts; one whom we leave does not.
      out.onAbort(() => void (closing.signal.aborted || interruption.abort()));
      const io: CommandIo = {
        progress: (words, done, total) => void send({ kind: "progress", words, done, total }),
        say: (text) => void send({ kind: "say", text }),
        print: (text) => void send({ kind: "print", text }),
        deliver: (name, bytes) => send({ kind: "deliver", name, base64: toBase64(bytes) }),
        signal: interruption.signal,
      };
      const code = await Promise.race([runCommand(app, parsed.data, files, io), left]);
      running.delete(id);
      // An answer without an exit code tells the caller that the program is gone.
      if (code !== null) await send({ kind: "exit", code });
    });
  });
  return { http, close: () => closing.abort() };
}
