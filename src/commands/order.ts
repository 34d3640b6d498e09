import { z } from "zod";
import type { App } from "../app.ts";
import { AppError } from "../ports/errors.ts";
import type { OrderDetails, Who } from "../ports/for-people.ts";
import { REASON_CODES } from "../ports/selfie.ts";
import { EXIT, type Command } from "./command.ts";
import { choose, follow, judge, start, writePictures } from "./order-stages.ts";
import { charged, describeLeftOut, report, type OrderReport } from "./order-report.ts";
import { refuse, Refused, type OrderFailure } from "./refusal.ts";

export const OrderOptions = z.object({
  consent: z.boolean(),
  styles: z.array(z.string()).nullable(),
  count: z.number().int().min(1).max(40),
  model: z.enum(["studio", "best", "fast", "classic"]).nullable(),
  trigger: z.string().nullable(),
  json: z.boolean(),
  /** Files that were not even read; they are reported like photos that were. */
  leftOut: z.array(z.object({ file: z.string(), reason: z.enum(REASON_CODES) })),
});
export type OrderOptions = z.infer<typeof OrderOptions>;

/** Runs one whole order from photos to pictures, as a new person who can be erased by `order:ID`. */
export const orderCommand: Command<OrderOptions> = async (app, options, files, io) => {
  const startedAt = app.deps.clock.now();
  let who: Who | null = null;
  let order: OrderDetails | null = null;
  let photos: Pick<OrderReport, "selfies" | "leftOut"> = { selfies: [], leftOut: options.leftOut };
  let pictures: OrderReport["pictures"] = [];
  let failure: OrderFailure | null = null;
  try {
    for (const file of options.leftOut) io.say(describeLeftOut(file));
    refuseEarly(app, options, files.length);
    who = await app.people.meet({ platform: "cli", externalId: app.deps.ids.next() }, "terminal", "en");
    await app.people.consent(who);
    const opened = await app.people.openOrder(who, {
      ...(options.model === null ? {} : { product: options.model }),
      ...(options.trigger === null ? {} : { triggerWord: options.trigger }),
    });
    if ("kind" in opened) return refuse(EXIT.defect, "consent_missing", "The consent was not recorded.");
    order = opened;
    await choose(app, who, order, options);
    const judged = await judge(app, who, files, io);
    photos = { selfies: judged.selfies, leftOut: [...judged.leftOut, ...options.leftOut] };
    order = await start(app, who, order);
    order = await follow(app, who, order.id, io);
    if (order.state === "delivered" || order.state === "closed")
      pictures = await writePictures(app, who, order, io);
    else failure = endedWithout(order);
  } catch (error) {
    failure = failureOf(app, error);
    if (failure.exit === EXIT.interrupted && who !== null && order !== null)
      failure = await interrupt(app, who, order.id);
  }
  if (who !== null && order !== null) order = await asItIsNow(app, who, order);
  if (failure?.exit === EXIT.defect && order !== null)
    failure = { ...failure, message: `${failure.message} ${charged(order.actualMicros)}` };
  const seconds = Math.round((app.deps.clock.now() - startedAt) / 100) / 10;
  const provider = order === null ? null : app.providerName(order.product);
  report(io, options.json, { who, order, ...photos, pictures, failure, seconds, provider });
  return failure?.exit ?? EXIT.ok;
};

/** What can be known before anything is kept of the person. */
function refuseEarly(app: App, { consent, model, leftOut }: OrderOptions, photos: number): void {
  if (!consent) {
    refuse(
      EXIT.usage,
      "consent_missing",
      "Add --consent: I am 18 or older and the photos show me, or I have this person's consent.",
    );
  }
  if (photos === 0) {
    const found = leftOut.length === 0 ? "No photos were found." : "None of these files could be taken.";
    refuse(EXIT.usage, "no_photos", `${found} Name photos or a folder of photos.`);
  }
  if (model !== null && app.providerName(model) === null) {
    refuse(
      EXIT.usage,
      "no_provider",
      `Nothing here makes the product ${model}. Set up a provider or leave --model out.`,
    );
  }
}

/** A defect goes to the log with its cause; the person reads a sentence. */
function failureOf(app: App, error: unknown): OrderFailure {
  if (error instanceof Refused) return error.failure;
  app.deps.log.error("command.failed", error, { command: "order" });
  const known = error instanceof AppError;
  // Only our own messages are written for people.
  const reason = known ? error.message : "the log says why";
  return {
    exit: EXIT.defect,
    code: known ? error.code.toLowerCase() : "defect",
    message: `The order could not be followed: ${reason}.`,
  };
}

/** The last state that can be read: after a defect there may be no other. */
async function asItIsNow(app: App, who: Who, order: OrderDetails): Promise<OrderDetails> {
  try {
    return (await app.people.order(who, order.id)) ?? order;
  } catch (error) {
    app.deps.log.error("command.failed", error, { command: "order" });
    return order;
  }
}

function endedWithout(order: OrderDetails): OrderFailure {
  const refusedPhotos = order.failureCode === "styles_not_possible";
  const words = refusedPhotos
    ? "These photos do not allow the chosen styles; own-background and black-white always work."
    : `The order ended as ${order.state.replaceAll("_", " ")}.`;
  return {
    exit: refusedPhotos ? EXIT.usage : EXIT.provider,
    code: order.failureCode ?? order.state,
    message: `${words} ${charged(order.actualMicros)}`,
  };
}

async function interrupt(app: App, who: Who, orderId: string): Promise<OrderFailure> {
  const cancelled = await app.people.cancel(who, orderId);
  const cost = cancelled.kind === "cancelled" ? cancelled.costMicros : 0;
  return {
    exit: EXIT.interrupted,
    code: "interrupted",
    message: cost === 0 ? "Order cancelled. It cost nothing." : `Order cancelled. It cost ${cost / 1e6} USD.`,
  };
}
