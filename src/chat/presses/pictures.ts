import type { CropKind } from "../../ports/imaging.ts";
import type { Answer, Turn } from "../answer.ts";
import { currentWith } from "../current-card.ts";

export async function pressVote(turn: Turn, pictureId: string, vote: "yes" | "no"): Promise<Answer> {
  const order = await turn.people.vote(turn.who, pictureId, vote);
  return order === null
    ? currentWith(turn, { code: "no_such_picture" })
    : {
        card: { kind: "results", ids: { orderId: order.id, round: String(order.round) } },
        place: "same",
      };
}

/** The order that a picture of this person belongs to. */
async function orderOf({ people, who }: Turn, pictureId: string): Promise<string | null> {
  const orders = await people.orders(who);
  return orders.find((order) => order.pictures.some((picture) => picture.id === pictureId))?.id ?? null;
}

export async function showCrops(turn: Turn, pictureId: string): Promise<Answer> {
  const orderId = await orderOf(turn, pictureId);
  return orderId === null
    ? currentWith(turn, { code: "no_such_picture" })
    : { card: { kind: "crops", ids: { pictureId, orderId } } };
}

export async function sendFile(turn: Turn, pictureId: string, crop: CropKind | "original"): Promise<Answer> {
  const orderId = await orderOf(turn, pictureId);
  return orderId === null
    ? currentWith(turn, { code: "no_such_picture" })
    : { card: { kind: "picture_file", ids: { pictureId, orderId, crop } } };
}
