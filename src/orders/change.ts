import { and, eq, inArray } from "drizzle-orm";
import { guarded, write } from "../db/index.ts";
import { addStep, cancelSteps, recordEvent } from "../jobs/index.ts";
import { returnCredits } from "../money/index.ts";
import { AppError } from "../ports/errors.ts";
import { goAfterDelivery } from "../selfies/index.ts";
import type { Statement } from "../ports/database.ts";
import type { OrderState } from "../ports/product.ts";
import type { OrderDeps, OrderRow } from "./order-deps.ts";
import { DRAFT_STATES, transition, type OrderEffect, type OrderEvent } from "./rules/transition.ts";
import { orders, prompts, tunes } from "./schema.ts";

/** Columns that may change together with the state. */
export type OrderPatch = Partial<
  Omit<OrderRow, "id" | "personId" | "version" | "state" | "round" | "updatedAt" | "createdAt">
>;

export interface OrderChange {
  readonly state: OrderState;
  /** Everything that the change does; the first statement is guarded by the order's version. */
  readonly statements: readonly Statement[];
}

/** Subjects of an order that have steps of their own. */
async function workOf(deps: OrderDeps, orderId: string): Promise<{ promptIds: string[]; tuneIds: string[] }> {
  const openPrompts = await deps.db.orm
    .select({ id: prompts.id })
    .from(prompts)
    .where(and(eq(prompts.orderId, orderId), inArray(prompts.state, ["waiting", "working"])));
  const openTunes = await deps.db.orm
    .select({ id: tunes.id })
    .from(tunes)
    .where(and(eq(tunes.orderId, orderId), eq(tunes.state, "training")));
  return { promptIds: openPrompts.map((row) => row.id), tuneIds: openTunes.map((row) => row.id) };
}

async function stopWork(deps: OrderDeps, order: OrderRow, reason: string): Promise<Statement[]> {
  const { promptIds, tuneIds } = await workOf(deps, order.id);
  const cancel = (subject: "order" | "prompt" | "tune", subjectId: string): Statement[] => [
    ...cancelSteps(deps, { subject, subjectId, reason }),
  ];
  return [
    ...cancel("order", order.id),
    ...promptIds.flatMap((id) => cancel("prompt", id)),
    ...tuneIds.flatMap((id) => cancel("tune", id)),
    write(
      deps.db.orm
        .update(prompts)
        .set({ state: "cancelled", finishedAt: deps.clock.now() })
        .where(and(eq(prompts.orderId, order.id), inArray(prompts.state, ["waiting", "working"]))),
    ),
  ];
}

async function effectStatements(
  deps: OrderDeps,
  order: OrderRow,
  effect: OrderEffect,
  next: { state: OrderState; round: number },
): Promise<Statement[]> {
  switch (effect) {
    case "plan":
      return [
        addStep(deps, {
          subject: "order",
          subjectId: order.id,
          kind: "plan",
          ordinal: next.round,
          needs: deps.providers.get(order.provider ?? "studio")?.needs ?? null,
        }),
      ];
    case "stop_work":
      return stopWork(deps, order, `the order was ${next.state}`);
    case "return_credit":
      return order.creditsCharged === 0
        ? []
        : [
            ...returnCredits(deps, {
              personId: order.personId,
              orderId: order.id,
              credits: order.creditsCharged,
              reason: next.state,
            }),
          ];
    case "deliver":
      return [
        goAfterDelivery(deps, order.faceId),
        ...deps.announce({
          kind: "results_ready",
          personId: order.personId,
          chatId: order.chatId,
          orderId: order.id,
          round: next.round,
        }),
      ];
    case "train":
    case "prove":
    case "shoot":
    case "sort":
      // The step handler that caused the change adds this work itself: only it knows what to make.
      return [];
  }
}

function announcement(
  deps: OrderDeps,
  order: OrderRow,
  event: OrderEvent,
  state: OrderState,
): readonly Statement[] {
  const to = { personId: order.personId, chatId: order.chatId, orderId: order.id };
  if (state === "failed" || state === "needs_photos" || event.kind === "fail")
    return deps.announce({ kind: "order_failed", ...to });
  if (state === "cancelled") return deps.announce({ kind: "order_cancelled", ...to });
  // While an order is prepared its chat shows the answer to each press; the status message begins with Go.
  const silent =
    state === "expired" || state === "deleted" || (DRAFT_STATES as readonly OrderState[]).includes(state);
  if (silent) return [];
  return deps.announce({ kind: "order_moved", ...to });
}

/**
 * What `event` does to `order`, as statements for one batch; null when it came too late or twice.
 * The first statement fails its guard `order` when somebody else changed the order meanwhile.
 */
export async function orderChange(
  deps: OrderDeps,
  order: OrderRow,
  event: OrderEvent,
  patch: OrderPatch = {},
): Promise<OrderChange | null> {
  const next = transition(order, event);
  if (!next.ok) return null;
  const now = deps.clock.now();
  const ended = ["failed", "cancelled", "expired", "deleted", "closed"].includes(next.state);
  const statements: Statement[] = [
    guarded(
      "order",
      deps.db.orm
        .update(orders)
        .set({
          ...patch,
          state: next.state,
          round: next.round,
          version: order.version + 1,
          updatedAt: now,
          ...(ended ? { finishedAt: now } : {}),
          ...(next.state === "delivered" ? { deliveredAt: order.deliveredAt ?? now } : {}),
        })
        .where(
          and(eq(orders.id, order.id), eq(orders.version, order.version), eq(orders.state, order.state)),
        ),
    ),
    recordEvent(deps, {
      subject: "order",
      subjectId: order.id,
      kind: event.kind,
      detail: { from: order.state, to: next.state, round: next.round },
    }),
  ];
  for (const effect of next.effects) statements.push(...(await effectStatements(deps, order, effect, next)));
  statements.push(...announcement(deps, order, event, next.state));
  return { state: next.state, statements };
}

export type ChangeResult = "changed" | "refused" | { readonly failedGuard: string };

const RACES = 5;

/**
 * Reads the order, decides and commits, again when another change came first. `prepare` may add statements and columns;
 * returning null refuses.
 */
export async function changeOrder(
  deps: OrderDeps,
  orderId: string,
  prepare: (
    order: OrderRow,
  ) => Promise<{ event: OrderEvent; patch?: OrderPatch; also?: readonly Statement[] } | null>,
): Promise<ChangeResult> {
  for (let tried = 0; tried < RACES; tried++) {
    const [order] = await deps.db.orm.select().from(orders).where(eq(orders.id, orderId));
    if (order === undefined) return "refused";
    const wanted = await prepare(order);
    if (wanted === null) return "refused";
    const change = await orderChange(deps, order, wanted.event, wanted.patch);
    if (change === null) return "refused";
    const result = await deps.db.batch([...change.statements, ...(wanted.also ?? [])]);
    if (result.ok) {
      deps.waker.notify();
      return "changed";
    }
    if (result.kind === "constraint")
      throw new AppError("DATABASE_FAILED", `order change refused: ${result.message}`);
    if (result.guard !== "order") return { failedGuard: result.guard };
  }
  throw new AppError("CONFLICT", "the order changed too often at the same moment", { retryable: true });
}
