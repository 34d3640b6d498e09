import { and, isNull, lt } from "drizzle-orm";
import { letGo } from "./let-go.ts";
import type { PictureDeps } from "./picture-deps.ts";
import { picture } from "./schema.ts";

/** How long pictures stay (product.md section 10). */
const KEPT_MS = 30 * 86_400_000;

/** Deletes pictures whose time is over; returns how many. Safe anywhere, any time. */
export async function sweepPictures(
  deps: Pick<PictureDeps, "db" | "clock" | "blobs">,
  limit = 100,
): Promise<number> {
  const old = await deps.db.orm
    .select()
    .from(picture)
    .where(and(isNull(picture.deletedAt), lt(picture.createdAt, deps.clock.now() - KEPT_MS)))
    .limit(limit);
  let gone = 0;
  for (const row of old) {
    const result = await deps.db.batch(letGo(deps, row));
    if (result.ok) gone++;
  }
  return gone;
}
