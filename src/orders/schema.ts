import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { ModelFamily, OrderState, Product, ProviderName, StyleKey } from "../ports/product.ts";

/** One request for headshots: face + styles + quote + pictures. `version` is the compare-and-set of every change. */
export const orders = sqliteTable(
  "orders",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    chatId: text("chat_id").notNull(),
    faceId: text("face_id").notNull(),
    state: text("state").$type<OrderState>().notNull(),
    version: integer("version").notNull().default(1),
    product: text("product").$type<Product>().notNull(),
    provider: text("provider").$type<ProviderName>(),
    styles: text("styles", { mode: "json" }).$type<readonly StyleKey[]>().notNull(),
    /** Pictures promised in total. */
    count: integer("count").notNull(),
    triggerWord: text("trigger_word"),
    quoteId: text("quote_id"),
    tuneId: text("tune_id"),
    /** 0 for the first shoot, 1 after the free retake. */
    round: integer("round").notNull().default(0),
    creditsCharged: integer("credits_charged").notNull().default(0),
    /** A code and words for the person; set in side states. */
    failureCode: text("failure_code"),
    failureText: text("failure_text"),
    /** 1 to 5; 0 = skipped. */
    rating: integer("rating"),
    ratingAskedAt: integer("rating_asked_at"),
    createdAt: integer("created_at").notNull(),
    goAt: integer("go_at"),
    deliveredAt: integer("delivered_at"),
    finishedAt: integer("finished_at"),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [
    index("orders_person").on(t.personId, t.id),
    index("orders_state").on(t.state, t.updatedAt),
    index("orders_created").on(t.createdAt),
    /** How long the last orders of a product took, for estimates. */
    index("orders_delivered")
      .on(t.product, t.round, t.id)
      .where(sql`delivered_at IS NOT NULL`),
    /** Two devices at once still make one open draft per face. */
    uniqueIndex("orders_open_draft")
      .on(t.faceId)
      .where(sql`state IN ('draft','consented','collecting','ready','quoted','needs_photos')`),
  ],
);

/** What Go was or can be pressed on. Never updated. */
export const quotes = sqliteTable(
  "quotes",
  {
    id: text("id").primaryKey(),
    orderId: text("order_id").notNull(),
    product: text("product").$type<Product>().notNull(),
    provider: text("provider").$type<ProviderName>().notNull(),
    styles: text("styles", { mode: "json" }).$type<readonly StyleKey[]>().notNull(),
    count: integer("count").notNull(),
    lowMicros: integer("low_micros").notNull(),
    expectedMicros: integer("expected_micros").notNull(),
    ceilingMicros: integer("ceiling_micros").notNull(),
    credits: integer("credits").notNull(),
    expectedMs: integer("expected_ms").notNull(),
    reusesTuneId: text("reuses_tune_id"),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (t) => [index("quotes_order").on(t.orderId)],
);

/** A training and its weights. External ids copy the winning attempt's. */
export const tunes = sqliteTable(
  "tunes",
  {
    id: text("id").primaryKey(),
    faceId: text("face_id").notNull(),
    personId: text("person_id").notNull(),
    orderId: text("order_id").notNull(),
    provider: text("provider").$type<ProviderName>().notNull(),
    modelType: text("model_type").$type<"flux-lora" | "sdxl-lora" | "none">().notNull(),
    family: text("family").$type<ModelFamily>(),
    triggerWord: text("trigger_word").notNull(),
    classWord: text("class_word").notNull(),
    heldOut: text("held_out", { mode: "json" }).$type<readonly string[]>().notNull(),
    replicateTrainingId: text("replicate_training_id"),
    externalVersion: text("external_version"),
    state: text("state").$type<"training" | "ready" | "failed" | "cancelled" | "deleted">().notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
  },
  (t) => [index("tunes_face").on(t.faceId), index("tunes_order").on(t.orderId)],
);

/** One paid render request. */
export const prompts = sqliteTable(
  "prompts",
  {
    id: text("id").primaryKey(),
    orderId: text("order_id").notNull(),
    personId: text("person_id").notNull(),
    tuneId: text("tune_id"),
    purpose: text("purpose").$type<"prove" | "shoot" | "edit">().notNull(),
    round: integer("round").notNull(),
    ordinal: integer("ordinal").notNull(),
    style: text("style").$type<StyleKey>().notNull(),
    provider: text("provider").$type<ProviderName>().notNull(),
    modelType: text("model_type").$type<"flux-lora" | "sdxl-lora" | "none">().notNull(),
    text: text("text"),
    seed: integer("seed").notNull(),
    sourceSelfieId: text("source_selfie_id"),
    replicatePredictionId: text("replicate_prediction_id"),
    state: text("state").$type<"waiting" | "working" | "done" | "failed" | "cancelled">().notNull(),
    failureText: text("failure_text"),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
  },
  (t) => [uniqueIndex("prompts_unique").on(t.orderId, t.purpose, t.round, t.ordinal)],
);
