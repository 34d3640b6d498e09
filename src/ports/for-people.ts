import type { ChatAccount, Language, PhotoOffer, Platform } from "./chat.ts";
import type { CropKind } from "./imaging.ts";
import type { LikenessBand, OrderState, Product, StyleKey } from "./product.ts";
import type { ReasonCode, Verdict, ViewGroup } from "./selfie.ts";

/** A person in one chat: who acts and where to answer. */
export interface Who {
  readonly personId: string;
  readonly chatId: string;
  readonly platform: Platform;
  readonly language: Language;
  /** First contact ever. */
  readonly isNew: boolean;
}

/** What the conversation needs to decide what comes next. */
export interface Overview {
  readonly consented: boolean;
  readonly face: { readonly id: string; readonly name: string } | null;
  /** The order being prepared, if any: consented, collecting, ready, quoted or needs_photos. */
  readonly draft: OrderDetails | null;
  /** Orders at work: queued to sorting. */
  readonly running: readonly OrderDetails[];
  readonly credits: number;
}

export interface SelfieDetails {
  readonly id: string;
  readonly name: string | null;
  readonly state: "offered" | "uploaded" | "judged" | "removed" | "expired";
  readonly verdict: Verdict | null;
  readonly reasons: readonly ReasonCode[];
  readonly score: number | null;
  readonly confirmed: boolean;
  /** Counts towards the order: keep, or a warning that the person has confirmed or that needs no answer. */
  readonly counts: boolean;
  readonly blobId: string | null;
}

