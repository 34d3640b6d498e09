import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { BlobKind } from "../ports/blobs.ts";

/** A person's data key, wrapped by MASTER_KEY. A dropped key keeps its row without the wrapped bytes. */
export const personKey = sqliteTable(
  "person_key",
  {
    personId: text("person_id").primaryKey(),
    keyId: text("key_id").notNull(),
    /** base64url. */
    wrapped: text("wrapped"),
    createdAt: integer("created_at").notNull(),
    droppedAt: integer("dropped_at"),
    /** The person who took this one over by linking, always the last one of a chain. */
    heir: text("heir"),
  },
  (t) => [
    index("person_key_heir")
      .on(t.heir)
      .where(sql`heir IS NOT NULL`),
  ],
);

/** One stored blob; `refs` counts the rows that own it, and the sweep removes it at zero. */
export const blob = sqliteTable(
  "blob",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    kind: text("kind").$type<BlobKind>().notNull(),
    bytes: integer("bytes").notNull(),
    refs: integer("refs").notNull().default(0),
    createdAt: integer("created_at").notNull(),
    changedAt: integer("changed_at").notNull(),
  },
  (t) => [index("blob_person").on(t.personId), index("blob_unowned").on(t.refs, t.changedAt)],
);

/** Leave for an outsider to read or write one blob once or until it expires; `id` is the hash of the token in the link. */
export const pass = sqliteTable(
  "pass",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    blobId: text("blob_id"),
    method: text("method").$type<"GET" | "PUT">().notNull(),
    purpose: text("purpose").notNull(),
    fileName: text("file_name"),
    mime: text("mime"),
    byteLimit: integer("byte_limit"),
    expiresAt: integer("expires_at").notNull(),
    singleUse: integer("single_use", { mode: "boolean" }).notNull().default(false),
    usedAt: integer("used_at"),
    attemptId: text("attempt_id"),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [index("pass_expiry").on(t.expiresAt), index("pass_attempt").on(t.attemptId)],
);
