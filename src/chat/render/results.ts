import type { Button, PictureView } from "../../ports/chat.ts";
import type { OrderDetails, PictureDetails } from "../../ports/for-people.ts";
import type { Copy } from "../copy/index.ts";
import { button, isDelivered, primary, styleTitle, text, view, type Renderer } from "./context.ts";

/** Fewer keepers than this after voting, and the guarantee holds (product.md section 3). */
const KEEPERS = 3;

function pictureView(copy: Copy, picture: PictureDetails, at: number, all: number): PictureView {
  const style = styleTitle(copy, picture.style);
  const words = copy.orders.results;
  const honest = picture.digitalSource === "trainedAlgorithmicMedia" ? words.aiCaption : words.studioCaption;
  const vote = (choice: "yes" | "no", label: string): Button =>
    button(label, { do: "vote", pictureId: picture.id, vote: choice });
  return {
    pictureId: picture.id,
    blobId: picture.blobId,
    alt: words.alt(style, at + 1, all),
    caption: `${style}. ${honest}`,
    band: picture.band,
    bandText: picture.band === null ? copy.orders.notCompared : copy.orders.bands[picture.band],
    width: picture.width,
    height: picture.height,
    sourceSelfieId: picture.sourceSelfieId,
    vote: picture.vote,
    buttons: {
      yes: vote("yes", copy.buttons.yes),
      no: vote("no", copy.buttons.no),
      fullSize: button(copy.buttons.fullSize, { do: "file", pictureId: picture.id, crop: "original" }),
      crops: button(copy.buttons.crops, { do: "crops", pictureId: picture.id }),
    },
  };
}

interface Votes {
  readonly yes: number;
  readonly no: number;
  readonly complete: boolean;
}

function countVotes(order: OrderDetails): Votes {
  const yes = order.pictures.filter((picture) => picture.vote === "yes").length;
  const no = order.pictures.filter((picture) => picture.vote === "no").length;
  return { yes, no, complete: order.pictures.length > 0 && yes + no === order.pictures.length };
}

/** What the guarantee offers after voting: first the free retake, then the credit. */
function guarantee(copy: Copy, order: OrderDetails, votes: Votes): string {
  if (!votes.complete || votes.yes >= KEEPERS || !isDelivered(order)) return "";
  if (order.retakeLeft) return copy.orders.results.onlyFew(votes.yes);
  return mayReturnCredit(order, votes) ? copy.orders.results.creditBack(votes.yes) : "";
}

function mayReturnCredit(order: OrderDetails, votes: Votes): boolean {
  return (
    isDelivered(order) &&
    !order.retakeLeft &&
    votes.complete &&
    votes.yes < KEEPERS &&
    (order.quote?.credits ?? 0) > 0 &&
    !order.creditReturned
  );
}

/** The pictures, best first, with everything that can be done with them. */
export const renderResults: Renderer<"results"> = async ({ copy, people, who }, { orderId, round }) => {
  const order = await people.order(who, orderId);
  const words = copy.orders.results;
  if (order === null || order.pictures.length === 0) return view([text(words.gone, "muted")]);
  const votes = countVotes(order);
  const promise = guarantee(copy, order, votes);
  const isLatest = String(order.round) === round;
  const retake =
    order.retakeLeft && isDelivered(order)
      ? [(promise === "" ? button : primary)(copy.buttons.retake, { do: "retake", orderId })]
      : [];
  const credit = mayReturnCredit(order, votes)
    ? [primary(copy.buttons.returnCredit, { do: "refund", orderId })]
    : [];
  const all = order.pictures.length;
  return view(
    [
      text(
        [isLatest ? words.retakeWord(order.round) : "", words.here(all), words.tap].filter(Boolean).join(" "),
      ),
      {
        kind: "gallery",
        pictures: order.pictures.map((picture, at) => pictureView(copy, picture, at, all)),
      },
      order.hidden > 0 ? text(words.hidden(order.hidden), "muted") : null,
      votes.yes + votes.no > 0 ? text(words.votes(votes.yes, votes.no), "muted") : null,
      text(promise, "notice"),
    ],
    isLatest ? [[...retake, ...credit, button(copy.buttons.delete, { do: "command", name: "delete" })]] : [],
  );
};
