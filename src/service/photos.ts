import type { PhotoOffer } from "../ports/chat.ts";
import type { Deps } from "../ports/deps.ts";
import type { FaceDetails, OfferOutcome, OrderDetails, Who } from "../ports/for-people.ts";
import { changeOrder, endOrdersOfFace, findDraft, openDraft } from "../orders/index.ts";
import { removePictures } from "../pictures/index.ts";
import {
  confirmSelfie,
  currentFace,
  faceDetails,
  offerSelfies,
  openFace,
  removeFace,
  removeSelfie,
} from "../selfies/index.ts";

/** Takes photos. Before consent only references are kept, for an hour, and bytes are not taken at all. */
export async function offerPhotos(
  deps: Deps,
  who: Who,
  eventId: string,
  photos: readonly PhotoOffer[],
): Promise<OfferOutcome> {
  const face = await openFace(deps, who);
  if (face === null) return { kind: "deleted" };
  const references = photos.filter((photo) => photo.kind === "reference");
  if (face.consentId === null) {
    if (references.length > 0)
      await offerSelfies(deps, { ...who, faceId: face.id, eventId, photos: references });
    return { kind: "consent_first", held: references.length };
  }
  const draft = await openDraft(deps, {
    personId: who.personId,
    chatId: who.chatId,
    faceId: face.id,
    hasPhotos: true,
  });
  const offered = await offerSelfies(deps, { ...who, faceId: face.id, eventId, photos });
  if (draft.state === "consented" || draft.state === "draft") {
    await changeOrder(deps, draft.id, () => Promise.resolve({ event: { kind: "photos_offered" } }));
  }
  deps.waker.notify();
  return { kind: "added", faceId: face.id, ...offered };
}

/** Opens, or returns, the order being prepared. Photos of an earlier order are used again. */
export async function openOrder(
  deps: Deps,
  who: Who,
  read: (orderId: string) => Promise<OrderDetails | null>,
  options: { product?: OrderDetails["product"] | undefined; triggerWord?: string | undefined } = {},
): Promise<OrderDetails | { readonly kind: "consent_first" }> {
  const face = await currentFace(deps, who.personId);
  if (face === null || face.consentId === null) return { kind: "consent_first" };
  const details = await faceDetails(deps, face.id, options.product ?? deps.policy.defaultProduct);
  const order = await openDraft(deps, {
    personId: who.personId,
    chatId: who.chatId,
    faceId: face.id,
    hasPhotos: (details?.selfies.length ?? 0) > 0,
    ...options,
  });
  return (await read(order.id)) ?? { kind: "consent_first" };
}

async function afterChange(deps: Deps, who: Who, faceId: string): Promise<FaceDetails | null> {
  deps.waker.notify();
  return ownFace(deps, who, faceId);
}

/** A face of this person with what the order on it needs. */
export async function ownFace(deps: Deps, who: Who, faceId: string): Promise<FaceDetails | null> {
  const draft = await findDraft(deps, faceId);
  const details = await faceDetails(deps, faceId, draft?.product ?? deps.policy.defaultProduct);
  return details !== null && details.personId === who.personId ? details : null;
}

/** "Yes, that is me" or "keep it anyway". */
export async function confirmOwnSelfie(deps: Deps, who: Who, selfieId: string): Promise<FaceDetails | null> {
  const faceId = await confirmSelfie(deps, who.personId, selfieId);
  return faceId === null ? null : afterChange(deps, who, faceId);
}

/** "Leave it out": the photo is deleted. */
export async function removeOwnSelfie(deps: Deps, who: Who, selfieId: string): Promise<FaceDetails | null> {
  const faceId = await removeSelfie(deps, who.personId, selfieId);
  return faceId === null ? null : afterChange(deps, who, faceId);
}

/** Deletes a face with its photos and the pictures made of them; orders on it that are not finished end first. */
export async function deleteFace(
  deps: Deps,
  who: Who,
  faceId: string,
): Promise<{ readonly photos: number; readonly pictures: number } | null> {
  const face = await ownFace(deps, who, faceId);
  if (face === null) return null;
  const orderIds = await endOrdersOfFace(deps, faceId);
  const pictures = await removePictures(deps, orderIds);
  const photos = await removeFace(deps, who.personId, faceId);
  return { photos, pictures };
}