export interface FaceDetails {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly selfies: readonly SelfieDetails[];
  readonly kept: number;
  /** Kept photos needed and advised for the product in question. */
  readonly needed: number;
  readonly advised: number;
  readonly setScore: number | null;
  readonly wanted: readonly (ViewGroup | "smile" | "other_day" | "more")[];
  /** All photos are judged. */
  readonly settled: boolean;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

export interface QuoteDetails {
  readonly id: string;
  readonly product: Product;
  readonly styles: readonly StyleKey[];
  readonly count: number;
  readonly expectedMicros: number;
  readonly ceilingMicros: number;
  readonly credits: number;
  readonly expectedMs: number;
  readonly expiresAt: number;
  readonly reusesTune: boolean;
}

export interface PictureDetails {
  readonly id: string;
  readonly blobId: string;
  readonly style: StyleKey;
  readonly band: LikenessBand | null;
  readonly score: number;
  readonly width: number;
  readonly height: number;
  readonly sourceSelfieId: string | null;
  readonly vote: "yes" | "no" | null;
  readonly digitalSource: "trainedAlgorithmicMedia" | "compositeSynthetic" | "algorithmicallyEnhanced";
}

export interface OrderDetails {
  readonly id: string;
  readonly personId: string;
  readonly chatId: string;
  readonly faceId: string;
  readonly state: OrderState;
  readonly product: Product;
  readonly styles: readonly StyleKey[];
  readonly count: number;
  readonly round: number;
  readonly quote: QuoteDetails | null;
  /** One per picture being made in this round. */
  readonly prompts: readonly {
    readonly id: string;
    readonly style: StyleKey;
    readonly state: "waiting" | "working" | "done" | "failed" | "cancelled";
  }[];
  /** Shown pictures, best first. */
  readonly pictures: readonly PictureDetails[];
  /** Made but not shown because they do not look enough like the person. */
  readonly hidden: number;
  readonly actualMicros: number;
  /** Other orders ahead of this one, when waiting; null when at work. */
  readonly ordersAhead: number | null;
  /** Epoch ms of the expected end; null when unknown. */
  readonly etaAt: number | null;
  /** Past the usual worst case (p90). */
  readonly late: boolean;
  readonly progress: number | null;
  readonly failureCode: string | null;
  readonly rating: number | null;
  readonly ratingAskedAt: number | null;
  readonly retakeLeft: boolean;
  readonly creditReturned: boolean;
  readonly createdAt: number;
  readonly goAt: number | null;
  readonly deliveredAt: number | null;
}

export type OfferOutcome =
  /** Only references were kept, for one hour; bytes were not taken. */
  | { readonly kind: "consent_first"; readonly held: number }
  | {
      readonly kind: "added";
      readonly faceId: string;
      readonly selfieIds: readonly string[];
      readonly already: number;
      readonly notLookedAt: readonly (string | null)[];
    }
  /** An order is at work and takes no photos now. */
  | { readonly kind: "busy"; readonly orderId: string }
  | { readonly kind: "deleted" };

export type StyleOutcome =
  | { readonly kind: "chosen"; readonly order: OrderDetails }
  | { readonly kind: "needs_ai"; readonly key: StyleKey; readonly available: readonly StyleKey[] }
  | { readonly kind: "unknown_style"; readonly key: string; readonly available: readonly StyleKey[] }
  | { readonly kind: "too_many"; readonly most: number }
  | { readonly kind: "too_late" };

export type QuoteOutcome =
  | { readonly kind: "quoted"; readonly order: OrderDetails; readonly quote: QuoteDetails }
  | { readonly kind: "too_few_photos"; readonly have: number; readonly need: number }
  | { readonly kind: "still_checking" }
  | { readonly kind: "no_provider" }
  | { readonly kind: "too_late" };

export type GoOutcome =
  | { readonly kind: "started"; readonly order: OrderDetails }
  /** A second press: the order runs or is done already. */
  | { readonly kind: "already"; readonly order: OrderDetails }
  | { readonly kind: "quote_expired"; readonly orderId: string }
  | { readonly kind: "changed_since"; readonly orderId: string }
  | { readonly kind: "over_budget" }
  | { readonly kind: "quota"; readonly perDay: number }
  | { readonly kind: "no_credit" }
  | { readonly kind: "link_first" }
  | { readonly kind: "gone" };

export type CancelOutcome =
  | { readonly kind: "cancelled"; readonly costMicros: number }
  | { readonly kind: "already_over"; readonly state: OrderState }
  | { readonly kind: "gone" };

export type RetakeOutcome =
  | { readonly kind: "started"; readonly order: OrderDetails }
  | { readonly kind: "used_up" }
  | { readonly kind: "not_now" }
  | { readonly kind: "gone" };

export type RefundOutcome =
  | { readonly kind: "refunded"; readonly credits: number }
  | { readonly kind: "already" }
  | { readonly kind: "nothing_to_refund" }
  | { readonly kind: "not_entitled" }
  | { readonly kind: "gone" };

export type LinkOutcome =
  | { readonly kind: "linked"; readonly personId: string }
  | { readonly kind: "wrong_code"; readonly triesLeft: number }
  | { readonly kind: "too_many_tries" }
  | { readonly kind: "same_person" };

/**
 * All that a person can do, the same for every chat and for the command line. Outcomes are values; a verb on somebody
 * else's order, picture or face answers as if it did not exist. Every verb may be repeated.
 */
export interface ForPeople {
  meet(account: ChatAccount, address: string, language: Language | null): Promise<Who>;
  overview(who: Who): Promise<Overview>;
  /** Records the consent and opens a face and an order for it; the second press returns the same ones. */
  consent(who: Who): Promise<{ readonly faceId: string; readonly orderId: string }>;
  /** Opens (or returns) the order being prepared; `product` only where more than one is offered. */
  openOrder(
    who: Who,
    options?: { faceId?: string; product?: Product; triggerWord?: string },
  ): Promise<OrderDetails | { readonly kind: "consent_first" }>;
  offerPhotos(who: Who, eventId: string, photos: readonly PhotoOffer[]): Promise<OfferOutcome>;
  confirmSelfie(who: Who, selfieId: string): Promise<FaceDetails | null>;
  removeSelfie(who: Who, selfieId: string): Promise<FaceDetails | null>;
  toggleStyle(who: Who, orderId: string, key: StyleKey): Promise<StyleOutcome>;
  setStyles(who: Who, orderId: string, keys: readonly StyleKey[]): Promise<StyleOutcome>;
  chooseForMe(who: Who, orderId: string): Promise<StyleOutcome>;
  /** Pictures in total, 1 to 40. */
  setCount(who: Who, orderId: string, count: number): Promise<StyleOutcome>;
  quote(who: Who, orderId: string): Promise<QuoteOutcome>;
  go(who: Who, quoteId: string): Promise<GoOutcome>;
  cancel(who: Who, orderId: string): Promise<CancelOutcome>;
  vote(who: Who, pictureId: string, vote: "yes" | "no"): Promise<OrderDetails | null>;
  retake(who: Who, orderId: string): Promise<RetakeOutcome>;
  refund(who: Who, orderId: string): Promise<RefundOutcome>;
  /** 1 to 5, or null to skip. Only the first answer counts. */
  rate(who: Who, orderId: string, stars: number | null): Promise<OrderDetails | null>;
  orders(who: Who): Promise<readonly OrderDetails[]>;
  order(who: Who, orderId: string): Promise<OrderDetails | null>;
  faces(who: Who): Promise<readonly FaceDetails[]>;
  face(who: Who, faceId: string): Promise<FaceDetails | null>;
  deleteFace(
    who: Who,
    faceId: string,
  ): Promise<{ readonly photos: number; readonly pictures: number } | null>;
  /** The finished bytes of a picture or a crop of it, marked, ready for a person. */
  pictureFile(
    who: Who,
    pictureId: string,
    crop: CropKind | "original",
  ): Promise<{ readonly bytes: Uint8Array; readonly mime: string; readonly fileName: string } | null>;
  selfieFile(
    who: Who,
    selfieId: string,
  ): Promise<{ readonly bytes: Uint8Array; readonly mime: string } | null>;
  balance(
    who: Who,
  ): Promise<{ readonly credits: number; readonly selling: boolean; readonly ordersLeftToday: number }>;
  linkCode(who: Who): Promise<{ readonly code: string; readonly expiresAt: number }>;
  redeemLink(who: Who, code: string): Promise<LinkOutcome>;
  askExport(who: Who): Promise<{ readonly asked: boolean }>;
  /** Stops everything and deletes all that is kept of the person; the receipt comes as a message. */
  askErasure(who: Who): Promise<{ readonly receiptId: string }>;
  report(who: Who, words: string): Promise<{ readonly reportId: string }>;
  setLanguage(who: Who, language: Language): Promise<void>;
}
