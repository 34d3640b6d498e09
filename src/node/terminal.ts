import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { CommandIo } from "../commands/command.ts";
import { AppError } from "../ports/errors.ts";
import { whyNotWritable } from "./writable-folder.ts";

const BAR_WIDTH = 24;

/** One line of progress: a bar where the total is known, else the words alone. */
export function progressLine(words: string, done: number | null, total: number | null): string {
  if (done === null || total === null || total === 0) return `${words} ...`;
  const filled = Math.round((BAR_WIDTH * Math.min(done, total)) / total);
  return `${words} [${"#".repeat(filled)}${"-".repeat(BAR_WIDTH - filled)}] ${done}/${total}`;
}

/** Says before the work, and not after it, that its results would have no place. */
export function checkOut(folder: string): void {
  const problem = whyNotWritable(folder);
  if (problem !== null) throw new AppError("BAD_USAGE", `${problem} Choose another --out.`);
}

/** A command's voice on a terminal: progress on stderr in place, results on stdout, files into `out`. */
export function terminalIo(out: string, signal: AbortSignal): CommandIo {
  const { stderr } = process;
  let shown = "";
  const clear = (): void => {
    if (stderr.isTTY && shown !== "") stderr.write(`\r${" ".repeat(shown.length)}\r`);
    shown = "";
  };
  return {
    progress(words, done, total) {
      const line = progressLine(words, done, total);
      if (line === shown) return;
      if (stderr.isTTY) {
        clear();
        stderr.write(line);
      } else {
        stderr.write(`${line}\n`);
      }
      shown = line;
    },
    say(sentence) {
      clear();
      stderr.write(`${sentence}\n`);
    },
    print(text) {
      clear();
      process.stdout.write(`${text}\n`);
    },
    async deliver(name, bytes) {
      await mkdir(out, { recursive: true });
      await writeFile(join(out, basename(name)), bytes);
    },
    signal,
  };
}
