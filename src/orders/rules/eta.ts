/** The middle of a list; null when it is empty. */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

export interface EtaInput {
  readonly now: number;
  /** When Go was pressed. */
  readonly startedAt: number;
  /** Durations of the last 20 pictures of this provider, ms. */
  readonly pictureMs: readonly number[];
  readonly fallbackMs: number;
  readonly picturesLeft: number;
  readonly picturesAhead: number;
  /** Durations Go to delivery of the last 20 orders, ms. */
  readonly orderMs: readonly number[];
}

/** Expected end (epoch ms) from the median of the last pictures and what is ahead; late when past the p90 of orders. */
export function eta(input: EtaInput): { readonly at: number; readonly late: boolean } {
  const each = quantile(input.pictureMs, 0.5) ?? input.fallbackMs;
  const worst = quantile(input.orderMs, 0.9);
  const late = worst !== null && input.orderMs.length >= 5 && input.now - input.startedAt > worst;
  return { at: input.now + each * (input.picturesLeft + input.picturesAhead), late };
}
