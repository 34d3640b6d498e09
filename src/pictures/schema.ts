import { index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { LikenessBand, StyleKey } from "../ports/product.ts";

/** One output. `rank` is 1 for the best of its order; null = not shown (beyond loose, or refused by a hard filter). */
export const picture = sqliteTable(
  "picture",
  {
    id: text("id").primaryKey(),
    orderId: text("order_id").notNull(),
    promptId: text("prompt_id").notNull(),
    ordinal: integer("ordinal").notNull().default(0),
    personId: text("person_id").notNull(),
    style: text("style").$type<StyleKey>().notNull(),
    sourceSelfieId: text("source_selfie_id"),
    blobId: text("blob_id"),
    mime: text("mime").notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    digitalSource: text("digital_source")
      .$type<"trainedAlgorithmicMedia" | "compositeSynthetic" | "algorithmicallyEnhanced">()
      .notNull(),
    /** Distance to the mean vector of the kept selfies; null when identity was not checked. */
    distance: real("distance"),
    band: text("band").$type<LikenessBand>(),
    /** 0 to 1, higher is better. */
    score: real("score").notNull(),
    sharpness: real("sharpness"),
    hash: text("hash"),
    rank: integer("rank"),
    vote: text("vote").$type<"yes" | "no">(),
    votedAt: integer("voted_at"),
    createdAt: integer("created_at").notNull(),
    deletedAt: integer("deleted_at"),
  },
  (t) => [
    uniqueIndex("picture_unique").on(t.promptId, t.ordinal),
    index("picture_order").on(t.orderId, t.rank),
    index("picture_person").on(t.personId),
  ],
);
