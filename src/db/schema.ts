import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Stays empty: its trigger aborts a batch whose last statement changed nothing (see `batch.ts`). */
export const txGuard = sqliteTable("tx_guard", { n: integer("n").notNull() });

/** Operations already applied, so that a batch repeated after a lost answer reports success. */
export const operation = sqliteTable("operation", {
  id: text("id").primaryKey(),
  at: integer("at").notNull(),
});
