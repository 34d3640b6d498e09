import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { write } from "../../src/db/index.ts";
import { costMicros, priceOf, seedPrices } from "../../src/money/index.ts";
import { price } from "../../src/money/schema.ts";
import { money } from "./money.ts";

describe("a price", () => {
  it("of the studio is known from the start, is nothing, and names its source", async () => {
    const { deps, apply } = await money();
    await apply(seedPrices());
    expect(await apply(seedPrices())).toMatchObject({ ok: true });
    expect(await priceOf(deps, "studio", "picture")).toMatchObject({
      rateNano: 0,
      source: "made on this machine, no bill",
    });
    expect(await priceOf(deps, "studio", "training")).toBeNull();
  });

  it("is the newest that holds now, and is never changed", async () => {
    const { deps, clock, apply } = await money();
    const now = clock.now();
    const book = [
      { id: "old", rateNano: 1, validFrom: now - 100, validTo: null },
      { id: "new", rateNano: 2, validFrom: now - 10, validTo: now + 10 },
      { id: "next", rateNano: 3, validFrom: now + 5, validTo: null },
    ];
    for (const row of book) {
      await apply([
        write(
          deps.db.orm
            .insert(price)
            .values({ ...row, provider: "noop", sku: "gpu", unit: "second", source: "test", fetchedAt: now }),
        ),
      ]);
    }
    expect((await priceOf(deps, "noop", "gpu"))?.id).toBe("new");
    clock.advance(5);
    expect((await priceOf(deps, "noop", "gpu"))?.id).toBe("next");
    const changed = await apply([write(deps.db.orm.update(price).set({ rateNano: 9 }))]);
    expect(changed).toMatchObject({ ok: false, kind: "constraint" });
  });
});

describe("a cost", () => {
  it("is rounded up once", () => {
    expect(costMicros(0, 1000)).toBe(0);
    expect(costMicros(1, 1)).toBe(1);
    expect(costMicros(1000, 1)).toBe(1);
    expect(costMicros(1001, 1)).toBe(2);
    expect(costMicros(1_525_000, 1200)).toBe(1_830_000);
    expect(costMicros(1_400_000, 0.1)).toBe(140);
    // 0.1 + 0.2 is a little more than 0.3 and must not cost more
    expect(costMicros(1_000_000_000, 0.1 + 0.2)).toBe(300_000);
  });

  it("is exact where floating point is not, and never below the exact figure", () => {
    const rate = fc.integer({ min: 0, max: 10_000_000_000 });
    fc.assert(
      fc.property(rate, fc.integer({ min: 0, max: 3_600_000_000 }), (rateNano, parts) => {
        const exact = BigInt(rateNano) * BigInt(parts);
        const cost = BigInt(costMicros(rateNano, parts / 1e6));
        expect(cost * 1_000_000_000n).toBeGreaterThanOrEqual(exact);
        expect((cost - 1n) * 1_000_000_000n).toBeLessThan(exact === 0n ? 1n : exact);
      }),
    );
  });

  it("of something that is no quantity does not exist", () => {
    for (const wrong of [-1, NaN, Infinity]) expect(() => costMicros(1, wrong)).toThrow(RangeError);
    expect(() => costMicros(0.5, 1)).toThrow(RangeError);
  });
});
