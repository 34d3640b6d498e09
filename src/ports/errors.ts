/**
 * The closed set of defects and infrastructure failures. Expected outcomes (refused photo, over budget, not ready)
 * are values of a union where they arise, never exceptions. Each transport maps these codes in one place.
 */
export type ErrorCode =
  | "BAD_SETTINGS"
  | "BAD_USAGE"
  | "NOT_FOUND"
  | "FORBIDDEN"
  | "CONFLICT"
  | "LEASE_LOST"
  | "DATABASE_BUSY"
  | "DATABASE_FAILED"
  | "DISK_FULL"
  | "BLOB_MISSING"
  | "BLOB_DAMAGED"
  | "KEY_DROPPED"
  | "IMAGING_FAILED"
  | "PROVIDER_FAILED"
  | "ALREADY_RUNNING"
  | "DEFECT";

/** The one exception class. `message` is fit for an operator's log: it never holds a secret, a link or a person's data. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** How long the other side asked us to wait; null = not said. Wins over the backoff of a step. */
  readonly retryAfterMs: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Marks an impossible branch; the compiler proves that it is one. */
export function unreachable(value: never): never {
  throw new AppError("DEFECT", `unreachable value: ${JSON.stringify(value)}`);
}
