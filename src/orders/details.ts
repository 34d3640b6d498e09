import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { attempt } from "../jobs/schema.ts";
import { creditsReturned, orderCost } from "../money/index.ts";
import { picture } from "../pictures/schema.ts";
import type { OrderDetails, PictureDetails, QuoteDetails } from "../ports/for-people.ts";
import { faceDetails } from "../selfies/index.ts";
import type { OrderDeps, OrderRow } from "./order-deps.ts";
import { promptsOf } from "./read.ts";
import { eta } from "./rules/eta.ts";
import { WORKING_STATES } from "./rules/transition.ts";
import { orders, quotes } from "./schema.ts";

/** Until there is history: a studio picture with its share of preparation takes about this long on two cores. */
const FALLBACK_PICTURE_MS = 3_000;
const HISTORY = 20;

type DetailDeps = Pick<OrderDeps, "db" | "clock">;

async function quoteDetails(deps: DetailDeps, order: OrderRow): Promise<QuoteDetails | null> {
  if (order.quoteId === null) return null;
  const [row] = await deps.db.orm.select().from(quotes).where(eq(quotes.id, order.quoteId));
  return row === undefined ? null : { ...row, reusesTune: row.reusesTuneId !== null };
}

async function pictureDetails(
  deps: DetailDeps,
  orderId: string,
): Promise<{ shown: PictureDetails[]; hidden: number }> {
  const rows = await deps.db.orm
    .select()
    .from(picture)
    .where(and(eq(picture.orderId, orderId), isNull(picture.deletedAt)))
    .orderBy(asc(picture.rank));
  const shown = rows.flatMap((row): PictureDetails[] =>
    row.rank === null || row.blobId === null
      ? []
      : [
          {
            id: row.id,
            blobId: row.blobId,
            style: row.style,
            band: row.band,
            score: row.score,
            width: row.width,
            height: row.height,
            sourceSelfieId: row.sourceSelfieId,
            vote: row.vote,
            digitalSource: row.digitalSource,
          },
        ],
  );
  return { shown, hidden: rows.length - shown.length };
}

/** Durations of the last pictures and orders, for the estimate. */
async function history(
  deps: DetailDeps,
  order: OrderRow,
): Promise<{ pictureMs: number[]; orderMs: number[] }> {
  const pictures = await deps.db.orm
    .select({ ms: sql<number>`${attempt.finishedAt} - ${attempt.createdAt}` })
    .from(attempt)
    .where(and(eq(attempt.provider, order.provider ?? "studio"), eq(attempt.state, "succeeded")))
    .orderBy(desc(attempt.id))
    .limit(HISTORY);
  const finished = await deps.db.orm
    .select({ ms: sql<number>`${orders.deliveredAt} - ${orders.goAt}` })
    .from(orders)
    .where(and(eq(orders.product, order.product), isNotNull(orders.deliveredAt), eq(orders.round, 0)))
    .orderBy(desc(orders.id))
    .limit(HISTORY);
  return { pictureMs: pictures.map((row) => row.ms), orderMs: finished.map((row) => row.ms) };
}

interface Ahead {
  readonly orders: number;
  readonly pictures: number;
}

/** Orders of the same provider that started earlier and are still at work. */
async function ahead(deps: DetailDeps, order: OrderRow): Promise<Ahead> {
  if (order.goAt === null) return { orders: 0, pictures: 0 };
  const [row] = await deps.db.orm
    .select({ orders: sql<number>`count(*)`, pictures: sql<number>`coalesce(sum(${orders.count}), 0)` })
    .from(orders)
    .where(
      and(
        inArray(orders.state, [...WORKING_STATES]),
        eq(orders.provider, order.provider ?? "studio"),
        lt(orders.goAt, order.goAt),
      ),
    );
  return row ?? { orders: 0, pictures: 0 };
}

/** Everything about an order that a person may see, computed from the rows. */
export async function orderDetails(deps: DetailDeps, order: OrderRow): Promise<OrderDetails> {
  const [quote, round, pictures, actualMicros, returned] = await Promise.all([
    quoteDetails(deps, order),
    promptsOf(deps, order.id, order.round),
    pictureDetails(deps, order.id),
    orderCost(deps, order.id),
    creditsReturned(deps, order.id),
  ]);
  const working = (WORKING_STATES as readonly string[]).includes(order.state);
  const ended = round.filter((prompt) => prompt.state === "done" || prompt.state === "failed").length;
  const picturesLeft = (round.length === 0 ? order.count : round.length) - ended;
  const before = working ? await ahead(deps, order) : { orders: 0, pictures: 0 };
  const expected =
    working && order.goAt !== null
      ? eta({
          now: deps.clock.now(),
          startedAt: order.goAt,
          ...(await history(deps, order)),
          fallbackMs: FALLBACK_PICTURE_MS,
          picturesLeft,
          picturesAhead: before.pictures,
        })
      : null;
  const face = order.state === "collecting" ? await faceDetails(deps, order.faceId, order.product) : null;
  const ready = face !== null && face.settled && face.kept >= face.needed;
  return {
    id: order.id,
    personId: order.personId,
    chatId: order.chatId,
    faceId: order.faceId,
    state: ready ? "ready" : order.state,
    product: order.product,
    styles: order.styles,
    count: order.count,
    round: order.round,
    quote,
    prompts: round.map(({ id, style, state }) => ({ id, style, state })),
    pictures: pictures.shown,
    hidden: pictures.hidden,
    actualMicros,
    ordersAhead: order.state === "queued" || (working && ended === 0) ? before.orders : null,
    etaAt: expected?.at ?? null,
    late: expected?.late ?? false,
    progress: working && round.length > 0 ? ended / round.length : null,
    failureCode: order.failureCode,
    rating: order.rating,
    ratingAskedAt: order.ratingAskedAt,
    retakeLeft: order.round === 0,
    creditReturned: returned,
    createdAt: order.createdAt,
    goAt: order.goAt,
    deliveredAt: order.deliveredAt,
  };
}
