import { and, eq, isNull } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { Who } from "../ports/for-people.ts";
import { openDraft } from "../orders/index.ts";
import { recordConsent } from "../people/index.ts";
import { fetchOffered, openFace } from "../selfies/index.ts";
import { face } from "../selfies/schema.ts";

/** The version of the consent text in the catalogues; raised when its meaning changes. */
export const CONSENT_TEXT_VERSION = "2026-11";

/**
 * Records the yes on the person's face, fetches the photos that were offered before it, and opens an order.
 * A second press finds all of it there.
 */
export async function giveConsent(deps: Deps, who: Who): Promise<{ faceId: string; orderId: string }> {
  const current = await openFace(deps, who);
  if (current === null)
    throw new AppError("CONFLICT", "the face was deleted at the same moment", { retryable: true });
  if (current.consentId === null) {
    const { consentId, statements } = recordConsent(deps, {
      personId: who.personId,
      faceId: current.id,
      platform: who.platform,
      language: who.language,
      textVersion: CONSENT_TEXT_VERSION,
    });
    // The guard lets one of two presses at once record it.
    await deps.db.batch([
      guarded(
        "no consent yet",
        deps.db.orm
          .update(face)
          .set({ consentId })
          .where(and(eq(face.id, current.id), isNull(face.consentId))),
      ),
      ...statements,
      ...(await fetchOffered(deps, current.id)),
    ]);
  }
  const order = await openDraft(deps, {
    personId: who.personId,
    chatId: who.chatId,
    faceId: current.id,
    hasPhotos: false,
  });
  deps.waker.notify();
  return { faceId: current.id, orderId: order.id };
}
