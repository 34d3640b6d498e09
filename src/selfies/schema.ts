import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Inspection } from "../ports/imaging.ts";
import type { ReasonCode, Verdict } from "../ports/selfie.ts";

/** A named set of selfies of one person with its consent. */
export const face = sqliteTable(
  "face",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    chatId: text("chat_id").notNull(),
    name: text("name").notNull(),
    consentId: text("consent_id"),
    createdAt: integer("created_at").notNull(),
    deletedAt: integer("deleted_at"),
    /** When photos go unless the person extends. */
    expiresAt: integer("expires_at"),
  },
  (t) => [
    index("face_person").on(t.personId),
    index("face_expiry")
      .on(t.expiresAt)
      .where(sql`deleted_at IS NULL`),
  ],
);

/** Measures as stored: everything of the inspection except the identity vector. */
export type StoredInspection = Omit<Inspection, "face"> & {
  readonly face: Omit<NonNullable<Inspection["face"]>, "identity"> | null;
};

/**
 * One offered photo. `offered` holds a reference only (before consent, or waiting for its fetch);
 * `uploaded` has unverified bytes in a blob until its inspection; `judged` has the clean picture.
 */
export const selfie = sqliteTable(
  "selfie",
  {
    id: text("id").primaryKey(),
    faceId: text("face_id").notNull(),
    personId: text("person_id").notNull(),
    chatId: text("chat_id").notNull(),
    name: text("name"),
    state: text("state").$type<"offered" | "uploaded" | "judged" | "removed" | "expired">().notNull(),
    reference: text("reference"),
    uniqueId: text("unique_id"),
    blobId: text("blob_id"),
    width: integer("width"),
    height: integer("height"),
    verdict: text("verdict").$type<Verdict>(),
    reasons: text("reasons", { mode: "json" }).$type<readonly ReasonCode[]>(),
    /** 0 to 100. */
    score: integer("score"),
    /** The person said "yes, that is me" or "keep it anyway". */
    confirmed: integer("confirmed", { mode: "boolean" }).notNull().default(false),
    /** The twin this one lost against, when it is a duplicate. */
    duplicateOf: text("duplicate_of"),
    inspection: text("inspection", { mode: "json" }).$type<StoredInspection>(),
    /** Identity vector sealed with the person's key, base64url; biometric, goes with the selfie. */
    sealedIdentity: text("sealed_identity"),
    createdAt: integer("created_at").notNull(),
    judgedAt: integer("judged_at"),
  },
  (t) => [
    index("selfie_face").on(t.faceId, t.id),
    index("selfie_person").on(t.personId),
    index("selfie_unique").on(t.faceId, t.uniqueId),
  ],
);
