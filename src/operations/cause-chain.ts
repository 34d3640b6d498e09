const MOST_CAUSES = 5;

export interface LoggedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
}

function describe(error: unknown): LoggedError {
  if (!(error instanceof Error))
    return { name: typeof error, message: "something was thrown that is no error" };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return { name: error.name, message: error.message, ...code };
}

/** The error with its stack, and what caused it: the reason is often only there (drizzle hides libSQL's). */
export function causeChain(error: unknown): { error: LoggedError; causes: LoggedError[] } {
  const causes: LoggedError[] = [];
  let cause = error instanceof Error ? error.cause : undefined;
  while (cause !== undefined && cause !== null && causes.length < MOST_CAUSES) {
    causes.push(describe(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  const stack = error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {};
  return { error: { ...describe(error), ...stack }, causes };
}
