import type { Inspection } from "../../ports/imaging.ts";
import type { Product } from "../../ports/product.ts";
import type { Wanted } from "../../ports/selfie.ts";
import { productNeeds } from "./needs.ts";
import { THRESHOLDS as T } from "./thresholds.ts";
import { mostlyOneDay, wantedNext } from "./wanted.ts";

export interface SetSummary {
  readonly setScore: number | null;
  readonly wanted: readonly (Wanted | "more")[];
}

/** A retouch needs a look into the camera; only a training gains from sides, moods and days. */
const WANTED_BY_STUDIO: readonly Wanted[] = ["front"];

/**
 * What a set is worth for a product and what to ask for next, from verdicts that are known already.
 * @param scores of every photo that is kept or warned about, asked ones included
 * @param own measures of the photos that count
 */
export function summarise(
  scores: readonly number[],
  own: readonly Inspection[],
  product: Product,
): SetSummary {
  const missing = missingViews(own, product);
  const { advised } = productNeeds(product);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return {
    setScore:
      scores.length === 0 ? null : Math.max(0, Math.round(mean - T.points.missingView * missing.length)),
    wanted: own.length < advised ? [...missing, "more"] : missing,
  };
}

function missingViews(own: readonly Inspection[], product: Product): readonly Wanted[] {
  const missing = wantedNext(own);
  if (product === "studio") return missing.filter((view) => WANTED_BY_STUDIO.includes(view));
  return mostlyOneDay(own) && !missing.includes("other_day") ? [...missing, "other_day"] : missing;
}
