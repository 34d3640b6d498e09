import type { OrderDetails } from "../../ports/for-people.ts";
import type { Copy } from "../copy/index.ts";
import { button, primary, text, view, type Renderer } from "./context.ts";

function failureKey(copy: Copy, order: OrderDetails): keyof Copy["orders"]["failures"] {
  if (order.state === "needs_photos") return "needs_photos";
  const code = order.failureCode ?? "other";
  const known = Object.keys(copy.orders.failures) as (keyof Copy["orders"]["failures"])[];
  return known.find((key) => key === code) ?? "other";
}

const costLine = (copy: Copy, order: OrderDetails): string =>
  order.creditReturned ? copy.orders.creditIsBack : copy.orders.costNothing;

/** What happened, what it cost, what to do next. */
export const renderFailed: Renderer<"failed"> = async ({ copy, people, who }, { orderId }) => {
  const order = await people.order(who, orderId);
  if (order === null) return view([text(copy.notices.no_such_order, "muted")]);
  const key = failureKey(copy, order);
  return view(
    [
      text(`${copy.orders.failures[key]} ${costLine(copy, order)}`, "problem"),
      text(copy.orders.nextSteps[key]),
    ],
    [
      [
        primary(copy.buttons.newOrder, { do: "command", name: "headshots" }),
        button(copy.buttons.photos, { do: "photos", faceId: order.faceId }),
      ],
    ],
  );
};

export const renderCancelled: Renderer<"cancelled"> = async ({ copy, format, people, who }, { orderId }) => {
  const order = await people.order(who, orderId);
  if (order === null) return view([text(copy.notices.no_such_order, "muted")]);
  const spent = order.actualMicros > 0 ? copy.orders.cancelledCost(format.usd(order.actualMicros)) : "";
  const cost = order.creditReturned ? copy.orders.creditIsBack : spent === "" ? copy.orders.costNothing : "";
  return view(
    [text([copy.orders.cancelled, spent, cost].filter(Boolean).join(" "))],
    [[primary(copy.buttons.newOrder, { do: "command", name: "headshots" })]],
  );
};

export const renderRefund: Renderer<"refund"> = async ({ copy, people, who }, { orderId }) => {
  const order = await people.order(who, orderId);
  const credits = order?.quote?.credits ?? 0;
  return view(
    [text(credits > 0 ? copy.orders.refunded(credits) : copy.orders.refundDone)],
    [[primary(copy.buttons.newOrder, { do: "command", name: "headshots" })]],
  );
};

const STARS = [1, 2, 3, 4, 5];

/** The one question after voting. */
export const renderRating: Renderer<"rating"> = async ({ copy, people, who }, { orderId }) => {
  const words = copy.orders.rating;
  const order = await people.order(who, orderId);
  if (order === null) return null;
  if (order.rating === 0) return view([text(words.skipped, "muted")]);
  if (order.rating !== null) return view([text(words.thanks(order.rating), "muted")]);
  return view(
    [text(words.ask)],
    [
      STARS.map((stars) => button(String(stars), { do: "rate", orderId, stars })),
      [button(copy.buttons.skip, { do: "rate", orderId, stars: 0 })],
    ],
  );
};
