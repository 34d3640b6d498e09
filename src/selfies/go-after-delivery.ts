import { eq } from "drizzle-orm";
import { write } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import { DELIVERED_KEPT_MS } from "./rules/limits.ts";
import type { SelfieDeps } from "./selfie-deps.ts";
import { face } from "./schema.ts";

/** Lets the photos of a face go seven days from now; for the batch that delivers an order. */
export function goAfterDelivery(deps: Pick<SelfieDeps, "db" | "clock">, faceId: string): Statement {
  const expiresAt = deps.clock.now() + DELIVERED_KEPT_MS;
  return write(deps.db.orm.update(face).set({ expiresAt }).where(eq(face.id, faceId)));
}
