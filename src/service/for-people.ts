import type { Deps } from "../ports/deps.ts";
import type { ForPeople, OrderDetails, StyleOutcome, Who } from "../ports/for-people.ts";
import {
  askRating,
  cancelOrder,
  chooseStylesForThem,
  go,
  orderDetails,
  ordersOf,
  paidOrdersToday,
  quoteOrder,
  rateOrder,
  readOrder,
  refundOrder,
  retakeOrder,
  setCount,
  setStyles,
  toggleStyle,
  type ChooseResult,
} from "../orders/index.ts";
import { rearmStep } from "../jobs/index.ts";
import { credits, grantCredits } from "../money/index.ts";
import {
  askErasure,
  askExport,
  createLinkCode,
  hasLinkedAccount,
  meetPerson,
  redeemLinkCode,
  reportAbuse,
  setLanguage,
} from "../people/index.ts";
import { pictureFile, votePicture } from "../pictures/index.ts";
import { faceDetails, facesOf, selfieFile } from "../selfies/index.ts";
import { giveConsent } from "./consent.ts";
import { mergers } from "./data-of-a-person.ts";
import { overview } from "./overview.ts";
import { ownOrder, ownOrderDetails } from "./own-order.ts";
import { confirmOwnSelfie, deleteFace, offerPhotos, openOrder, ownFace, removeOwnSelfie } from "./photos.ts";

/** The service's face for people: every chat and the command line call this and nothing below it. */
export function createForPeople(deps: Deps): ForPeople {
  const details = (who: Who, orderId: string): Promise<OrderDetails | null> =>
    ownOrderDetails(deps, who.personId, orderId);

  async function choose(who: Who, orderId: string, run: () => Promise<ChooseResult>): Promise<StyleOutcome> {
    if ((await ownOrder(deps, who.personId, orderId)) === null) return { kind: "too_late" };
    const result = await run();
    if (result.kind !== "chosen") return result;
    const order = await details(who, orderId);
    return order === null ? { kind: "too_late" } : { kind: "chosen", order };
  }

  return {
    meet: (account, address, language) =>
      meetPerson(deps, account, address, language, (personId, key) =>
        grantCredits(deps, { personId, credits: deps.policy.freeCredits, reason: "welcome", key }),
      ),
    overview: (who) => overview(deps, who),
    consent: (who) => giveConsent(deps, who),
    openOrder: (who, options) => openOrder(deps, who, (id) => details(who, id), options),
    offerPhotos: (who, eventId, photos) => offerPhotos(deps, who, eventId, photos),
    confirmSelfie: (who, selfieId) => confirmOwnSelfie(deps, who, selfieId),
    removeSelfie: (who, selfieId) => removeOwnSelfie(deps, who, selfieId),
    toggleStyle: (who, orderId, key) => choose(who, orderId, () => toggleStyle(deps, orderId, key)),
    setStyles: (who, orderId, keys) => choose(who, orderId, () => setStyles(deps, orderId, keys)),
    chooseForMe: (who, orderId) => choose(who, orderId, () => chooseStylesForThem(deps, orderId)),
    setCount: (who, orderId, count) => choose(who, orderId, () => setCount(deps, orderId, count)),

    async quote(who, orderId) {
      const order = await ownOrder(deps, who.personId, orderId);
      if (order === null) return { kind: "too_late" };
      const face = await faceDetails(deps, order.faceId, order.product);
      if (face !== null && !face.settled) return { kind: "still_checking" };
      const result = await quoteOrder(deps, orderId);
      if (result.kind !== "quoted") return result;
      const quoted = await details(who, orderId);
      return quoted?.quote === null || quoted === null
        ? { kind: "too_late" }
        : { kind: "quoted", order: quoted, quote: quoted.quote };
    },

    async go(who, quoteId) {
      const known =
        who.platform !== "web" || deps.policy.loopback || (await hasLinkedAccount(deps, who.personId));
      const result = await go(deps, { personId: who.personId, mayOrderPaid: known }, quoteId);
      if (result.kind !== "started" && result.kind !== "already") return result;
      const order = await details(who, result.orderId);
      return order === null ? { kind: "gone" } : { kind: result.kind, order };
    },

    async cancel(who, orderId) {
      return (await ownOrder(deps, who.personId, orderId)) === null
        ? { kind: "gone" }
        : cancelOrder(deps, orderId);
    },

    async vote(who, pictureId, vote) {
      const voted = await votePicture(deps, who.personId, pictureId, vote);
      if (voted === null) return null;
      const order = await readOrder(deps, voted.orderId);
      if (order === null) return null;
      const after = await orderDetails(deps, order);
      const allVoted = after.pictures.every((picture) => picture.vote !== null);
      await deps.db.batch(askRating(deps, order, allVoted));
      deps.waker.notify();
      return after;
    },

    async retake(who, orderId) {
      if ((await ownOrder(deps, who.personId, orderId)) === null) return { kind: "gone" };
      const result = await retakeOrder(deps, orderId);
      if (result.kind !== "started") return { kind: result.kind };
      const order = await details(who, orderId);
      return order === null ? { kind: "gone" } : { kind: "started", order };
    },

    async refund(who, orderId) {
      const order = await details(who, orderId);
      if (order === null) return { kind: "gone" };
      // The guarantee: after the free retake, fewer than three pictures that look like the person.
      const keepers = order.pictures.filter((picture) => picture.vote === "yes").length;
      const rated = order.pictures.some((picture) => picture.vote !== null);
      if (order.deliveredAt !== null && (order.retakeLeft || !rated || keepers >= 3))
        return { kind: "not_entitled" };
      return refundOrder(deps, { kind: "person", personId: who.personId }, orderId);
    },

    async rate(who, orderId, stars) {
      if ((await ownOrder(deps, who.personId, orderId)) === null) return null;
      await rateOrder(deps, orderId, stars);
      return details(who, orderId);
    },

    async orders(who) {
      const list: OrderDetails[] = [];
      for (const order of await ordersOf(deps, who.personId)) {
        if (order.state !== "deleted") list.push(await orderDetails(deps, order));
      }
      return list;
    },

    order: details,

    async faces(who) {
      const list = [];
      for (const face of await facesOf(deps, who.personId)) {
        const found = await ownFace(deps, who, face.id);
        if (found !== null) list.push(found);
      }
      return list;
    },

    face: (who, faceId) => ownFace(deps, who, faceId),
    deleteFace: (who, faceId) => deleteFace(deps, who, faceId),
    pictureFile: (who, pictureId, crop) => pictureFile(deps, who.personId, pictureId, crop),
    selfieFile: (who, selfieId) => selfieFile(deps, who.personId, selfieId),

    async balance(who) {
      const used = await paidOrdersToday(deps, who.personId);
      return {
        credits: await credits(deps, who.personId),
        selling: deps.policy.selling,
        ordersLeftToday: Math.max(0, deps.policy.ordersPerPersonDay - used),
      };
    },

    linkCode: (who) => createLinkCode(deps, who.personId),
    redeemLink: (who, code) => redeemLinkCode(deps, who.personId, code, mergers(deps)),
    askExport: (who) =>
      askExport(deps, { personId: who.personId, chatId: who.chatId }, (step) => rearmStep(deps, step)),

    async askErasure(who) {
      const { erasureId } = await askErasure(deps, { personId: who.personId, chatId: who.chatId }, (step) =>
        rearmStep(deps, step),
      );
      deps.waker.notify();
      return { receiptId: erasureId };
    },

    report: (who, words) => reportAbuse(deps, { personId: who.personId, words }),
    setLanguage: (who, language) => setLanguage(deps, who.personId, language),
  };
}
