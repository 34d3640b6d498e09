import { and, eq, inArray, isNull } from "drizzle-orm";
import { guarded } from "../db/index.ts";
import { recordEvent } from "../jobs/index.ts";
import type { Statement } from "../ports/database.ts";
import type { OrderDeps, OrderRow } from "./order-deps.ts";
import { orders } from "./schema.ts";

/** Votes come in a row: the question waits until they have stopped for this long. */
const QUIET_MS = 20_000;

/** After voting one message asks 1 to 5; each further vote moves its time on, and it is asked once. */
export function askRating(deps: OrderDeps, order: OrderRow, allVoted: boolean): readonly Statement[] {
  if (order.rating !== null || order.state !== "delivered") return [];
  return deps.announce({
    kind: "rating_wanted",
    personId: order.personId,
    chatId: order.chatId,
    orderId: order.id,
    delayMs: allVoted ? 0 : QUIET_MS,
  });
}

/** Takes 1 to 5, or null for "skip" (kept as 0). Only the first answer counts. */
export async function rateOrder(deps: OrderDeps, orderId: string, stars: number | null): Promise<boolean> {
  const rating = stars === null ? 0 : Math.min(5, Math.max(1, Math.round(stars)));
  const result = await deps.db.batch([
    guarded(
      "unrated",
      deps.db.orm
        .update(orders)
        .set({ rating, state: "closed", finishedAt: deps.clock.now(), updatedAt: deps.clock.now() })
        .where(
          and(eq(orders.id, orderId), isNull(orders.rating), inArray(orders.state, ["delivered", "closed"])),
        ),
    ),
    recordEvent(deps, { subject: "order", subjectId: orderId, kind: "rated", detail: { rating } }),
  ]);
  return result.ok;
}
