import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { CHANNEL_PATH, CommandReply } from "../commands/channel.ts";
import { EXIT, type CommandFile, type CommandIo } from "../commands/command.ts";
import type { CommandRequest } from "../commands/registry.ts";

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** A program that is gone needs no interruption. */
function ignoreUnreachable(): void {}

/** Sends a command to the serving process and shows what it streams back. Returns its exit code. */
export async function runRemotely(
  at: { readonly address: string; readonly token: string },
  request: CommandRequest,
  files: readonly CommandFile[],
  io: CommandIo,
): Promise<number> {
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
    io.say(`The running program did not take the command: ${(await response.text()).trim()}`);
    return EXIT.defect;
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
  io.say("The running program ended before the command did. Run the command again.");
  return EXIT.defect;
}
