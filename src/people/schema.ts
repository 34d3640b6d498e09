import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Language, Platform } from "../ports/chat.ts";

/** One human. Everything about them hangs on this id. */
export const person = sqliteTable("person", {
  id: text("id").primaryKey(),
  language: text("language").$type<Language>().notNull(),
  /** The language was chosen by the person and is no longer guessed from the platform. */
  languageChosen: integer("language_chosen", { mode: "boolean" }).notNull().default(false),
  createdAt: integer("created_at").notNull(),
  /** Set when erasure was asked; nothing new is taken from then on. */
  deletedAt: integer("deleted_at"),
  /** Points to the person that this one was merged into by linking. */
  mergedInto: text("merged_into"),
});

/** An account of a person on one platform. */
export const identity = sqliteTable(
  "identity",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    platform: text("platform").$type<Platform>().notNull(),
    externalId: text("external_id").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("identity_account").on(t.platform, t.externalId),
    index("identity_person").on(t.personId),
  ],
);

/** A place where messages to a person go. */
export const chat = sqliteTable(
  "chat",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    platform: text("platform").$type<Platform>().notNull(),
    address: text("address").notNull(),
    createdAt: integer("created_at").notNull(),
    /** The platform said that this chat takes no more messages. */
    goneAt: integer("gone_at"),
  },
  (t) => [
    uniqueIndex("chat_address").on(t.platform, t.address, t.personId),
    index("chat_person").on(t.personId),
  ],
);

/** A recorded yes. Survives deletion only as a hash with its date. */
export const consent = sqliteTable(
  "consent",
  {
    id: text("id").primaryKey(),
    personId: text("person_id"),
    personHash: text("person_hash"),
    faceId: text("face_id"),
    platform: text("platform").$type<Platform>().notNull(),
    textVersion: text("text_version").notNull(),
    language: text("language").$type<Language>().notNull(),
    purposes: text("purposes", { mode: "json" }).$type<readonly string[]>().notNull(),
    givenAt: integer("given_at").notNull(),
    withdrawnAt: integer("withdrawn_at"),
  },
  (t) => [index("consent_person").on(t.personId)],
);

/** Eight characters shown in one chat and typed in another; stored hashed. */
export const linkCode = sqliteTable("link_code", {
  id: text("id").primaryKey(),
  personId: text("person_id").notNull(),
  expiresAt: integer("expires_at").notNull(),
  usedAt: integer("used_at"),
});

/** Wrong guesses of link codes per person, so that nobody tries them all. */
export const linkTry = sqliteTable("link_try", {
  personId: text("person_id").primaryKey(),
  tries: integer("tries").notNull(),
  windowStart: integer("window_start").notNull(),
});

/** A complaint about a picture or a person, answered by a human within 48 hours. */
export const report = sqliteTable("report", {
  id: text("id").primaryKey(),
  personId: text("person_id").notNull(),
  words: text("words").notNull(),
  state: text("state").$type<"open" | "closed">().notNull(),
  at: integer("at").notNull(),
});

/** An erasure: asked, worked off by a step, closed with a receipt of counts. */
export const erasure = sqliteTable("erasure", {
  id: text("id").primaryKey(),
  personId: text("person_id").notNull(),
  chatId: text("chat_id"),
  askedAt: integer("asked_at").notNull(),
  finishedAt: integer("finished_at"),
  receipt: text("receipt", { mode: "json" }).$type<Record<string, number>>(),
});
