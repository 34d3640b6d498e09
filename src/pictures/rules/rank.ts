import type { LikenessBand } from "../../ports/product.ts";
import { round, WEIGHTS } from "./score.ts";

export interface Rankable {
  readonly id: string;
  readonly score: number;
  readonly band: LikenessBand | null;
  /** 64-bit perceptual hash, 16 hex digits. */
  readonly hash: string | null;
  /** Set once the picture has been ranked: its score holds the share for variety already. */
  readonly rank: number | null;
}

export interface Ranked {
  readonly id: string;
  readonly rank: number;
  readonly score: number;
}

/** From this many differing bits on two pictures count as unrelated (imaging.md section 6). */
const UNRELATED_BITS = 16;

/**
 * Best first, 1 to n. A picture that looks like a better one loses up to a tenth. What a hard filter refused or what is
 * beyond loose is left out. Ranked pictures keep their score, so ranking again, also with newer pictures, is stable.
 */
export function rankPictures(pictures: readonly Rankable[]): readonly Ranked[] {
  let rest = pictures.filter((picture) => picture.score > 0 && picture.band !== "beyond");
  const better: Rankable[] = [];
  const ranked: Ranked[] = [];
  while (rest.length > 0) {
    const [best] = rest
      .map((picture) => ({ picture, score: scoreAmong(picture, better) }))
      .toSorted((a, b) => b.score - a.score || (a.picture.id < b.picture.id ? -1 : 1));
    if (best === undefined) break;
    ranked.push({ id: best.picture.id, rank: ranked.length + 1, score: best.score });
    better.push(best.picture);
    rest = rest.filter((picture) => picture !== best.picture);
  }
  return ranked;
}

function scoreAmong(picture: Rankable, better: readonly Rankable[]): number {
  if (picture.rank !== null) return picture.score;
  const nearest = Math.min(...better.map((other) => differingBits(picture.hash, other.hash)), UNRELATED_BITS);
  return round(Math.max(0.0001, picture.score - WEIGHTS.variety * (1 - nearest / UNRELATED_BITS)));
}

function differingBits(one: string | null, other: string | null): number {
  if (one === null || other === null) return UNRELATED_BITS;
  return (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll("0", "").length;
}
