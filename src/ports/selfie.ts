import type { DecodeRefusal, Inspection } from "./imaging.ts";

/** keep and warn are used, refuse is not, stop waits for a human. */
export type Verdict = "keep" | "warn" | "refuse" | "stop";

/** Why a photo got its verdict: the contract's closed set of codes. */
export const REASON_CODES = [
  "not_an_image",
  "unsupported_type",
  "animated",
  "unreadable",
  "file_too_large",
  "dimensions_too_large",
  "too_many",
  "no_face",
  "multiple_faces",
  "face_too_small",
  "face_cut_off",
  "face_turned_away",
  "sunglasses",
  "face_covered",
  "blurry",
  "too_dark",
  "too_bright",
  "duplicate",
  "low_resolution",
  "soft",
  "eyes_closed",
  "black_and_white",
  "different_person",
  "same_day",
  "not_checked",
] as const;

export type ReasonCode = (typeof REASON_CODES)[number];

export interface Judgement {
  readonly verdict: Verdict;
  /** Most useful first: a person is told the first one only. */
  readonly reasons: readonly ReasonCode[];
  /** 0 to 100; 0 for what is refused. */
  readonly score: number;
}

/** What is judged: a measured photo, or why its bytes could not become one. `InspectResult` fits. */
export type Measured =
  | { readonly ok: true; readonly inspection: Inspection }
  | { readonly ok: false; readonly code: DecodeRefusal };

/** A photo as part of a face's set. */
export interface SetPhoto {
  readonly id: string;
  readonly inspection: Inspection;
  /** The verdict on the photo alone. */
  readonly alone: Judgement;
  /** The person has answered "this is me" about this photo, so its identity is not doubted again. */
  readonly confirmed: boolean;
}

/** Sides are the person's own, in an unmirrored photo. */
export type ViewGroup = "front" | "left" | "right";

/** What a set still lacks, as the thing to ask for next. */
export type Wanted = ViewGroup | "smile" | "other_day";

export interface SetJudgement {
  /** By photo id; starts from the verdict alone and adds what only the others can show. */
  readonly photos: ReadonlyMap<string, Judgement>;
  /** Ids of the kept photos that may show somebody else; `sure` is false where the person should just be asked. */
  readonly strangers: readonly { readonly id: string; readonly sure: boolean }[];
  /** Warnings on the set as a whole. */
  readonly reasons: readonly ReasonCode[];
  /** 0 to 100: under 70 ask for more, from 80 on good (product.md section 2). */
  readonly score: number;
  /** Best thing to ask for first; empty when nothing is missing. */
  readonly wanted: readonly Wanted[];
}
