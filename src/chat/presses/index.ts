import { readAction } from "../actions.ts";
import type { Answer, Turn } from "../answer.ts";
import { answerCommand } from "../commands.ts";
import { currentWith } from "../current-card.ts";
import { askDeleteFace, chooseLanguage, deleteFace, eraseEverything } from "./account.ts";
import { cancelOrder, openOrderCard, pressGo, pressRating, pressRefund, pressRetake } from "./order.ts";
import { pressVote, sendFile, showCrops } from "./pictures.ts";
import {
  answerSelfie,
  askQuote,
  giveConsent,
  pressStyle,
  showPhotos,
  showStyles,
  styleAnswer,
} from "./prepare.ts";

/** Answers a button, whoever's, however old, however often pressed. */
export async function answerPress(turn: Turn, pressed: string): Promise<Answer> {
  const { people, who } = turn;
  const action = readAction(pressed);
  if (action === null) return currentWith(turn, { code: "unknown_button" });
  switch (action.do) {
    case "command":
      return answerCommand(turn, action.name, null);
    case "begin": {
      const { consented } = await people.overview(who);
      return consented ? answerCommand(turn, "headshots", null) : { card: { kind: "consent" } };
    }
    case "consent":
      return giveConsent(turn);
    case "tips":
      return { card: { kind: "tips" } };
    case "photos":
      return showPhotos(turn, action.faceId);
    case "keep_selfie":
      return answerSelfie(turn, action.selfieId, true);
    case "drop_selfie":
      return answerSelfie(turn, action.selfieId, false);
    case "styles":
      return showStyles(turn, action.orderId);
    case "style":
      return pressStyle(turn, action.orderId, action.key, action.on);
    case "choose_for_me":
      return styleAnswer(turn, action.orderId, await people.chooseForMe(who, action.orderId));
    case "count":
      return styleAnswer(turn, action.orderId, await people.setCount(who, action.orderId, action.count));
    case "quote":
      return askQuote(turn, action.orderId);
    case "go":
      return pressGo(turn, action.quoteId);
    case "cancel":
      return cancelOrder(turn, action.orderId);
    case "order":
      return openOrderCard(turn, action.orderId);
    case "vote":
      return pressVote(turn, action.pictureId, action.vote);
    case "crops":
      return showCrops(turn, action.pictureId);
    case "file":
      return sendFile(turn, action.pictureId, action.crop);
    case "retake":
      return pressRetake(turn, action.orderId);
    case "refund":
      return pressRefund(turn, action.orderId);
    case "rate":
      return pressRating(turn, action.orderId, action.stars);
    case "ask_delete_face":
      return askDeleteFace(turn, action.faceId);
    case "delete_face":
      return deleteFace(turn, action.faceId);
    case "erase":
      return eraseEverything(turn);
    case "language":
      return chooseLanguage(turn, action.language);
  }
}
