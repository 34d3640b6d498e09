import type { ReasonCode, Verdict } from "../../ports/selfie.ts";

/**
 * Whether a judged photo is used: kept, or warned about without a question that is still open. A confirmed photo is
 * never asked about again, so its verdict no longer holds the question.
 */
export function counts(photo: { verdict: Verdict | null; reasons: readonly ReasonCode[] | null }): boolean {
  if (photo.verdict === "keep") return true;
  return photo.verdict === "warn" && !(photo.reasons ?? []).includes("different_person");
}
