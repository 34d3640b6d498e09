import type { App } from "../app.ts";
import type { OrderDetails, Who } from "../ports/for-people.ts";
import { EXIT, type CommandFile, type CommandIo } from "./command.ts";
import type { OrderOptions } from "./order.ts";
import { describeLeftOut, describeSelfie, type LeftOut, type OrderReport } from "./order-report.ts";
import { refuse } from "./refusal.ts";

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

/** Waits in small looks until `read` gives something, or the person interrupts. */
async function until<T>(app: App, io: CommandIo, read: () => Promise<T | null>): Promise<T> {
  for (;;) {
    if (io.signal.aborted) refuse(EXIT.interrupted, "interrupted", "Interrupted. Nothing was charged.");
    const found = await read();
    if (found !== null) return found;
    await new Promise<void>((resolve) => app.deps.clock.after(LOOK_MS, resolve));
  }
}

/** Sets styles and count, or names what can be chosen. */
export async function choose(
  app: App,
  who: Who,
  order: OrderDetails,
  options: Pick<OrderOptions, "styles" | "count">,
): Promise<void> {
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

/** Has every photo judged; leaves out those that would need an answer from a person. */
export async function judge(
  app: App,
  who: Who,
  files: readonly CommandFile[],
  io: CommandIo,
): Promise<Pick<OrderReport, "selfies" | "leftOut">> {
  const offered = await app.people.offerPhotos(
    who,
    app.deps.ids.next(),
    files.map((file) => ({ kind: "bytes", bytes: file.bytes, name: file.name })),
  );
  if (offered.kind !== "added") return refuse(EXIT.defect, "not_taken", "The photos could not be taken.");
  const leftOut = offered.notLookedAt.map((name): LeftOut => ({ file: name ?? "", reason: "too_many" }));
  const face = await until(app, io, async () => {
    const now = await app.people.face(who, offered.faceId);
    if (now === null) return null;
    const judged = now.selfies.filter((selfie) => selfie.state !== "uploaded").length;
    io.progress("Checking photos", judged, now.selfies.length);
    return now.settled ? now : null;
  });
  const unanswered = face.selfies.filter((selfie) => selfie.verdict === "warn" && !selfie.counts);
  for (const selfie of unanswered) await app.people.removeSelfie(who, selfie.id);
  for (const selfie of face.selfies) io.say(describeSelfie(selfie));
  for (const file of leftOut) io.say(describeLeftOut(file));
  return { selfies: face.selfies, leftOut };
}

/** Asks for the price and says Go to it. */
export async function start(app: App, who: Who, order: OrderDetails): Promise<OrderDetails> {
  const quoted = await app.people.quote(who, order.id);
  if (quoted.kind === "too_few_photos") {
    refuse(
      EXIT.usage,
      "too_few_photos",
      `${quoted.have} usable photos, ${quoted.need} are needed. Nothing was charged.`,
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
      return refuse(EXIT.defect, started.kind, "The order could not be started.");
  }
}

/** Follows the order to its end. */
export function follow(app: App, who: Who, orderId: string, io: CommandIo): Promise<OrderDetails> {
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

/** Hands over the pictures, best first. */
export async function writePictures(
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
