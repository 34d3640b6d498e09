import type { StyleOutcome } from "../../ports/for-people.ts";
import type { Answer, Turn } from "../answer.ts";
import { currentWith, orderCard } from "../current-card.ts";
import type { Card } from "../messages.ts";

const stylesCard = (orderId: string): Card => ({ kind: "styles", ids: { orderId } });

/** The yes: records it, fetches what was offered before it and opens an order. A second press finds all of it there. */
export async function giveConsent({ people, who }: Turn): Promise<Answer> {
  const { faceId } = await people.consent(who);
  return { card: { kind: "selfies", ids: { faceId } }, stale: [{ kind: "consent" }] };
}

export async function answerSelfie(turn: Turn, selfieId: string, keep: boolean): Promise<Answer> {
  const { people, who } = turn;
  const face = keep ? await people.confirmSelfie(who, selfieId) : await people.removeSelfie(who, selfieId);
  return face === null
    ? currentWith(turn, { code: "no_such_photo" })
    : { card: { kind: "selfies", ids: { faceId: face.id } }, place: "same" };
}

export async function showPhotos(turn: Turn, faceId: string): Promise<Answer> {
  return (await turn.people.face(turn.who, faceId)) === null
    ? currentWith(turn, { code: "no_such_face" })
    : { card: { kind: "selfies", ids: { faceId } } };
}

/** An order that can no longer be prepared: what it is now instead, or that it is not there. */
async function tooLate(turn: Turn, orderId: string): Promise<Answer> {
  const order = await turn.people.order(turn.who, orderId);
  return order === null
    ? currentWith(turn, { code: "no_such_order" })
    : { card: await orderCard(turn, order), notice: { code: "too_late" } };
}

export async function showStyles(turn: Turn, orderId: string): Promise<Answer> {
  const order = await turn.people.order(turn.who, orderId);
  return order === null ? currentWith(turn, { code: "no_such_order" }) : { card: stylesCard(orderId) };
}

/** What became of a choice of styles or of a number. */
export async function styleAnswer(turn: Turn, orderId: string, outcome: StyleOutcome): Promise<Answer> {
  const card = stylesCard(orderId);
  switch (outcome.kind) {
    case "chosen":
      return { card, place: "same", stale: [{ kind: "quote", ids: { orderId } }] };
    case "needs_ai":
      return {
        card,
        notice: { code: "needs_ai", style: outcome.key, available: [...outcome.available] },
        place: "same",
      };
    case "unknown_style":
      return {
        card,
        notice: { code: "unknown_style", available: [...outcome.available] },
        place: "same",
      };
    case "too_many":
      return { card, notice: { code: "too_many", most: outcome.most }, place: "same" };
    case "too_late":
      return tooLate(turn, orderId);
  }
}

/** Turns a style on or off. The button names the wanted state, so a second press of it finds nothing to do. */
export async function pressStyle(turn: Turn, orderId: string, key: string, on: boolean): Promise<Answer> {
  const { people, who } = turn;
  const order = await people.order(who, orderId);
  if (order === null) return currentWith(turn, { code: "no_such_order" });
  const outcome: StyleOutcome =
    order.styles.includes(key) === on
      ? { kind: "chosen", order }
      : await people.toggleStyle(who, orderId, key);
  return styleAnswer(turn, orderId, outcome);
}

/** Asks for the price of what is chosen. */
export async function askQuote(turn: Turn, orderId: string): Promise<Answer> {
  const outcome = await turn.people.quote(turn.who, orderId);
  switch (outcome.kind) {
    case "quoted":
      return { card: { kind: "quote", ids: { orderId } } };
    case "too_late":
      return tooLate(turn, orderId);
    case "no_provider":
      return { card: stylesCard(orderId), notice: { code: "no_provider" } };
    case "too_few_photos":
    case "still_checking": {
      const order = await turn.people.order(turn.who, orderId);
      if (order === null) return currentWith(turn, { code: "no_such_order" });
      const notice =
        outcome.kind === "too_few_photos"
          ? ({ code: "too_few_photos", have: outcome.have, need: outcome.need } as const)
          : ({ code: "still_checking" } as const);
      return { card: { kind: "selfies", ids: { faceId: order.faceId } }, notice };
    }
  }
}
