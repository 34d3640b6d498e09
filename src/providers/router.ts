import type { ProviderName } from "../ports/product.ts";
import type { Estimate } from "../ports/provider.ts";

/** A provider of the wanted product with what is known of it now. */
export interface Candidate {
  readonly provider: ProviderName;
  readonly estimate: Estimate;
  /** How long its queue makes a new run wait, milliseconds. */
  readonly queueMs: number;
  readonly circuit: Circuit;
}

/** How a provider behaved lately. Pure state: keep it where you like. */
export interface Circuit {
  readonly failuresInARow: number;
  /** Closed to new runs until then (epoch ms); null = open for all. */
  readonly brokenUntil: number | null;
}

export const WORKING_CIRCUIT: Circuit = { failuresInARow: 0, brokenUntil: null };

const BREAKS_AFTER = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * The circuit after one more call. It breaks at the fifth failure in a row; when the pause is over runs are tried
 * again, and each further failure doubles the pause up to ten minutes.
 */
export function afterCall(circuit: Circuit, ok: boolean, now: number): Circuit {
  if (ok) return WORKING_CIRCUIT;
  const failuresInARow = circuit.failuresInARow + 1;
  const beyond = failuresInARow - BREAKS_AFTER;
  if (beyond < 0) return { failuresInARow, brokenUntil: null };
  return { failuresInARow, brokenUntil: now + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** beyond) };
}

export type Route =
  | { readonly kind: "use"; readonly provider: ProviderName; readonly meetsDeadline: boolean }
  /** Nothing can be started now; `retryAt` is when the first broken provider is tried again. */
  | { readonly kind: "none"; readonly retryAt: number | null };

/**
 * Feasible ones first, then the cheapest that meets the deadline (epoch ms); when none does, the fastest.
 * The product is the caller's and never changes here.
 */
export function chooseProvider(candidates: readonly Candidate[], deadline: number, now: number): Route {
  const feasible = candidates.filter(
    ({ circuit }) => circuit.brokenUntil === null || circuit.brokenUntil <= now,
  );
  const endOf = ({ queueMs, estimate }: Candidate) => now + queueMs + estimate.expectedMs;
  const inTime = feasible.filter((candidate) => endOf(candidate) <= deadline);
  const [cheapest] = inTime.toSorted(
    (a, b) => a.estimate.expectedMicros - b.estimate.expectedMicros || endOf(a) - endOf(b),
  );
  if (cheapest !== undefined) return { kind: "use", provider: cheapest.provider, meetsDeadline: true };
  const [fastest] = feasible.toSorted((a, b) => endOf(a) - endOf(b));
  if (fastest !== undefined) return { kind: "use", provider: fastest.provider, meetsDeadline: false };
  const pauses = candidates.flatMap(({ circuit }) => circuit.brokenUntil ?? []);
  return { kind: "none", retryAt: pauses.length === 0 ? null : Math.min(...pauses) };
}
