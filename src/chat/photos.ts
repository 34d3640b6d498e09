import type { PhotoOffer } from "../ports/chat.ts";
import type { Answer, Turn } from "./answer.ts";
import { currentWith } from "./current-card.ts";
import type { Notice } from "./notices.ts";

const MOST_NAMES = 10;

/** Photos: judged when there is a consent, else only remembered by reference until there is one. */
export async function answerPhotos(turn: Turn, photos: readonly PhotoOffer[]): Promise<Answer> {
  if (photos.length === 0) return currentWith(turn, { code: "no_photos" });
  const outcome = await turn.people.offerPhotos(turn.who, turn.eventId, photos);
  switch (outcome.kind) {
    case "consent_first":
      return { card: { kind: "consent" }, notice: { code: "photos_held", count: outcome.held } };
    case "busy":
      return { card: { kind: "status", ids: { orderId: outcome.orderId } }, notice: { code: "busy" } };
    case "deleted":
      return { card: { kind: "erasing" } };
    case "added": {
      const names = outcome.notLookedAt.filter((name) => name !== null).slice(0, MOST_NAMES);
      const notice: Notice | undefined =
        outcome.notLookedAt.length > 0
          ? { code: "photos_not_looked_at", count: outcome.notLookedAt.length, names }
          : outcome.already > 0
            ? { code: "photos_already_here", count: outcome.already }
            : undefined;
      return { card: { kind: "selfies", ids: { faceId: outcome.faceId } }, notice, place: "near" };
    }
  }
}
