/** Time, identity and chance are injected, so that every run of the core can be replayed. */

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void;
}

export interface Ids {
  /** A new ULID: sortable by creation, 26 characters. */
  next(): string;
}

export interface Random {
  /** Uniform in [0, 1). */
  float(): number;
  /** Cryptographically strong bytes. */
  bytes(count: number): Uint8Array<ArrayBuffer>;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured log. Fields hold ids and numbers, never tokens, links, photos or texts of people. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** Logs the whole cause chain of `error`. */
  error(event: string, error: unknown, fields?: LogFields): void;
}
