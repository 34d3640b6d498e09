import type { Judgement, SetJudgement, SetPhoto } from "../../ports/selfie.ts";
import { findDuplicates } from "./duplicates.ts";
import { findStrangers } from "./strangers.ts";
import { THRESHOLDS as T } from "./thresholds.ts";
import { refuse, warn } from "./verdict.ts";
import { mostlyOneDay, wantedNext } from "./wanted.ts";

/**
 * Judges all photos of a face together, in the order in which they were sent. Pass every photo that was usable alone,
 * also those that an earlier call refused as duplicates: the answer depends on the set only, never on its history.
 */
export function judgeSet(photos: readonly SetPhoto[]): SetJudgement {
  const usable = photos.filter(({ alone }) => alone.verdict === "keep" || alone.verdict === "warn");
  const duplicates = findDuplicates(usable);
  const kept = usable.filter(({ id }) => !duplicates.has(id));
  const strangers = findStrangers(kept);
  const strange = new Set(strangers.map(({ id }) => id));
  const judge = ({ id, alone }: SetPhoto): Judgement => {
    if (duplicates.has(id)) return refuse(["duplicate"]);
    return strange.has(id) ? warn(["different_person", ...alone.reasons]) : alone;
  };
  const judged = new Map(photos.map((photo) => [photo.id, judge(photo)]));
  const own = kept.filter(({ id }) => !strange.has(id)).map(({ inspection }) => inspection);
  const wanted = wantedNext(own);
  const mean = kept.reduce((sum, { id }) => sum + (judged.get(id)?.score ?? 0), 0) / Math.max(1, kept.length);
  return {
    photos: judged,
    strangers,
    reasons: mostlyOneDay(own) ? ["same_day"] : [],
    score: kept.length === 0 ? 0 : Math.max(0, Math.round(mean - T.points.missingView * wanted.length)),
    wanted,
  };
}
