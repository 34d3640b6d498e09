import type { Product } from "../../ports/product.ts";
import type { Estimate, Micros } from "../../ports/provider.ts";

export const QUOTE_VALID_MS = 30 * 60_000;
export const MOST_PICTURES = 40;
export const MOST_STYLES = 9;
export const DEFAULT_COUNT = 8;

/** One credit buys one order of an AI product with its retake; the studio costs none, and nothing does where nothing is sold. */
export function creditsFor(product: Product, selling: boolean): number {
  return selling && product !== "studio" ? 1 : 0;
}

export interface QuoteFigures {
  readonly lowMicros: Micros;
  readonly expectedMicros: Micros;
  readonly ceilingMicros: Micros;
  readonly expectedMs: number;
}

/**
 * Expected and most that an order costs. The ceiling covers the proof pictures, one automatic retrain and the free
 * retake, so that Go never has to ask again.
 */
export function quoteFigures(parts: {
  render: Estimate;
  count: number;
  train: Estimate | null;
  proofs: number;
}): QuoteFigures {
  const { render, count, train, proofs } = parts;
  const once = render.expectedMicros * (count + proofs) + (train?.expectedMicros ?? 0);
  const most = render.ceilingMicros * (2 * count + 2 * proofs) + 2 * (train?.ceilingMicros ?? 0);
  return {
    lowMicros: once,
    expectedMicros: once,
    ceilingMicros: most,
    expectedMs: render.expectedMs * (count + proofs) + (train?.expectedMs ?? 0),
  };
}
