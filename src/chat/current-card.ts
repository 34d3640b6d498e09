import type { FaceDetails, OrderDetails } from "../ports/for-people.ts";
import type { Answer, Turn } from "./answer.ts";
import type { Card } from "./messages.ts";
import type { Notice } from "./notices.ts";
import { isDelivered, isDraft, isWorking } from "./render/context.ts";

/** Where an order that is being prepared stands: photos first, then styles, then the price. */
function draftCard(order: OrderDetails, face: FaceDetails | null): Card {
  if (order.state === "quoted" && order.quote !== null) return { kind: "quote", ids: { orderId: order.id } };
  if (face === null || face.kept < face.needed || order.styles.length === 0 || order.state !== "ready") {
    return { kind: "selfies", ids: { faceId: order.faceId } };
  }
  return { kind: "styles", ids: { orderId: order.id } };
}

/** The message that shows an order as it is now. */
export async function orderCard(
  { people, who }: Pick<Turn, "people" | "who">,
  order: OrderDetails,
): Promise<Card> {
  if (isDraft(order)) return draftCard(order, await people.face(who, order.faceId));
  if (isWorking(order)) return { kind: "status", ids: { orderId: order.id } };
  if (isDelivered(order)) {
    return { kind: "results", ids: { orderId: order.id, round: String(order.round) } };
  }
  if (order.state === "failed") return { kind: "failed", ids: { orderId: order.id } };
  if (order.state === "cancelled") return { kind: "cancelled", ids: { orderId: order.id } };
  return { kind: "orders" };
}

/** What a person should look at now, whatever they did. */
export async function currentCard(turn: Pick<Turn, "people" | "who">): Promise<Card> {
  const overview = await turn.people.overview(turn.who);
  if (!overview.consented) return { kind: turn.who.isNew ? "welcome" : "consent" };
  const running = overview.running[0];
  if (overview.draft !== null) return orderCard(turn, overview.draft);
  return running === undefined ? { kind: "home" } : { kind: "status", ids: { orderId: running.id } };
}

/** Says what became of an event, above the card that the person should look at now. */
export async function currentWith(turn: Pick<Turn, "people" | "who">, notice: Notice): Promise<Answer> {
  return { card: await currentCard(turn), notice };
}
