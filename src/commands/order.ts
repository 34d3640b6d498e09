import { z } from "zod";
import type { App } from "../app.ts";
import type { FaceDetails, OrderDetails, SelfieDetails, Who } from "../ports/for-people.ts";
import { EXIT, type Command, type CommandFile, type CommandIo, type ExitCode } from "./command.ts";
import { describeSelfie, report, type OrderFailure, type OrderReport } from "./order-report.ts";

export const OrderOptions = z.object({
  consent: z.boolean(),
  styles: z.array(z.string()).nullable(),
  count: z.number().int().min(1).max(40),
  model: z.enum(["studio", "best", "fast", "classic"]).nullable(),
  trigger: z.string().nullable(),
  json: z.boolean(),
});
export type OrderOptions = z.infer<typeof OrderOptions>;

const LOOK_MS = 100;
const ENDED = new Set<OrderDetails["state"]>([
  "delivered",
  "closed",
  "failed",
  "cancelled",
  "expired",
  "deleted",
  "needs_photos",
]);

/** A refusal on the way, with the exit code it leads to. */
class Refused extends Error {
  readonly failure: OrderFailure;
  constructor(failure: OrderFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

function refuse(exit: ExitCode, code: string, message: string): never {
  throw new Refused({ exit, code, message });
}

/** Waits in small looks until `read` gives something, or the person interrupts. */
async function until<T>(app: App, io: CommandIo, read: () => Promise<T | null>): Promise<T> {
  for (;;) {
    if (io.signal.aborted) refuse(EXIT.interrupted, "interrupted", "Interrupted.");
    const found = await read();
    if (found !== null) return found;
    await new Promise<void>((resolve) => app.deps.clock.after(LOOK_MS, resolve));
  }
}

/** Has every photo judged; leaves out those that would need an answer from a person. */
async function judge(app: App, who: Who, files: readonly CommandFile[], io: CommandIo): Promise<FaceDetails> {
  const offered = await app.people.offerPhotos(
    who,
    app.deps.ids.next(),
    files.map((file) => ({ kind: "bytes", bytes: file.bytes, name: file.name })),
  );
  if (offered.kind !== "added") return refuse(EXIT.defect, "not_taken", "The photos could not be taken.");
  for (const name of offered.notLookedAt)
    io.say(`${name ?? "A photo"}: not looked at, 40 photos are the most.`);
  const face = await until(app, io, async () => {
    const now = await app.people.face(who, offered.faceId);
    if (now === null) return null;
    const judged = now.selfies.filter((selfie) => selfie.state !== "uploaded").length;
    io.progress("Checking photos", judged, now.selfies.length);
    return now.settled ? now : null;
  });
  const unanswered = face.selfies.filter((selfie) => selfie.verdict === "warn" && !selfie.counts);
  for (const selfie of unanswered) await app.people.removeSelfie(who, selfie.id);
  return face;
}

async function choose(app: App, who: Who, order: OrderDetails, options: OrderOptions): Promise<void> {
  const chosen =
    options.styles === null
      ? await app.people.chooseForMe(who, order.id)
      : await app.people.setStyles(who, order.id, options.styles);
  switch (chosen.kind) {
    case "chosen":
      break;
    case "needs_ai":
      refuse(
        EXIT.usage,
        "style_needs_ai",
        `The style ${chosen.key} needs AI. Made on this machine: ${chosen.available.join(", ")}.`,
      );
    case "unknown_style":
      refuse(
        EXIT.usage,
        "unknown_style",
        `There is no style ${chosen.key}. There are: ${chosen.available.join(", ")}.`,
      );
    case "too_many":
      refuse(EXIT.usage, "too_many_styles", `At most ${chosen.most} styles in one order.`);
    case "too_late":
      refuse(EXIT.defect, "too_late", "The order could not be changed.");
  }
  await app.people.setCount(who, order.id, options.count);
}

async function start(app: App, who: Who, order: OrderDetails): Promise<OrderDetails> {
  const quoted = await app.people.quote(who, order.id);
  if (quoted.kind === "too_few_photos") {
    refuse(
      EXIT.usage,
      "too_few_photos",
      `${quoted.have} usable photos, ${quoted.need} are needed. Nothing was charged.`,
    );
  }
  if (quoted.kind === "no_provider") {
    refuse(
      EXIT.usage,
      "no_provider",
      `Nothing here makes the product ${order.product}. Set up a provider or leave --model out.`,
    );
  }
  if (quoted.kind !== "quoted") refuse(EXIT.defect, quoted.kind, "The order could not be priced.");
  const started = await app.people.go(who, quoted.quote.id);
  switch (started.kind) {
    case "started":
    case "already":
      return started.order;
    case "over_budget":
      return refuse(
        EXIT.budget,
        "over_budget",
        "The budget of the day or the month does not allow this order. Nothing was charged.",
      );
    case "quota":
      return refuse(
        EXIT.budget,
        "quota",
        `${started.perDay} orders a day are the most. Nothing was charged.`,
      );
    case "no_credit":
      return refuse(EXIT.budget, "no_credit", "No credit is left. Nothing was charged.");
    default:
      return refuse(EXIT.defect, started.kind, "The order could not be started. Nothing was charged.");
  }
}

/** Follows the order to its end. */
function follow(app: App, who: Who, orderId: string, io: CommandIo): Promise<OrderDetails> {
  return until(app, io, async () => {
    const order = await app.people.order(who, orderId);
    if (order === null) return refuse(EXIT.defect, "gone", "The order is gone.");
    const done = order.prompts.filter(({ state }) => state === "done" || state === "failed").length;
    io.progress(
      order.prompts.length === 0 ? "Planning pictures" : "Making pictures",
      done,
      order.prompts.length || order.count,
    );
    return ENDED.has(order.state) ? order : null;
  });
}

async function writePictures(
  app: App,
  who: Who,
  order: OrderDetails,
  io: CommandIo,
): Promise<OrderReport["pictures"]> {
  const written: OrderReport["pictures"] = [];
  for (const [at, picture] of order.pictures.slice(0, order.count).entries()) {
    const file = await app.people.pictureFile(who, picture.id, "original");
    if (file === null) continue;
    const name = `${String(at + 1).padStart(2, "0")}-${picture.style}.jpg`;
    await io.deliver(name, file.bytes);
    written.push({
      file: name,
      style: picture.style,
      score: Math.round(picture.score * 1000) / 1000,
      likeness: picture.band,
      width: picture.width,
      height: picture.height,
    });
  }
  return written;
}

/** Runs one whole order from photos to pictures, as a new person who can be erased by `order:ID`. */
export const orderCommand: Command<OrderOptions> = async (app, options, files, io) => {
  const startedAt = app.deps.clock.now();
  const who = await app.people.meet({ platform: "cli", externalId: app.deps.ids.next() }, "terminal", "en");
  let order: OrderDetails | null = null;
  let selfies: readonly SelfieDetails[] = [];
  let pictures: OrderReport["pictures"] = [];
  let failure: OrderFailure | null = null;
  try {
    if (!options.consent) {
      refuse(
        EXIT.usage,
        "consent_missing",
        "Add --consent: I am 18 or older and the photos show me, or I have this person's consent.",
      );
    }
    if (files.length === 0)
      refuse(EXIT.usage, "no_photos", "No photos were given. Name photos or a folder of photos.");
    await app.people.consent(who);
    const face = await judge(app, who, files, io);
    selfies = face.selfies;
    for (const selfie of selfies) io.say(describeSelfie(selfie));
    const opened = await app.people.openOrder(who, {
      ...(options.model === null ? {} : { product: options.model }),
      ...(options.trigger === null ? {} : { triggerWord: options.trigger }),
    });
    if ("kind" in opened) return refuse(EXIT.defect, "consent_missing", "The consent was not recorded.");
    order = opened;
    await choose(app, who, order, options);
    order = await start(app, who, order);
    order = await follow(app, who, order.id, io);
    if (order.state === "delivered" || order.state === "closed")
      pictures = await writePictures(app, who, order, io);
    else failure = endedWithout(order);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    failure = error.failure;
    if (failure.exit === EXIT.interrupted && order !== null) failure = await interrupt(app, who, order.id);
  }
  if (order !== null) order = (await app.people.order(who, order.id)) ?? order;
  const seconds = Math.round((app.deps.clock.now() - startedAt) / 100) / 10;
  report(io, options.json, {
    who,
    order,
    selfies,
    pictures,
    failure,
    seconds,
    provider: order === null ? null : app.providerName(order.product),
  });
  return failure?.exit ?? EXIT.ok;
};

function endedWithout(order: OrderDetails): OrderFailure {
  const charged =
    order.actualMicros === 0 ? "Nothing was charged." : `${order.actualMicros / 1e6} USD were charged.`;
  const refusedPhotos = order.failureCode === "styles_not_possible";
  return {
    exit: refusedPhotos ? EXIT.usage : EXIT.provider,
    code: order.failureCode ?? order.state,
    message: refusedPhotos
      ? `These photos do not allow the chosen styles; own-background and black-white always work. ${charged}`
      : `The order ended as ${order.state.replaceAll("_", " ")}. ${charged}`,
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
