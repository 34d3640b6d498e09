import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandOf, distanceTo } from "../../src/pictures/rules/likeness.ts";
import { rankPictures, type Rankable } from "../../src/pictures/rules/rank.ts";
import { scorePicture } from "../../src/pictures/rules/score.ts";
import { goodPhoto, vectorAt } from "../selfies/kit.ts";

const limits = { veryClose: 0.3, close: 0.4, loose: 0.5 };
const FAR = ["0000000000000000", "ffffffff00000000", "0000ffff0000ffff", "00ff00ff00ff00ff"];

function made(id: string, score: number, change: Partial<Rankable> = {}): Rankable {
  return { id, score, band: "close", hash: null, rank: null, ...change };
}

describe("likeness of a picture", () => {
  it("names the band by the person's own limits", () => {
    expect([0.3, 0.31, 0.4, 0.5, 0.51].map((distance) => bandOf(distance, limits))).toEqual([
      "very_close",
      "close",
      "close",
      "loose",
      "beyond",
    ]);
  });

  it("is not invented where it was not measured", () => {
    expect(distanceTo(null, vectorAt(0.2))).toBeNull();
    expect(distanceTo({ mean: vectorAt(0), limits }, null)).toBeNull();
    expect(distanceTo({ mean: vectorAt(0), limits }, vectorAt(0.25))).toBeCloseTo(0.25, 6);
  });
});

describe("the score of a picture", () => {
  const portrait = (face = {}, change = {}) =>
    goodPhoto({ box: { left: 335, top: 300, width: 330, height: 420 }, ...face }, change);

  it("is near 1 for a sharp, centred picture that looks like the person", () => {
    expect(scorePicture(portrait(), 0.2)).toBeGreaterThan(0.97);
  });

  it("falls with distance, blur, burnt light and a face out of place", () => {
    const best = scorePicture(portrait(), 0.3);
    for (const worse of [
      scorePicture(portrait(), 0.4),
      scorePicture(portrait({ sharpness: 0.15 }), 0.3),
      scorePicture(portrait({ brightShare: 0.1 }), 0.3),
      scorePicture(portrait({ luminanceP90: 90 }), 0.3),
      scorePicture(portrait({ box: { left: 0, top: 300, width: 330, height: 420 } }), 0.3),
      scorePicture(portrait({ yaw: 30 }), 0.3),
      scorePicture(portrait({ faceHeight: 150 }), 0.3),
    ]) {
      expect(worse).toBeLessThan(best);
      expect(worse).toBeGreaterThan(0);
    }
  });

  it.each([
    ["two faces", portrait({}, { faceHeights: [400, 120] }), 0.2],
    ["no face", goodPhoto({}, { faceHeights: [], face: null }), null],
    ["a face cut off", portrait({ outsideShare: 0.2 }), 0.2],
    ["a blurred face", portrait({ sharpness: 0.05 }), 0.2],
    ["somebody else", portrait(), 0.61],
  ])("is 0 for %s", (_, picture, distance) => {
    expect(scorePicture(picture, distance)).toBe(0);
  });

  it("does not hold against a picture what could not be checked", () => {
    expect(scorePicture(portrait({ identity: null }), null)).toBeGreaterThan(0.5);
    expect(scorePicture(goodPhoto({}, { faceHeights: null, face: null }), null)).toBeGreaterThan(0.4);
  });
});

describe("ranking an order", () => {
  it("puts the best first and leaves out what is refused or beyond loose", () => {
    const ranked = rankPictures([
      made("a", 0.5),
      made("b", 0.9),
      made("c", 0),
      made("d", 0.95, { band: "beyond" }),
      made("e", 0.7, { band: null }),
    ]);
    expect(ranked.map(({ id, rank }) => [id, rank])).toEqual([
      ["b", 1],
      ["e", 2],
      ["a", 3],
    ]);
  });

  it("prefers a different picture to a twin of a better one", () => {
    const ranked = rankPictures([
      made("best", 0.9, { hash: FAR[0] ?? null }),
      made("twin", 0.89, { hash: FAR[0] ?? null }),
      made("other", 0.85, { hash: FAR[1] ?? null }),
    ]);
    expect(ranked.map(({ id }) => id)).toEqual(["best", "other", "twin"]);
    expect(ranked[2]?.score).toBeCloseTo(0.79, 4);
  });

  const pictures = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      score: fc.integer({ min: 0, max: 10_000 }).map((score) => score / 10_000),
      band: fc.constantFrom("very_close", "close", "loose", "beyond", null),
      hash: fc.constantFrom(...FAR, "000000000000ffff", null),
      rank: fc.constant(null),
    }),
    { selector: ({ id }) => id, maxLength: 20 },
  );

  it("numbers 1 to n with falling scores, whatever the order of the rows", () => {
    fc.assert(
      fc.property(pictures, (rows) => {
        const ranked = rankPictures(rows);
        expect(ranked.map(({ rank }) => rank)).toEqual(ranked.map((_, index) => index + 1));
        const scores = ranked.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        expect(rankPictures(rows.toReversed())).toEqual(ranked);
      }),
    );
  });

  it("changes nothing the second time, and a retake joins without moving the earlier ones among themselves", () => {
    fc.assert(
      fc.property(pictures, pictures, (first, retake) => {
        const ranked = rankPictures(first);
        const stored = first.map((row): Rankable => {
          const found = ranked.find(({ id }) => id === row.id);
          return { ...row, ...found };
        });
        expect(rankPictures(stored)).toEqual(ranked);
        const together = rankPictures([...stored, ...retake]);
        const earlier = together.filter(({ id }) => ranked.some((one) => one.id === id));
        expect(earlier.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score));
      }),
    );
  });
});
