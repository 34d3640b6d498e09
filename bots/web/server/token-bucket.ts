import type { Clock } from "../../../src/ports/runtime.ts";

export interface Allowance {
  /** What may come at once. */
  readonly burst: number;
  /** What is added every second. */
  readonly perSecond: number;
}

/** Whether `key` may do one more; null = yes, otherwise seconds to wait. */
export type TokenBucket = (key: string) => number | null;

/** As many keys as are remembered before the idle ones are forgotten. */
const MOST_KEYS = 10_000;

/** A limit per key, kept in memory: a restart forgives, and several processes each count for themselves. */
export function tokenBucket(clock: Pick<Clock, "now">, { burst, perSecond }: Allowance): TokenBucket {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const refilled = (bucket: { tokens: number; at: number }, now: number): number =>
    Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);

  return (key) => {
    const now = clock.now();
    if (buckets.size >= MOST_KEYS && !buckets.has(key)) {
      for (const [other, bucket] of buckets) if (refilled(bucket, now) >= burst) buckets.delete(other);
    }
    const bucket = buckets.get(key);
    const tokens = bucket === undefined ? burst : refilled(bucket, now);
    const allowed = tokens >= 1;
    buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed ? null : Math.ceil((1 - tokens) / perSecond);
  };
}
