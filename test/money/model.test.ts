import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  budgetScopes,
  chargeCredits,
  checkLedger,
  credits,
  ensureBudgets,
  grantCredits,
  moveCredits,
  orderCost,
  release,
  reserve,
  returnCredits,
  settle,
} from "../../src/money/index.ts";
import { budget, ledgerEntry, reservation, resolution } from "../../src/money/schema.ts";
import type { Statement } from "../../src/ports/database.ts";
import { money, type MoneyDeps } from "./money.ts";

const CAP = 1000;
const ATTEMPTS = 12;
const PEOPLE = ["p0", "p1", "p2"];

type Act =
  | { readonly do: "reserve"; readonly attempt: number; readonly amount: number; readonly person: number }
  | { readonly do: "settle"; readonly attempt: number; readonly actual: number; readonly waste: boolean }
  | { readonly do: "void"; readonly attempt: number }
  | { readonly do: "grant"; readonly person: number; readonly credits: number; readonly key: number }
  | {
      readonly do: "charge" | "refund";
      readonly person: number;
      readonly order: number;
      readonly credits: number;
    }
  | { readonly do: "merge"; readonly person: number; readonly into: number };

const attempt = fc.integer({ min: 0, max: ATTEMPTS - 1 });
const person = fc.integer({ min: 0, max: PEOPLE.length - 1 });
const few = fc.integer({ min: 0, max: 3 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("reserve"),
      attempt,
      person,
      amount: fc.integer({ min: 0, max: 600 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("settle"),
      attempt,
      actual: fc.integer({ min: 0, max: 700 }),
      waste: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("void"), attempt }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("grant"), person, credits: few, key: few }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("charge", "refund"), person, order: few, credits: few }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("merge"), person, into: person }) },
);

const nameOf = (person: number): string => PEOPLE[person] ?? "";

function reserveAct(deps: MoneyDeps, one: Extract<Act, { do: "reserve" }>): Statement[] {
  const scopes = budgetScopes(deps, { provider: "noop", personId: nameOf(one.person) });
  return [
    ...ensureBudgets(deps, scopes),
    ...reserve(deps, {
      attemptId: `a${one.attempt}`,
      orderId: `o${one.attempt % 2}`,
      provider: "noop",
      priceId: null,
      amountMicros: one.amount,
      estimateMicros: 0,
      scopes,
    }),
  ];
}

async function statementsOf(deps: MoneyDeps, one: Act): Promise<Statement[]> {
  if (one.do === "reserve") return reserveAct(deps, one);
  if (one.do === "void") return release(deps, { attemptId: `a${one.attempt}` });
  if (one.do === "settle") {
    const bill = { actualMicros: one.actual, estimated: false, toWaste: one.waste };
    return settle(deps, { attemptId: `a${one.attempt}`, ...bill });
  }
  const personId = nameOf(one.person);
  if (one.do === "merge") return one.person === one.into ? [] : moveCredits(deps, personId, nameOf(one.into));
  if (one.do === "grant")
    return grantCredits(deps, { personId, credits: one.credits, reason: "test", key: `${one.key}` });
  const booking = { personId, orderId: `o${one.order}`, credits: one.credits, reason: "test" };
  return one.do === "charge" ? chargeCredits(deps, booking) : returnCredits(deps, booking);
}

/** Several actors at once, each with its own acts in order; settling what was never reserved is refused beforehand. */
async function play(deps: MoneyDeps, actors: readonly (readonly Act[])[]): Promise<void> {
  await Promise.all(
    actors.map(async (acts) => {
      for (const one of acts) {
        const statements = await statementsOf(deps, one).catch((): Statement[] => []);
        if (statements.length > 0) await deps.db.batch(statements);
        await expectWithinCap(deps);
      }
    }),
  );
}

/** I7 at this prefix: beyond the cap only by what providers charged above their reservation. */
async function expectWithinCap(deps: MoneyDeps): Promise<void> {
  const [row] = await deps.db.query(
    `SELECT (SELECT posted_micros + held_micros FROM budget WHERE scope LIKE 'day:%') AS taken,
(SELECT coalesce(sum(actual_micros - amount_micros), 0) FROM resolution JOIN reservation USING (attempt_id)
 WHERE overrun = 1) AS overrun`,
  );
  expect(Number(row?.["taken"] ?? 0)).toBeLessThanOrEqual(CAP + Number(row?.["overrun"] ?? 0));
}

describe("the ledger", () => {
  it("stays sound whatever several actors do at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 5, maxLength: 30 }), { minLength: 1, maxLength: 4 }),
        async (actors) => {
          const { deps } = await money({ budgetDayMicros: CAP, budgetMonthMicros: null });
          await play(deps, actors);
          expect(await checkLedger(deps)).toEqual([]);

          const orm = deps.db.orm;
          const ends = await orm.select().from(resolution);
          const held = await orm.select().from(reservation);
          // I5: what is open can still end, and then every attempt has exactly one end.
          for (const one of held.filter((one) => !ends.some((end) => end.attemptId === one.attemptId)))
            expect(await deps.db.batch(await release(deps, one))).toMatchObject({ ok: true });
          expect((await orm.select().from(resolution)).map((end) => end.attemptId).sort()).toEqual(
            held.map((one) => one.attemptId).sort(),
          );
          for (const row of await orm.select().from(budget)) expect(row.heldMicros).toBe(0);

          const spent = ends.reduce((sum, end) => sum + end.actualMicros, 0);
          const entries = await orm.select().from(ledgerEntry);
          const balance = (account: string): number =>
            entries.reduce((sum, entry) => sum + (entry.account === account ? entry.amount : 0), 0);
          expect(balance("payable:noop")).toBe(0 - spent);
          expect((await orderCost(deps, "o0")) + (await orderCost(deps, "o1")) + balance("waste")).toBe(
            spent,
          );

          let all = 0;
          for (const one of PEOPLE) {
            const has = await credits(deps, one);
            expect(has).toBeGreaterThanOrEqual(0);
            all += has;
          }
          const used = entries.filter((entry) => entry.account.startsWith("credit_used:"));
          const inUse = used.reduce((sum, entry) => sum + entry.amount, 0);
          expect(inUse).toBeGreaterThanOrEqual(0);
          expect(all + inUse).toBe(0 - balance("credit_given"));
          expect(await checkLedger(deps)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
