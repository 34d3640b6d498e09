import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { CHANNEL_PATH, CommandReply } from "../commands/channel.ts";
import type { CommandFile, CommandIo } from "../commands/command.ts";
import type { CommandRequest } from "../commands/registry.ts";
import { AppError } from "../ports/errors.ts";

/** Whole lines until the body ends; a connection that breaks is an end too. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const chunk = await reader.read().catch(() => null);
    if (chunk === null || chunk.done) return;
    const lines = (rest + decoder.decode(chunk.value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** A program that is gone needs no interruption. */
function ignoreUnreachable(): void {}

interface RunningProgram {
  readonly address: string;
  readonly token: string;
}

const GONE = "The running program ended before the command did. What it accepted goes on at its next start.";

/** Whether the program takes commands now. One that starts, or that runs a command without serving, does not. */
async function takesCommands({ address, token }: RunningProgram): Promise<boolean> {
  try {
    const url = new URL(CHANNEL_PATH, address);
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Sends a command to the serving process and shows what it streams back. Returns its exit code, or null when that
 * process takes no commands just now.
 */
export async function runRemotely(
  at: RunningProgram,
  request: CommandRequest,
  files: readonly CommandFile[],
  io: CommandIo,
): Promise<number | null> {
  if (!(await takesCommands(at))) return null;
  const form = new FormData();
  form.set("request", JSON.stringify(request));
  for (const file of files) form.append("file", new Blob([Uint8Array.from(file.bytes)]), file.name);
  const url = new URL(`${CHANNEL_PATH}/${randomUUID()}`, at.address);
  const headers = { authorization: `Bearer ${at.token}` };
  // The answer is read to its end also after an interruption: it says what the interrupted work cost.
  io.signal.addEventListener(
    "abort",
    () => void fetch(url, { method: "DELETE", headers }).catch(ignoreUnreachable),
  );
  const response = await fetch(url, { method: "POST", headers, body: form });
  if (!response.ok || response.body === null) {
    const reason = (await response.text()).trim();
    throw new AppError("CONFLICT", `The running program did not take the command: ${reason}`);
  }
  for await (const line of linesOf(response.body)) {
    const reply = CommandReply.parse(JSON.parse(line));
    switch (reply.kind) {
      case "progress":
        io.progress(reply.words, reply.done, reply.total);
        break;
      case "say":
        io.say(reply.text);
        break;
      case "print":
        io.print(reply.text);
        break;
      case "deliver":
        await io.deliver(reply.name, Buffer.from(reply.base64, "base64"));
        break;
      case "exit":
        return reply.code;
    }
  }
  throw new AppError("CONFLICT", GONE);
}
