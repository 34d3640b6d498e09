import type { Mutant } from "./mutant.ts";

const JOURNEY = "test/service/order-journey.test.ts";
const GO = "test/service/go.test.ts";
const FORMAT = "test/storage/format.test.ts";

/**
 * What keeps money, photos and choices safe outside the durable core. The parameters of a statement are kept, so that
 * it fails for what it does and not for how it is written.
 */
export const ROOM_MUTANTS: Readonly<Record<string, Mutant>> = {
  "a busy connection is used again as it is": {
    file: "src/db/database.ts",
    find: "client.reconnect();",
    replace: "",
    suite: "test/db/busy.test.ts",
  },
  "a reservation ends twice": {
    file: "src/money/resolve.ts",
    find: "guarded(\n      `resolution:${attemptId}`,",
    replace:
      "((name: string, query: Parameters<typeof guarded>[1]) => ({ ...guarded(name, query), guard: undefined }))(\n      `resolution:${attemptId}`,",
    suite: "test/money/reserve.test.ts",
    test: "ends once: settling and releasing exclude each other",
  },
  "credits come back twice": {
    file: "src/money/credits.ts",
    find: "SELECT ?, amount ${open}\nON CONFLICT",
    replace:
      "SELECT ?, amount FROM ledger_entry WHERE txn_id = ? AND account = ? AND amount = ? AND ? <> ''\nON CONFLICT",
    suite: "test/money/credits.test.ts",
  },
  "an order is changed whatever happened to it meanwhile": {
    file: "src/orders/change.ts",
    find: "and(eq(orders.id, order.id), eq(orders.version, order.version), eq(orders.state, order.state))",
    replace: "eq(orders.id, order.id)",
    suite: JOURNEY,
    test: "starts once for two presses of Go at once",
  },
  "Go takes any quote of the order": {
    file: "src/orders/go.ts",
    find: 'if (order.state !== "quoted" || order.quoteId !== quoteId)',
    replace: 'if (order.state !== "quoted")',
    suite: GO,
    test: "does not start on an older quote",
  },
  "two orders of one moment share the last place of the day": {
    file: "src/orders/go.ts",
    find: "...(paid ? [quotaGuard(deps, order)] : []),",
    replace: "",
    suite: GO,
    test: "gives the last place of the day to one of two orders",
  },
  "an order that ends without pictures keeps its credit": {
    file: "src/orders/change.ts",
    find: "return order.creditsCharged === 0",
    replace: "return order.creditsCharged >= 0",
    suite: JOURNEY,
    test: "gives it back when the order is cancelled",
  },
  "all frames of a blob are sealed alike": {
    file: "src/storage/frames.ts",
    find: "setUint32(PREFIX_BYTES, frame)",
    replace: "setUint32(PREFIX_BYTES, 0)",
    suite: "test/storage/damage.test.ts",
    test: "gives out nothing but the beginning of the true bytes",
  },
  "the last frame of a blob looks like any other": {
    file: "src/storage/frames.ts",
    find: "nonce[PREFIX_BYTES + 4] = last ? 1 : 0;",
    replace: "",
    suite: FORMAT,
  },
  "a blob is given out under another's name": {
    file: "src/storage/frames.ts",
    find: "if (last && (await naming.finish()).id !== expectedId)",
    replace: "if (last && (await naming.finish()).id === null)",
    suite: FORMAT,
  },
  "a chat event that comes again is answered again": {
    file: "src/chat/conversation.ts",
    find: "if (await wasAnswered(deps, eventId)) return;",
    replace: "",
    suite: "test/chat/conversation.test.ts",
    test: "leaves a newer choice alone when an old event arrives again",
  },
  "photos are judged with a set that has changed": {
    file: "src/selfies/change-set.ts",
    find: "deps.db.batch([set.unchanged, ...statements",
    replace: "deps.db.batch([...statements",
    suite: "test/selfies/intake-judge.test.ts",
    test: "lets the last of three twins back",
  },
  "a link code works for two at once": {
    file: "src/people/redeem-link-code.ts",
    find: "    useCode(deps, id),\n",
    replace: "",
    suite: "test/people/link.test.ts",
    test: "works once, for ten minutes, and not for oneself",
  },
};
