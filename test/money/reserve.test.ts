import { describe, expect, it } from "vitest";
import {
  budgetRoom,
  budgetScopes,
  checkLedger,
  ensureBudgets,
  orderCost,
  release,
  reserve,
  settle,
} from "../../src/money/index.ts";
import { budget, ledgerEntry, resolution } from "../../src/money/schema.ts";
import { fileDatabase, memoryDatabase } from "../kit/database.ts";
import { money } from "./money.ts";

describe("a reservation", () => {
  it("is held under every scope until it is settled at the real cost", async () => {
    const { deps, apply, open } = await money();
    const scopes = budgetScopes(deps, { provider: "noop", personId: "p1" });
    expect(scopes).toEqual([
      "day:2026-11-25",
      "month:2026-11",
      "provider:noop:day:2026-11-25",
      "person:p1:day:2026-11-25",
    ]);
    expect(await open("a1", 700, "o1")).toMatchObject({ ok: true });
    expect((await deps.db.orm.select().from(budget)).map((row) => row.heldMicros)).toEqual([
      700, 700, 700, 700,
    ]);

    await apply(await settle(deps, { attemptId: "a1", actualMicros: 450, estimated: false }));
    expect(await deps.db.orm.select().from(budget)).toEqual(
      expect.arrayContaining([
        { scope: "day:2026-11-25", capMicros: 1000, postedMicros: 450, heldMicros: 0 },
        { scope: "person:p1:day:2026-11-25", capMicros: null, postedMicros: 450, heldMicros: 0 },
      ]),
    );
    expect(await orderCost(deps, "o1")).toBe(450);
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("names the cap that is reached and holds nothing anywhere", async () => {
    const { deps, open } = await money();
    await open("a1", 700);
    expect(await open("a2", 301)).toEqual({ ok: false, kind: "guard", guard: "budget:day:2026-11-25" });
    expect((await deps.db.orm.select().from(budget)).map((row) => row.heldMicros)).toEqual([
      700, 700, 700, 700,
    ]);
    expect(await open("a3", 300)).toMatchObject({ ok: true });
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("of nothing fits even where no paid work is allowed", async () => {
    const { deps, apply, open } = await money({ budgetDayMicros: 0, budgetMonthMicros: 0 });
    expect(await open("a1", 1)).toMatchObject({ ok: false, kind: "guard" });
    expect(await open("a2", 0)).toMatchObject({ ok: true });
    expect(
      await apply(await settle(deps, { attemptId: "a2", actualMicros: 0, estimated: false })),
    ).toMatchObject({
      ok: true,
    });
    expect(await deps.db.orm.select().from(ledgerEntry)).toEqual([]);
    expect(await deps.db.orm.select().from(resolution)).toHaveLength(1);
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("cannot be made twice for one attempt", async () => {
    const { deps, open } = await money();
    await open("a1", 100);
    expect(await open("a1", 100)).toMatchObject({ ok: false, kind: "constraint" });
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("ends once: settling and releasing exclude each other", async () => {
    const { deps, apply, open } = await money();
    await open("a1", 100);
    const settling = await settle(deps, { attemptId: "a1", actualMicros: 60, estimated: true });
    const releasing = await release(deps, { attemptId: "a1" });
    expect(await apply(releasing)).toMatchObject({ ok: true });
    expect(await apply(settling)).toEqual({ ok: false, kind: "guard", guard: "resolution:a1" });
    expect(await apply(releasing)).toEqual({ ok: false, kind: "guard", guard: "resolution:a1" });
    expect(
      (await deps.db.orm.select().from(budget)).map((row) => [row.postedMicros, row.heldMicros]),
    ).toEqual(Array.from({ length: 4 }, () => [0, 0]));
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("books a bill above it, marks the overrun and lets no more paid work in", async () => {
    const { deps, apply, open } = await money();
    await open("a1", 900);
    await apply(await settle(deps, { attemptId: "a1", actualMicros: 1500, estimated: false }));
    expect(await deps.db.orm.select().from(resolution)).toMatchObject([
      { overrun: true, actualMicros: 1500 },
    ]);
    expect(await open("a2", 1)).toMatchObject({ ok: false, kind: "guard" });
    expect(await open("a3", 0)).toMatchObject({ ok: true });
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("that nobody profits from is waste and not the order's cost", async () => {
    const { deps, apply, open } = await money();
    await open("a1", 900, "o1");
    await apply(await settle(deps, { attemptId: "a1", actualMicros: 500, estimated: true, toWaste: true }));
    expect(await orderCost(deps, "o1")).toBe(0);
    const entries = await deps.db.orm.select().from(ledgerEntry);
    expect(entries).toContainEqual({ txnId: "settle:a1", account: "waste", amount: 500 });
    expect(entries).toContainEqual({ txnId: "settle:a1", account: "payable:noop", amount: -500 });
  });

  it("is a defect to settle where nothing was reserved", async () => {
    const { deps } = await money();
    await expect(settle(deps, { attemptId: "no", actualMicros: 1, estimated: false })).rejects.toMatchObject({
      code: "DEFECT",
    });
  });
});

describe("a budget", () => {
  it("follows the settings when they change, and starts afresh on the next UTC day", async () => {
    const { deps, clock, apply, open } = await money();
    await open("a1", 1000);
    expect(await budgetRoom(deps, 1)).toBe(false);
    expect(await budgetRoom(deps, 0)).toBe(true);
    const richer = { ...deps, policy: { ...deps.policy, budgetDayMicros: 1500 } };
    await apply(ensureBudgets(richer, ["day:2026-11-25"]));
    expect(await budgetRoom(richer, 500)).toBe(true);
    expect(await budgetRoom(richer, 501)).toBe(false);
    clock.set(Date.UTC(2026, 10, 26));
    expect(await budgetRoom(deps, 1000)).toBe(true);
    expect(await budgetRoom({ ...deps, policy: { ...deps.policy, budgetMonthMicros: 1999 } }, 1000)).toBe(
      false,
    );
  });

  it("without a cap lets everything in", async () => {
    const { deps, open } = await money({ budgetDayMicros: null, budgetMonthMicros: null });
    expect(await open("a1", 9_000_000_000)).toMatchObject({ ok: true });
    expect(await budgetRoom(deps, 9_000_000_000)).toBe(true);
  });

  it.each([
    ["memory", memoryDatabase],
    ["file", fileDatabase],
  ])("is never overdrawn by many reservations at once (%s)", async (_name, database) => {
    const { db } = await database();
    const { deps } = await money({ budgetDayMicros: 100_000, budgetMonthMicros: null }, { db });
    const scopes = budgetScopes(deps, { provider: "noop", personId: "p1" });
    const tries = Array.from({ length: 400 }, (_, at) =>
      db.batch([
        ...ensureBudgets(deps, scopes),
        ...reserve(deps, {
          attemptId: `a${at}`,
          orderId: null,
          provider: "noop",
          priceId: null,
          amountMicros: 700,
          estimateMicros: 1,
          scopes,
        }),
      ]),
    );
    const granted = (await Promise.all(tries)).filter((result) => result.ok);
    expect(granted).toHaveLength(142);
    const [day] = await deps.db.orm.select().from(budget);
    expect(day).toMatchObject({ heldMicros: 142 * 700 });
    expect(await checkLedger(deps)).toEqual([]);
  });
});
