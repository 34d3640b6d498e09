import { and, eq, isNull } from "drizzle-orm";
import { guarded, write } from "../db/index.ts";
import type { Language, Platform } from "../ports/chat.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { consent, person } from "./schema.ts";

/** What one yes covers; the consent text names each. */
const PURPOSES = ["make_pictures", "measure_likeness", "train_model"] as const;

/** A recorded yes for one face. The guard `person` refuses it after an erasure was asked. */
export function recordConsent(
  deps: Pick<Deps, "db" | "clock" | "ids">,
  yes: {
    readonly personId: string;
    readonly faceId: string;
    readonly platform: Platform;
    readonly language: Language;
    readonly textVersion: string;
  },
): { readonly consentId: string; readonly statements: Statement[] } {
  const consentId = deps.ids.next();
  return {
    consentId,
    statements: [
      stillHere(deps, yes.personId),
      write(
        deps.db.orm
          .insert(consent)
          .values({ ...yes, id: consentId, purposes: PURPOSES, givenAt: deps.clock.now() }),
      ),
    ],
  };
}

/** Whether a yes of the person stands. */
export async function hasConsent(deps: Pick<Deps, "db">, personId: string): Promise<boolean> {
  const rows = await deps.db.orm
    .select({ id: consent.id })
    .from(consent)
    .where(and(eq(consent.personId, personId), isNull(consent.withdrawnAt)))
    .limit(1);
  return rows.length > 0;
}

/** Takes back the yes for a face; belongs into the batch that deletes the face. */
export function withdrawConsent(deps: Pick<Deps, "db" | "clock">, faceId: string): Statement {
  return write(
    deps.db.orm
      .update(consent)
      .set({ withdrawnAt: deps.clock.now() })
      .where(and(eq(consent.faceId, faceId), isNull(consent.withdrawnAt))),
  );
}

/** Fails its batch with the guard `person` when the person is being erased or was merged into another. */
export function stillHere(deps: Pick<Deps, "db">, personId: string): Statement {
  return guarded(
    "person",
    deps.db.orm
      .update(person)
      .set({ id: personId })
      .where(and(eq(person.id, personId), isNull(person.deletedAt), isNull(person.mergedInto))),
  );
}
