import { and, desc, eq, gt, isNull, lte, or } from "drizzle-orm";
import { raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Deps } from "../ports/deps.ts";
import { price } from "./schema.ts";

export type Price = typeof price.$inferSelect;

/** Prices known when this version was made. A changed price is a new row with a later `validFrom`. */
const BOOK: readonly Price[] = [
  {
    id: "studio:picture:1",
    provider: "studio",
    sku: "picture",
    unit: "picture",
    rateNano: 0,
    validFrom: 0,
    validTo: null,
    source: "made on this machine, no bill",
    fetchedAt: 0,
  },
];

/** Puts the known prices into the price book; those already there stay. Run at every start. */
export function seedPrices(): Statement[] {
  return BOOK.map((row) =>
    raw(
      `INSERT INTO price (id, provider, sku, unit, rate_nano, valid_from, valid_to, source, fetched_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      [
        row.id,
        row.provider,
        row.sku,
        row.unit,
        row.rateNano,
        row.validFrom,
        row.validTo,
        row.source,
        row.fetchedAt,
      ],
    ),
  );
}

/** The price that holds now, or null when none is known. */
export async function priceOf(
  deps: Pick<Deps, "db" | "clock">,
  provider: string,
  sku: string,
): Promise<Price | null> {
  const now = deps.clock.now();
  const [row] = await deps.db.orm
    .select()
    .from(price)
    .where(
      and(
        eq(price.provider, provider),
        eq(price.sku, sku),
        lte(price.validFrom, now),
        or(isNull(price.validTo), gt(price.validTo, now)),
      ),
    )
    .orderBy(desc(price.validFrom), desc(price.id))
    .limit(1);
  return row ?? null;
}
