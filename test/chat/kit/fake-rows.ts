import type {
  FaceDetails,
  OrderDetails,
  PictureDetails,
  SelfieDetails,
  Who,
} from "../../../src/ports/for-people.ts";
import type { OrderState, Product } from "../../../src/ports/product.ts";
import { chooseForMe } from "../../../src/styles/index.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type Order = Mutable<OrderDetails>;
export type Selfie = Mutable<SelfieDetails>;

export interface Face {
  readonly id: string;
  readonly personId: string;
  readonly selfies: Selfie[];
  deleted: boolean;
  expiresAt: number | null;
}

export const DRAFTS: readonly OrderState[] = ["consented", "collecting", "ready", "quoted", "needs_photos"];
export const WORKING: readonly OrderState[] = [
  "queued",
  "training",
  "proving",
  "shooting",
  "sorting",
  "paused_budget",
];

/** A photo that was just sent. */
export function newSelfie(id: string, name: string | null): Selfie {
  return {
    id,
    name,
    state: "uploaded",
    verdict: null,
    reasons: [],
    score: null,
    confirmed: false,
    counts: false,
    blobId: null,
  };
}

export function faceDetails(face: Face, needed: number, now: number): FaceDetails {
  const here = face.selfies.filter((selfie) => selfie.state !== "removed");
  const kept = here.filter((selfie) => selfie.counts).length;
  return {
    id: face.id,
    personId: face.personId,
    name: "Face 1",
    selfies: face.selfies,
    kept,
    needed,
    advised: needed + 2,
    setScore: kept === 0 ? null : 75,
    wanted: kept >= needed + 2 ? [] : ["left", "smile", "more"],
    settled: here.every((selfie) => selfie.verdict !== null),
    createdAt: now,
    expiresAt: face.expiresAt,
  };
}

export function newOrder(parts: { id: string; who: Who; face: Face; product: Product; now: number }): Order {
  const { id, who, face, product, now } = parts;
  return {
    id,
    personId: who.personId,
    chatId: who.chatId,
    faceId: face.id,
    state: face.selfies.length > 0 ? "collecting" : "consented",
    product,
    styles: chooseForMe(product, 3),
    count: 8,
    round: 0,
    quote: null,
    prompts: [],
    pictures: [],
    hidden: 0,
    actualMicros: 0,
    ordersAhead: null,
    etaAt: null,
    late: false,
    progress: null,
    failureCode: null,
    rating: null,
    ratingAskedAt: null,
    retakeLeft: true,
    creditReturned: false,
    createdAt: now,
    goAt: null,
    deliveredAt: null,
  };
}

export function newPictures(order: Order, count: number, nextId: () => string): PictureDetails[] {
  return Array.from({ length: count }, (_, at) => ({
    id: nextId(),
    blobId: `blob-${at}`,
    style: order.styles[at % Math.max(1, order.styles.length)] ?? "corporate-grey",
    band: at === 0 ? "very_close" : at === 1 ? "close" : at === 2 ? "loose" : null,
    score: 1 - at / 100,
    width: 1024,
    height: 1280,
    sourceSelfieId: null,
    vote: null,
    digitalSource: order.product === "studio" ? "compositeSynthetic" : "trainedAlgorithmicMedia",
  }));
}
