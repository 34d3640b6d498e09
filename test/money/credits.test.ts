import { describe, expect, it } from "vitest";
import {
  chargeCredits,
  checkLedger,
  credits,
  creditsReturned,
  exportLedger,
  grantCredits,
  moveCredits,
  returnCredits,
} from "../../src/money/index.ts";
import type { Statement } from "../../src/ports/database.ts";
import { money, type MoneyDeps } from "./money.ts";

const give = (deps: MoneyDeps, personId: string, count: number, key = `k-${personId}`): Statement[] =>
  grantCredits(deps, { personId, credits: count, reason: "welcome", key });
const charge = (deps: MoneyDeps, personId: string, orderId: string, count = 1): Statement[] =>
  chargeCredits(deps, { personId, orderId, credits: count });
const refund = (deps: MoneyDeps, personId: string, orderId: string, count = 1, guard?: string): Statement[] =>
  returnCredits(deps, {
    personId,
    orderId,
    credits: count,
    reason: "failed",
    ...(guard === undefined ? {} : { guard }),
  });

describe("credits", () => {
  it("are given once per key, for whomever, without failing the batch around them", async () => {
    const { deps, apply } = await money();
    expect(await apply(give(deps, "p1", 2, "free"))).toMatchObject({ ok: true });
    expect(await apply(give(deps, "p1", 2, "free"))).toMatchObject({ ok: true });
    expect(await apply(give(deps, "p2", 2, "free"))).toMatchObject({ ok: true });
    await apply(give(deps, "p1", 3, "gift"));
    expect([await credits(deps, "p1"), await credits(deps, "p2")]).toEqual([5, 0]);
    expect(give(deps, "p1", 0)).toEqual([]);
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("are charged once per order and never below none", async () => {
    const { deps, apply } = await money();
    await apply(give(deps, "p1", 1));
    const both = await Promise.all([apply(charge(deps, "p1", "o1")), apply(charge(deps, "p1", "o2"))]);
    expect(both.filter((result) => result.ok)).toHaveLength(1);
    expect(both).toContainEqual({ ok: false, kind: "guard", guard: "credit" });
    await apply(give(deps, "p1", 5, "more"));
    const charged = both[0].ok ? "o1" : "o2";
    expect(await apply(charge(deps, "p1", charged))).toMatchObject({ ok: false, kind: "constraint" });
    expect(await credits(deps, "p1")).toBe(5);
    expect(await apply(charge(deps, "nobody", "o3"))).toMatchObject({ ok: false, guard: "credit" });
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("come back once, and only what was charged", async () => {
    const { deps, apply } = await money();
    await apply(give(deps, "p1", 2));
    await apply(charge(deps, "p1", "o1", 2));
    expect(await creditsReturned(deps, "o1")).toBe(false);
    expect(await apply(refund(deps, "p1", "o1", 2, "refund"))).toMatchObject({ ok: true });
    expect(await creditsReturned(deps, "o1")).toBe(true);
    expect(await credits(deps, "p1")).toBe(2);
    expect(await apply(refund(deps, "p1", "o1", 2))).toMatchObject({ ok: true });
    expect(await apply(refund(deps, "p1", "o1", 2, "refund"))).toEqual({
      ok: false,
      kind: "guard",
      guard: "refund",
    });
    expect(await apply(refund(deps, "p1", "never-charged", 2))).toMatchObject({ ok: true });
    expect(await creditsReturned(deps, "never-charged")).toBe(false);
    expect(await credits(deps, "p1")).toBe(2);
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("follow a person who is linked with another, refunds included", async () => {
    const { deps, apply } = await money();
    await apply([...give(deps, "a", 3), ...give(deps, "b", 1)]);
    await apply(charge(deps, "a", "o1", 1));
    await apply(moveCredits(deps, "a", "b"));
    expect([await credits(deps, "a"), await credits(deps, "b")]).toEqual([0, 3]);
    await apply(refund(deps, "b", "o1", 1));
    expect(await credits(deps, "b")).toBe(4);
    expect(await apply(moveCredits(deps, "a", "b"))).toMatchObject({ ok: true });
    expect(await apply(moveCredits(deps, "nobody", "b"))).toMatchObject({ ok: true });
    expect(await credits(deps, "b")).toBe(4);
    expect(await checkLedger(deps)).toEqual([]);
  });

  it("are whole and not negative", async () => {
    const { deps } = await money();
    expect(() => give(deps, "p1", -1)).toThrow("whole amount");
    expect(() => charge(deps, "p1", "o1", 0.5)).toThrow("whole amount");
  });

  it("are told to the person who asks for their data", async () => {
    const { deps, apply } = await money();
    await apply(give(deps, "p1", 2));
    await apply(charge(deps, "p1", "o1", 2));
    const [file] = await exportLedger(deps)("p1");
    expect(file?.name).toBe("credits.json");
    expect(JSON.parse(new TextDecoder().decode(file?.bytes))).toMatchObject([
      { kind: "grant", credits: 2, order: null, note: "welcome" },
      { kind: "charge", credits: -2, order: "o1", at: "2026-11-25T12:00:00.000Z" },
    ]);
  });
});
