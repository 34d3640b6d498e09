import { and, eq, isNull } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { PictureDeps } from "./picture-deps.ts";
import { rankPictures } from "./rules/rank.ts";
import { picture } from "./schema.ts";

/** Ranks all pictures of an order, those of a retake among the earlier ones. Ranking twice changes nothing. */
export async function rankOrder(
  deps: Pick<PictureDeps, "db">,
  orderId: string,
): Promise<{ readonly shown: number; readonly statements: Statement[] }> {
  const rows = await deps.db.orm
    .select()
    .from(picture)
    .where(and(eq(picture.orderId, orderId), isNull(picture.deletedAt)));
  const ranked = rankPictures(rows);
  return {
    shown: ranked.length,
    statements: ranked.map(({ id, rank, score }) =>
      write(deps.db.orm.update(picture).set({ rank, score }).where(eq(picture.id, id))),
    ),
  };
}
