import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";

const PATIENCE_MS = 3_000;

/** Resolves when a part works; rejects, or resolves to a sentence, when it does not. */
type ReadinessCheck = () => Promise<string | void>;

interface Readiness {
  readonly ready: boolean;
  /** By name of the part: null, or why it is not ready. */
  readonly problems: Readonly<Record<string, string | null>>;
}

/** Asks every part at once and waits three seconds at most, so that a hanging part is an answer too. */
export async function readiness(
  deps: Pick<Deps, "clock">,
  checks: Readonly<Record<string, ReadinessCheck>>,
): Promise<Readiness> {
  const answers = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await problemOf(deps, check)] as const),
  );
  return {
    ready: answers.every(([, problem]) => problem === null),
    problems: Object.fromEntries(answers),
  };
}

async function problemOf({ clock }: Pick<Deps, "clock">, check: ReadinessCheck): Promise<string | null> {
  let stop = (): void => undefined;
  const tooLong = new Promise<string>((resolve) => {
    stop = clock.after(PATIENCE_MS, () => resolve(`gave no answer within ${PATIENCE_MS / 1000} seconds`));
  });
  try {
    return (await Promise.race([check(), tooLong])) ?? null;
  } catch (error) {
    // Only our own messages are known to hold no secret.
    return error instanceof AppError ? error.message : "failed: the log says why";
  } finally {
    stop();
  }
}
