import { write } from "../db/index.ts";
import type { RunInput } from "../ports/provider.ts";
import { keptSelfies, productNeeds } from "../selfies/index.ts";
import { changeOrder } from "./change.ts";
import type { OrderDeps, OrderRow } from "./order-deps.ts";
import { providerFor } from "./providers.ts";
import { creditsFor, QUOTE_VALID_MS, quoteFigures } from "./rules/quote.ts";
import { quotes } from "./schema.ts";

export type QuoteResult =
  | { readonly kind: "quoted"; readonly quoteId: string }
  | { readonly kind: "too_few_photos"; readonly have: number; readonly need: number }
  | { readonly kind: "no_provider" }
  | { readonly kind: "too_late" };

/** A run as it will be asked for, to be priced. */
function sampleRender(order: OrderRow): RunInput {
  return {
    kind: "render",
    promptId: "",
    product: order.product,
    personId: order.personId,
    style: order.styles[0] ?? "",
    seed: 0,
    photos: [],
    tune: null,
    promptText: null,
    count: 1,
  };
}

/** Prices the order as it stands and offers Go on exactly that for 30 minutes. */
export async function quoteOrder(deps: OrderDeps, orderId: string): Promise<QuoteResult> {
  const outcome: { answer: QuoteResult } = { answer: { kind: "too_late" } };
  const result = await changeOrder(deps, orderId, async (order) => {
    const kept = await keptSelfies(deps, order.faceId);
    const { needed } = productNeeds(order.product);
    if (kept.length < needed) {
      outcome.answer = { kind: "too_few_photos", have: kept.length, need: needed };
      return null;
    }
    const provider = providerFor(deps, order.product);
    if (provider === null) {
      outcome.answer = { kind: "no_provider" };
      return null;
    }
    const render = await provider.estimate(sampleRender(order));
    const figures = quoteFigures({ render, count: order.count, train: null, proofs: 0 });
    const now = deps.clock.now();
    const id = deps.ids.next();
    outcome.answer = { kind: "quoted", quoteId: id };
    return {
      event: { kind: "quoted" },
      patch: { quoteId: id, provider: provider.name },
      also: [
        write(
          deps.db.orm.insert(quotes).values({
            id,
            orderId: order.id,
            product: order.product,
            provider: provider.name,
            styles: order.styles,
            count: order.count,
            ...figures,
            credits: creditsFor(order.product, deps.policy.selling),
            createdAt: now,
            expiresAt: now + QUOTE_VALID_MS,
          }),
        ),
      ],
    };
  });
  const { answer } = outcome;
  return result === "changed" || answer.kind !== "quoted" ? answer : { kind: "too_late" };
}
