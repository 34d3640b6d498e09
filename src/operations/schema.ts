import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Who did what to what; written in the batch of the change itself. Never holds a face, a link or a secret. */
export const audit = sqliteTable(
  "audit",
  {
    id: text("id").primaryKey(),
    at: integer("at").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id").notNull(),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    subjectId: text("subject_id").notNull(),
    detail: text("detail", { mode: "json" }).$type<Record<string, string | number | boolean | null>>(),
  },
  (t) => [index("audit_at").on(t.at), index("audit_subject").on(t.subject, t.subjectId)],
);

/** Event counts that must survive a restart and an isolate (refused webhooks, lost wake-ups found by sweeps). */
export const counter = sqliteTable("counter", {
  name: text("name").primaryKey(),
  value: integer("value").notNull(),
});

/** One-time console sign-in links, stored hashed. */
export const signInLink = sqliteTable("sign_in_link", {
  id: text("id").primaryKey(),
  role: text("role").$type<"viewer" | "operator" | "owner">().notNull(),
  expiresAt: integer("expires_at").notNull(),
  usedAt: integer("used_at"),
});

/** Console sessions, stored hashed. */
export const consoleSession = sqliteTable("console_session", {
  id: text("id").primaryKey(),
  role: text("role").$type<"viewer" | "operator" | "owner">().notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
});
