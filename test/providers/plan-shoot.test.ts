import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StudioStyle } from "../../src/ports/imaging.ts";
import { planShoot, type ShootSource } from "../../src/providers/studio/index.ts";
import { seededRandom } from "../kit/time.ts";

const ALL: readonly StudioStyle[] = ["corporate-grey", "city", "black-white", "own-background"];
const NO_MASK: readonly StudioStyle[] = ["black-white", "own-background"];

function source(
  selfieId: string,
  change: { score?: number; styles?: readonly StudioStyle[]; cropCost?: number } = {},
) {
  const { score = 100, styles = ALL, cropCost = 0 } = change;
  return { selfieId, score, plan: { styles, cropCost, maskTrusted: styles === ALL } };
}

const plan = (sources: readonly ShootSource[], styles: readonly string[], count: number) =>
  planShoot(sources, styles, count, seededRandom());

const tally = (values: readonly string[]): Record<string, number> =>
  values.reduce<Record<string, number>>((sums, value) => ({ ...sums, [value]: (sums[value] ?? 0) + 1 }), {});

describe("planning a shoot", () => {
  it("spreads pictures over styles and photos evenly", () => {
    const shots = plan([source("a"), source("b"), source("c")], ["corporate-grey", "city"], 12);
    expect(tally(shots.map(({ style }) => style))).toEqual({ "corporate-grey": 6, city: 6 });
    expect(tally(shots.map(({ selfieId }) => selfieId))).toEqual({ a: 4, b: 4, c: 4 });
  });

  it("makes no style from one photo only while another would do", () => {
    const shots = plan([source("a"), source("b")], ["corporate-grey", "city"], 4);
    for (const style of ["corporate-grey", "city"]) {
      expect(new Set(shots.filter((shot) => shot.style === style).map(({ selfieId }) => selfieId)).size).toBe(
        2,
      );
    }
  });

  it("skips a photo for styles that it does not allow", () => {
    const shots = plan(
      [source("busy", { styles: NO_MASK }), source("clean", { score: 80 })],
      ["city", "black-white"],
      8,
    );
    expect(shots.filter(({ style }) => style === "city").every(({ selfieId }) => selfieId === "clean")).toBe(
      true,
    );
    expect(shots.some(({ style, selfieId }) => style === "black-white" && selfieId === "busy")).toBe(true);
  });

  it("gives the share of an impossible style to the others, and nothing when none is possible", () => {
    const busy = [source("busy", { styles: NO_MASK })];
    expect(tally(plan(busy, ["city", "black-white"], 4).map(({ style }) => style))).toEqual({
      "black-white": 4,
    });
    expect(plan(busy, ["city"], 4)).toEqual([]);
    expect(plan([], ["city"], 4)).toEqual([]);
    expect(plan([source("a")], ["boardroom"], 4)).toEqual([]);
  });

  it("leaves out a much worse photo and one with an awkward crop", () => {
    const shots = plan(
      [source("soft", { score: 55 }), source("best"), source("tight", { score: 90, cropCost: 1 })],
      ["city"],
      6,
    );
    expect(new Set(shots.map(({ selfieId }) => selfieId))).toEqual(new Set(["best"]));
  });

  it("always makes as many as asked, of asked and possible styles, each with a seed of its own", () => {
    const sources = fc.array(
      fc.record({
        selfieId: fc.uuid(),
        score: fc.integer({ min: 0, max: 100 }),
        plan: fc.record({
          styles: fc.subarray([...ALL]),
          cropCost: fc.double({ min: 0, max: 1, noNaN: true }),
          maskTrusted: fc.boolean(),
        }),
      }),
      { maxLength: 5 },
    );
    const styles = fc.subarray([...ALL], { minLength: 1 });
    fc.assert(
      fc.property(sources, styles, fc.integer({ min: 1, max: 40 }), (photos, wanted, count) => {
        const shots = planShoot(photos, wanted, count, seededRandom(count));
        const possible = wanted.filter((style) => photos.some((photo) => photo.plan.styles.includes(style)));
        expect(shots.length).toBe(possible.length === 0 ? 0 : count);
        const counts = Object.values(tally(shots.map(({ style }) => style)));
        if (count >= possible.length) expect(counts.length).toBe(possible.length);
        expect(Math.max(0, ...counts) - Math.min(...counts, 40)).toBeLessThanOrEqual(1);
        expect(new Set(shots.map(({ seed }) => seed)).size).toBe(shots.length);
        for (const { style, selfieId } of shots) {
          const photo = photos.find((one) => one.selfieId === selfieId);
          expect(photo?.plan.styles).toContain(style);
        }
      }),
    );
  });
});
