import type { App } from "../app.ts";

/** A file that the caller of a command read for it: the running program may stand in another folder. */
export interface CommandFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How a command talks back, in this process or through the running program's own port. */
export interface CommandIo {
  /** The state of long work, replaced in place on a terminal. `done` of `total`, or null where that is unknown. */
  progress(words: string, done: number | null, total: number | null): void;
  /** A sentence for the person at the terminal (stderr). */
  say(sentence: string): void;
  /** The result (stdout). */
  print(text: string): void;
  /** A finished file for the caller's output folder. */
  deliver(name: string, bytes: Uint8Array): Promise<void>;
  /** The person pressed Ctrl-C or went away. */
  readonly signal: AbortSignal;
}

/** The contract's exit codes. */
export const EXIT = {
  ok: 0,
  defect: 1,
  usage: 2,
  provider: 3,
  budget: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type Command<Options> = (
  app: App,
  options: Options,
  files: readonly CommandFile[],
  io: CommandIo,
) => Promise<ExitCode>;
