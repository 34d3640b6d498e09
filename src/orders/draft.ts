import { and, desc, eq, inArray } from "drizzle-orm";
import { write } from "../db/index.ts";
import { recordEvent } from "../jobs/index.ts";
import { AppError } from "../ports/errors.ts";
import type { OrderState, Product } from "../ports/product.ts";
import { chooseForMe } from "../styles/index.ts";
import type { OrderDeps, OrderRow } from "./order-deps.ts";
import { DEFAULT_COUNT } from "./rules/quote.ts";
import { DRAFT_STATES } from "./rules/transition.ts";
import { orders } from "./schema.ts";

/** The order being prepared on a face, if there is one. */
export async function findDraft(deps: OrderDeps, faceId: string): Promise<OrderRow | null> {
  const [row] = await deps.db.orm
    .select()
    .from(orders)
    .where(and(eq(orders.faceId, faceId), inArray(orders.state, [...DRAFT_STATES])))
    .orderBy(desc(orders.id))
    .limit(1);
  return row ?? null;
}

/**
 * Opens an order on a consented face, or returns the one that is open: a unique index allows one draft per face,
 * so two devices at once end with the same order.
 */
export async function openDraft(
  deps: OrderDeps,
  input: {
    personId: string;
    chatId: string;
    faceId: string;
    hasPhotos: boolean;
    product?: Product | undefined;
    triggerWord?: string | undefined;
  },
): Promise<OrderRow> {
  const open = await findDraft(deps, input.faceId);
  if (open !== null) return open;
  const now = deps.clock.now();
  const id = deps.ids.next();
  const product = input.product ?? deps.policy.defaultProduct;
  const state: OrderState = input.hasPhotos ? "collecting" : "consented";
  await deps.db.batch([
    write(
      deps.db.orm.insert(orders).values({
        id,
        personId: input.personId,
        chatId: input.chatId,
        faceId: input.faceId,
        state,
        product,
        styles: chooseForMe(product, 3),
        count: DEFAULT_COUNT,
        triggerWord: input.triggerWord ?? null,
        createdAt: now,
        updatedAt: now,
      }),
    ),
    recordEvent(deps, { subject: "order", subjectId: id, kind: "opened", detail: { to: state, product } }),
  ]);
  const opened = await findDraft(deps, input.faceId);
  if (opened === null)
    throw new AppError("CONFLICT", "the order was opened and ended at once", { retryable: true });
  return opened;
}
