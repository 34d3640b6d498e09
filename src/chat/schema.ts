import { integer, primaryKey, sqliteTable, text, index } from "drizzle-orm/sqlite-core";

/** Chat events already answered, so that a repeat changes nothing. Kept for a day. */
export const chatEvent = sqliteTable(
  "chat_event",
  {
    id: text("id").primaryKey(),
    at: integer("at").notNull(),
  },
  (t) => [index("chat_event_at").on(t.at)],
);

/** What the conversation waits for in one chat beyond buttons (a wish, a code, the words of a report). */
export const conversation = sqliteTable(
  "conversation",
  {
    personId: text("person_id").notNull(),
    chatId: text("chat_id").notNull(),
    expects: text("expects").$type<"nothing" | "link_code" | "report" | "delete_confirmation">().notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.chatId] })],
);
