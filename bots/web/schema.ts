import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { View } from "../../src/ports/chat.ts";

/** The browser's transcript. `seq` grows with every change, so that a client that was away asks "what after N". */
export const webMessage = sqliteTable(
  "web_message",
  {
    id: text("id").primaryKey(),
    address: text("address").notNull(),
    seq: integer("seq").notNull(),
    author: text("author").$type<"bot" | "person">().notNull(),
    view: text("view", { mode: "json" }).$type<View>().notNull(),
    createdAt: integer("created_at").notNull(),
    changedAt: integer("changed_at").notNull(),
  },
  (t) => [
    uniqueIndex("web_message_seq").on(t.address, t.seq),
    index("web_message_address").on(t.address, t.id),
  ],
);
