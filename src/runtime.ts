import { monotonicFactory } from "ulid";
import type { Clock, Ids, Random } from "./ports/runtime.ts";

/** A longer delay would fire at once (2^31 - 1 ms, the platform's limit). Whoever waits longer looks again anyway. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

const UINT32 = 2 ** 32;

/** Strong randomness of the platform (WebCrypto). */
export const systemRandom: Random = {
  float: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / UINT32,
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
};

const nextUlid = monotonicFactory(() => systemRandom.float());

/** ULIDs that keep growing within one millisecond. */
export const systemIds: Ids = { next: () => nextUlid(systemClock.now()) };
