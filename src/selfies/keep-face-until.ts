import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { face } from "./schema.ts";

/** How long photos stay after a delivery (product.md section 10). */
export const PHOTOS_KEPT_MS = 7 * 86_400_000;

/** Says when the photos of a face go (epoch ms); null = not before the next delivery says. */
export function keepFaceUntil(
  deps: Pick<SelfieDeps, "db">,
  faceId: string,
  expiresAt: number | null,
): Statement {
  return write(deps.db.orm.update(face).set({ expiresAt }).where(eq(face.id, faceId)));
}
