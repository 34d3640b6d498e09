import { showMessage } from "../jobs/index.ts";
import type { Announce, EngineEvent } from "../ports/chat.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { cardKey, idsOf, MESSAGES, type Card } from "./messages.ts";

/** The messages that an engine event brings up to date. */
function cardsFor(event: EngineEvent): readonly Card[] {
  switch (event.kind) {
    case "selfie_judged":
      return [{ kind: "selfies", ids: { faceId: event.faceId } }];
    case "order_moved":
    case "picture_ready":
      return [{ kind: "status", ids: { orderId: event.orderId } }];
    case "results_ready":
      return [
        { kind: "status", ids: { orderId: event.orderId } },
        { kind: "results", ids: { orderId: event.orderId, round: String(event.round) } },
      ];
    case "order_failed":
      return [
        { kind: "status", ids: { orderId: event.orderId } },
        { kind: "failed", ids: { orderId: event.orderId } },
      ];
    case "order_cancelled":
      return [
        { kind: "status", ids: { orderId: event.orderId } },
        { kind: "cancelled", ids: { orderId: event.orderId } },
      ];
    case "order_refunded":
      return [{ kind: "refund", ids: { orderId: event.orderId } }];
    case "rating_wanted":
      return [{ kind: "rating", ids: { orderId: event.orderId } }];
    case "export_ready":
      return [{ kind: "export", ids: { blobId: event.blobId } }];
    case "erased":
      return [{ kind: "erased", ids: { receiptId: event.receiptId } }];
  }
}

/** Engine events as delivery rows: repeats of an event are one message in its newest state. */
export function createAnnounce(deps: Pick<Deps, "clock" | "ids">): Announce {
  return (event): readonly Statement[] =>
    cardsFor(event).flatMap((card) =>
      showMessage(deps, {
        personId: event.personId,
        chatId: event.chatId,
        kind: card.kind,
        ids: idsOf(card),
        key: cardKey(card, event.chatId),
        importance: MESSAGES[card.kind].importance,
        ...(event.kind === "rating_wanted" ? { delayMs: event.delayMs } : {}),
      }),
    );
}
