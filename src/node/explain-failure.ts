import { EXIT, type ExitCode } from "../commands/command.ts";
import { AppError, type ErrorCode } from "../ports/errors.ts";

export interface ExplainedFailure {
  readonly sentence: string;
  readonly exit: ExitCode;
  /** For programs: the code of our own error, or of the machine's. */
  readonly code: string;
}

const USAGE: ReadonlySet<ErrorCode> = new Set(["BAD_SETTINGS", "BAD_USAGE", "ALREADY_RUNNING"]);

const FULL = "The disk is full: make room and start again. Nothing that was accepted is lost.";
const LOCKED = "Another program holds the database locked: end it and start again. Nothing is lost.";
const DENIED =
  "This account has no right to a file that is needed: check the owner of DATA_DIR and its files.";

/** What the machine or SQLite says, by the beginning of its code. */
const KNOWN: readonly (readonly [prefix: string, sentence: string])[] = [
  ["ENOSPC", FULL],
  ["EDQUOT", FULL],
  ["SQLITE_FULL", FULL],
  ["DISK_FULL", FULL],
  ["SQLITE_BUSY", LOCKED],
  ["DATABASE_BUSY", LOCKED],
  ["EACCES", DENIED],
  ["EPERM", DENIED],
  ["EROFS", "The disk of DATA_DIR can only be read: choose another DATA_DIR."],
  ["SQLITE_READONLY", "The database can only be read: check the rights of DATA_DIR and its files."],
  ["SQLITE_NOTADB", "The database file is no database: restore it from your backup."],
  ["SQLITE_CORRUPT", "The database file is damaged: restore it from your backup."],
];

function* chainOf(error: unknown): Generator<Error> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) yield cause;
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

/**
 * A failure before or around a command, or at a start, in words. Null when nothing is known about it: then it is a
 * defect, and its stack is worth more than a sentence.
 */
export function explainFailure(error: unknown): ExplainedFailure | null {
  if (error instanceof AppError && USAGE.has(error.code)) {
    return { sentence: error.message, exit: EXIT.usage, code: error.code.toLowerCase() };
  }
  for (const cause of chainOf(error)) {
    const code = codeOf(cause);
    const known = KNOWN.find(([prefix]) => code.startsWith(prefix));
    if (known !== undefined) return { sentence: known[1], exit: EXIT.defect, code: code.toLowerCase() };
  }
  return error instanceof AppError
    ? { sentence: error.message, exit: EXIT.defect, code: error.code.toLowerCase() }
    : null;
}
