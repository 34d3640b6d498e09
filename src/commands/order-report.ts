import type { OrderDetails, SelfieDetails, Who } from "../ports/for-people.ts";
import type { LikenessBand, ProviderName } from "../ports/product.ts";
import type { CommandIo, ExitCode } from "./command.ts";

export interface OrderFailure {
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: string;
}

export interface OrderReport {
  readonly who: Who;
  readonly order: OrderDetails | null;
  readonly provider: ProviderName | null;
  readonly selfies: readonly SelfieDetails[];
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

/** Micro-dollars as US dollars with at most six decimals. */
const usd = (micros: number): number => micros / 1e6;

/** The contract's JSON object: always the last line of stdout. */
function toJson(result: OrderReport): string {
  const { order, failure } = result;
  return JSON.stringify({
    orderId: order?.id ?? null,
    personId: result.who.personId,
    state: order?.state ?? "draft",
    product: order?.product ?? null,
    provider: result.provider,
    pictures: failure === null ? result.pictures : [],
    selfies: result.selfies.map(({ name, id, verdict, reasons }) => ({ file: name ?? id, verdict, reasons })),
    quote: {
      expectedUsd: usd(order?.quote?.expectedMicros ?? 0),
      maxUsd: usd(order?.quote?.ceilingMicros ?? 0),
    },
    cost: { actualUsd: usd(order?.actualMicros ?? 0) },
    seconds: result.seconds,
    ...(failure === null ? {} : { error: { code: failure.code, message: failure.message } }),
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
