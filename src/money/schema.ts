import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Versioned prices; a row is never updated, a new one takes over at `validFrom`. Rates are nano-dollars per unit. */
export const price = sqliteTable(
  "price",
  {
    id: text("id").primaryKey(),
    provider: text("provider").notNull(),
    sku: text("sku").notNull(),
    unit: text("unit").$type<"second" | "picture" | "run">().notNull(),
    rateNano: integer("rate_nano").notNull(),
    validFrom: integer("valid_from").notNull(),
    validTo: integer("valid_to"),
    source: text("source").notNull(),
    fetchedAt: integer("fetched_at").notNull(),
  },
  (t) => [index("price_sku").on(t.provider, t.sku, t.validFrom)],
);

/** A cap with what is posted and held under it. `cap` null = no cap. */
export const budget = sqliteTable(
  "budget",
  {
    scope: text("scope").primaryKey(),
    capMicros: integer("cap_micros"),
    postedMicros: integer("posted_micros").notNull().default(0),
    heldMicros: integer("held_micros").notNull().default(0),
  },
  (t) => [check("budget_not_negative", sql`${t.postedMicros} >= 0 AND ${t.heldMicros} >= 0`)],
);

/** One transaction; ids are derived from the attempt (`reserve:<attempt>`), so that a repeat is refused. Append-only. */
export const ledgerTxn = sqliteTable(
  "ledger_txn",
  {
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    at: integer("at").notNull(),
    attemptId: text("attempt_id"),
    orderId: text("order_id"),
    note: text("note"),
  },
  (t) => [index("ledger_txn_order").on(t.orderId), index("ledger_txn_at").on(t.at)],
);

/** Entries of a transaction sum to zero per unit. Append-only by trigger. */
export const ledgerEntry = sqliteTable(
  "ledger_entry",
  {
    txnId: text("txn_id").notNull(),
    account: text("account").notNull(),
    /** Micro-dollars, or credits for accounts that start with `credit`. */
    amount: integer("amount").notNull(),
  },
  (t) => [primaryKey({ columns: [t.txnId, t.account] }), index("ledger_entry_account").on(t.account)],
);

/** Money held for one attempt until it is settled or voided. */
export const reservation = sqliteTable(
  "reservation",
  {
    attemptId: text("attempt_id").primaryKey(),
    orderId: text("order_id"),
    provider: text("provider").notNull(),
    priceId: text("price_id"),
    amountMicros: integer("amount_micros").notNull(),
    estimateMicros: integer("estimate_micros").notNull(),
    scopes: text("scopes", { mode: "json" }).$type<readonly string[]>().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [
    index("reservation_order").on(t.orderId),
    check("reservation_positive", sql`${t.amountMicros} >= 0`),
  ],
);

/** How a reservation ended; at most one row per attempt, ever. */
export const resolution = sqliteTable("resolution", {
  attemptId: text("attempt_id").primaryKey(),
  kind: text("kind").$type<"settle" | "void">().notNull(),
  actualMicros: integer("actual_micros").notNull(),
  /** The bill is our estimate until the provider's figure is known. */
  estimated: integer("estimated", { mode: "boolean" }).notNull(),
  overrun: integer("overrun", { mode: "boolean" }).notNull(),
  at: integer("at").notNull(),
});

/** Credits per person; equals the sum of the ledger account `credit:<person>`. */
export const creditBalance = sqliteTable(
  "credit_balance",
  {
    personId: text("person_id").primaryKey(),
    credits: integer("credits").notNull(),
  },
  (t) => [check("credits_not_negative", sql`${t.credits} >= 0`)],
);
