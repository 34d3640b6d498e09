import { and, inArray, isNull } from "drizzle-orm";
import { AppError } from "../ports/errors.ts";
import { letGo } from "./let-go.ts";
import type { PictureDeps } from "./picture-deps.ts";
import { picture } from "./schema.ts";

const RACES = 20;

/** Deletes all pictures of some orders; returns how many. */
export async function removePictures(
  deps: Pick<PictureDeps, "db" | "clock" | "blobs">,
  orderIds: readonly string[],
): Promise<number> {
  for (let tried = 0; tried < RACES; tried++) {
    const rows = await deps.db.orm
      .select()
      .from(picture)
      .where(and(inArray(picture.orderId, [...orderIds]), isNull(picture.deletedAt)));
    if (rows.length === 0) return 0;
    const result = await deps.db.batch(rows.flatMap((row) => letGo(deps, row)));
    if (result.ok) return rows.length;
  }
  throw new AppError("CONFLICT", "the pictures changed too often at the same moment", { retryable: true });
}
