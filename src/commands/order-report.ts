import type { OrderDetails, SelfieDetails, Who } from "../ports/for-people.ts";
import type { LikenessBand, ProviderName } from "../ports/product.ts";
import type { ReasonCode } from "../ports/selfie.ts";
import { EXIT, type CommandIo } from "./command.ts";
import type { OrderFailure } from "./refusal.ts";

/** A photo that was never taken in: beyond the 40, or too large to read. */
export interface LeftOut {
  readonly file: string;
  readonly reason: ReasonCode;
}

export interface OrderReport {
  readonly who: Who | null;
  readonly order: OrderDetails | null;
  readonly provider: ProviderName | null;
  readonly selfies: readonly SelfieDetails[];
  readonly leftOut: readonly LeftOut[];
  readonly pictures: {
    file: string;
    style: string;
    score: number;
    likeness: LikenessBand | null;
    width: number;
    height: number;
  }[];
  readonly failure: OrderFailure | null;
  readonly seconds: number;
}

const VERDICT_WORDS = {
  keep: "kept",
  warn: "kept with a remark",
  refuse: "refused",
  stop: "stopped",
} as const;

/** One line about one photo: its name, what became of it, and the reason codes. */
export function describeSelfie(selfie: SelfieDetails): string {
  const verdict = selfie.verdict === null ? "not judged" : VERDICT_WORDS[selfie.verdict];
  const left = selfie.verdict === "warn" && !selfie.counts ? "left out" : verdict;
  const reasons = selfie.reasons.length === 0 ? "" : ` (${selfie.reasons.join(", ")})`;
  return `${selfie.name ?? selfie.id}: ${left}${reasons}`;
}

/** The same for a photo that was not taken in. */
export function describeLeftOut({ file, reason }: LeftOut): string {
  return reason === "too_many"
    ? `${file}: not looked at, 40 photos are the most`
    : `${file}: refused (${reason})`;
}

/** What an order that came to nothing has cost. */
export function charged(micros: number): string {
  return micros === 0 ? "Nothing was charged." : `${usd(micros)} USD were charged.`;
}

/** Micro-dollars as US dollars with at most six decimals. */
const usd = (micros: number): number => micros / 1e6;

/** The contract's JSON object: always the last line of stdout. */
function toJson(result: OrderReport): string {
  const { order, failure } = result;
  return JSON.stringify({
    orderId: order?.id ?? null,
    personId: result.who?.personId ?? null,
    state: order?.state ?? "draft",
    product: order?.product ?? null,
    provider: result.provider,
    pictures: failure === null ? result.pictures : [],
    selfies: [
      ...result.selfies.map(({ name, id, verdict, reasons }) => ({ file: name ?? id, verdict, reasons })),
      ...result.leftOut.map(({ file, reason }) => ({ file, verdict: "refuse", reasons: [reason] })),
    ],
    quote: {
      expectedUsd: usd(order?.quote?.expectedMicros ?? 0),
      maxUsd: usd(order?.quote?.ceilingMicros ?? 0),
    },
    cost: { actualUsd: usd(order?.actualMicros ?? 0) },
    seconds: result.seconds,
    ...(failure === null ? {} : { error: { code: failure.code, message: failure.message } }),
  });
}

/** The same object for an order that never came to be. */
export function failureJson(failure: Pick<OrderFailure, "code" | "message">): string {
  return toJson({
    who: null,
    order: null,
    provider: null,
    selfies: [],
    leftOut: [],
    pictures: [],
    failure: { exit: EXIT.defect, ...failure },
    seconds: 0,
  });
}

/** Says how the order ended: in words on stderr, and as JSON on stdout when asked. */
export function report(io: CommandIo, json: boolean, result: OrderReport): void {
  if (result.failure !== null) io.say(result.failure.message);
  else {
    const wanted = result.order?.count ?? 0;
    io.say(`${result.pictures.length} of ${wanted} pictures in ${result.seconds} s, best first.`);
  }
  if (json) io.print(toJson(result));
  else for (const { file } of result.pictures) io.print(file);
}
