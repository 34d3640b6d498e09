import { compareLogLevel, getJsonLinesFormatter, type LogLevel as TapeLevel } from "@logtape/logtape";
import { redactByField, redactByPattern } from "@logtape/redaction";
import type { LogFields, Logger } from "../ports/runtime.ts";
import { causeChain } from "./cause-chain.ts";
import { REDACTED, SECRET_FIELDS, SECRET_PATTERNS } from "./redact.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const TAPE_LEVELS: Readonly<Record<LogLevel, TapeLevel>> = {
  debug: "debug",
  info: "info",
  warn: "warning",
  error: "error",
};

/** stderr in Node, the Worker's log in workerd; stdout belongs to results. */
function toStandardError(line: string): void {
  // oxlint-disable-next-line no-console
  console.error(line);
}

/**
 * A logger that writes one JSON object a line, without secrets: LogTape's formatter and redaction, and none of its
 * process-wide configuration, so that two programs in one process do not share a log.
 */
export function createLogger(level: LogLevel, sink: (line: string) => void = toStandardError): Logger {
  const format = redactByPattern(
    getJsonLinesFormatter({ message: "template", properties: "flatten" }),
    SECRET_PATTERNS,
  );
  const write = redactByField((record) => sink(format(record).trimEnd()), {
    fieldPatterns: SECRET_FIELDS,
    action: () => REDACTED,
  });

  function log(at: LogLevel, event: string, properties: Record<string, unknown>): void {
    if (compareLogLevel(TAPE_LEVELS[at], TAPE_LEVELS[level]) < 0) return;
    write({
      category: ["proheadshots"],
      level: TAPE_LEVELS[at],
      message: [event],
      rawMessage: event,
      // A log line tells the machine's time, also where a test or a replay has stopped the clock.
      // oxlint-disable-next-line no-restricted-properties
      timestamp: Date.now(),
      properties,
    });
  }

  return {
    debug: (event, fields = {}) => log("debug", event, { ...fields }),
    info: (event, fields = {}) => log("info", event, { ...fields }),
    warn: (event, fields = {}) => log("warn", event, { ...fields }),
    error: (event, error, fields: LogFields = {}) => log("error", event, { ...fields, ...causeChain(error) }),
  };
}
