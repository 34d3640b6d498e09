import { raw, write } from "../db/index.ts";
import { addStep } from "../jobs/index.ts";
import type { StoredBlob } from "../ports/blobs.ts";
import type { PhotoOffer, Platform } from "../ports/chat.ts";
import type { Statement } from "../ports/database.ts";
import { AppError } from "../ports/errors.ts";
import { readFace, selfiesOf } from "./read.ts";
import { admit, type Admission } from "./rules/admit.ts";
import { fetchedBy, mostBytes, OFFERED_KEPT_MS } from "./rules/limits.ts";
import type { FaceRow, SelfieDeps } from "./selfie-deps.ts";
import { selfieId } from "./selfie-id.ts";
import { selfie } from "./schema.ts";

export interface SelfieOffer {
  readonly personId: string;
  readonly chatId: string;
  readonly platform: Platform;
  readonly faceId: string;
  /** The chat event that brought the photos; a repeat of it changes nothing. */
  readonly eventId: string;
  readonly photos: readonly PhotoOffer[];
}

export interface Offered {
  /** Photos of this event that are looked at, now or by an earlier copy of the event. */
  readonly selfieIds: readonly string[];
  /** Files that the face has already. */
  readonly already: number;
  /** Names of those beyond the 40 of a face. */
  readonly notLookedAt: readonly (string | null)[];
}

/** Offers to one face at the same moment wait for each other; an album is at most ten events. */
const RACES = 60;

/**
 * Takes photos in the order sent. Bytes are sealed and inspected next; references are fetched next, or held for an hour
 * while the face has no consent. Throws `AppError` DISK_FULL when bytes cannot be stored: nothing of the event is taken.
 */
export async function offerSelfies(deps: SelfieDeps, offer: SelfieOffer): Promise<Offered> {
  const ids = await Promise.all(offer.photos.map((_, index) => selfieId(offer.faceId, offer.eventId, index)));
  const stored = new Map<string, StoredBlob>();
  for (let tried = 0; tried < RACES; tried++) {
    const face = await readFace(deps, offer.faceId);
    if (face === null) return { selfieIds: [], already: 0, notLookedAt: [] };
    const known = await selfiesOf(deps, offer.faceId);
    const consented = face.consentId !== null;
    const admissions = admit(offer.photos, ids, known, { consented, mostBytes: mostBytes(offer.platform) });
    const result = answer(offer, ids, admissions);
    const rows = await taking(deps, offer, { face, ids, admissions, stored });
    if (rows.length === 0) return result;
    const committed = await deps.db.batch([unchanged(deps, face, known.length), ...rows]);
    if (committed.ok) {
      deps.waker.notify();
      return result;
    }
    // The sweep may take bytes that nobody owned for long: they are stored again.
    if (committed.kind === "guard" && committed.guard === "blob") stored.clear();
    if (committed.kind === "constraint") throw new AppError("DATABASE_FAILED", committed.message);
  }
  throw new AppError("CONFLICT", "too many photos came at the same moment", { retryable: true });
}

function answer(offer: SelfieOffer, ids: readonly string[], admissions: readonly Admission[]): Offered {
  const named = (kinds: readonly Admission["kind"][]) =>
    admissions.flatMap(({ kind }, index) => (kinds.includes(kind) ? [index] : []));
  return {
    selfieIds: named(["take", "too_large", "repeated"]).flatMap((index) => ids[index] ?? []),
    already: named(["already"]).length,
    notLookedAt: named(["not_looked_at"]).map((index) => offer.photos[index]?.name ?? null),
  };
}

/**
 * Holds while the face's consent and its photos are those that the decision was made on: photos only ever come.
 * New photos start the face's timer anew.
 */
function unchanged(deps: SelfieDeps, face: FaceRow, photos: number): Statement {
  return raw(
    `UPDATE face SET expires_at = ? WHERE id = ? AND deleted_at IS NULL AND consent_id IS ?
      AND (SELECT count(*) FROM selfie WHERE face_id = ?) = ?`,
    [deps.clock.now() + OFFERED_KEPT_MS, face.id, face.consentId, face.id, photos],
    "offer",
  );
}

/** Rows, steps and owners of everything that is taken. Bytes are sealed once, however often the decision is made. */
async function taking(
  deps: SelfieDeps,
  offer: SelfieOffer,
  decided: {
    readonly face: FaceRow;
    readonly ids: readonly string[];
    readonly admissions: readonly Admission[];
    readonly stored: Map<string, StoredBlob>;
  },
): Promise<Statement[]> {
  const statements: Statement[] = [];
  for (const [index, photo] of offer.photos.entries()) {
    const id = decided.ids[index];
    const kind = decided.admissions[index]?.kind;
    if (id === undefined) continue;
    if (kind === "too_large") statements.push(...refuseUnread(deps, offer, id, photo));
    if (kind !== "take") continue;
    if (photo.kind === "reference") {
      statements.push(...hold(deps, offer, id, photo, decided.face.consentId !== null));
    } else {
      const blob = decided.stored.get(id) ?? (await deps.blobs.put(offer.personId, "selfie", photo.bytes));
      decided.stored.set(id, blob);
      statements.push(
        insert(deps, offer, { id, name: photo.name, state: "uploaded", blobId: blob.id }),
        deps.blobs.keep(blob),
        addStep(deps, { subject: "selfie", subjectId: id, kind: "inspect", needs: "imaging" }),
      );
    }
  }
  return statements;
}

function insert(
  deps: SelfieDeps,
  { personId, chatId, faceId }: SelfieOffer,
  row: Omit<typeof selfie.$inferInsert, "personId" | "chatId" | "faceId" | "createdAt">,
): Statement {
  return write(
    deps.db.orm.insert(selfie).values({ ...row, personId, chatId, faceId, createdAt: deps.clock.now() }),
  );
}

function hold(
  deps: SelfieDeps,
  offer: SelfieOffer,
  id: string,
  photo: Extract<PhotoOffer, { kind: "reference" }>,
  consented: boolean,
): Statement[] {
  const needs = fetchedBy(offer.platform);
  if (needs === null) throw new AppError("BAD_USAGE", `${offer.platform} sends photos, not references`);
  const { name, reference, uniqueId } = photo;
  const row = insert(deps, offer, { id, name, state: "offered", reference, uniqueId });
  return consented ? [row, addStep(deps, { subject: "selfie", subjectId: id, kind: "fetch", needs })] : [row];
}

/** A file that is too large by its announced size is neither fetched nor stored. */
function refuseUnread(deps: SelfieDeps, offer: SelfieOffer, id: string, photo: PhotoOffer): Statement[] {
  const { personId, chatId, faceId } = offer;
  return [
    insert(deps, offer, {
      id,
      name: photo.name,
      uniqueId: photo.kind === "reference" ? photo.uniqueId : null,
      state: "judged",
      verdict: "refuse",
      reasons: ["file_too_large"],
      score: 0,
      judgedAt: deps.clock.now(),
    }),
    ...deps.announce({ kind: "selfie_judged", personId, chatId, faceId, selfieId: id }),
  ];
}
