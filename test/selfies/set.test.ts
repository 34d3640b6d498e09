import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SetPhoto } from "../../src/ports/selfie.ts";
import { judgeSet } from "../../src/selfies/rules/set.ts";
import { setPhoto, vectorAt } from "./kit.ts";

const HASH = "ff9883b668871c8a";

/** The hash with its lowest `bits` bits turned over. */
function near(bits: number): string {
  return (BigInt(`0x${HASH}`) ^ ((1n << BigInt(bits)) - 1n)).toString(16).padStart(16, "0");
}

function verdicts(photos: readonly SetPhoto[]): Record<string, string> {
  const { photos: judged } = judgeSet(photos);
  return Object.fromEntries(
    [...judged].map(([id, { verdict, reasons }]) => [id, [verdict, ...reasons].join(" ")]),
  );
}

/** A person's photos: vectors scattered by 0.3 round one point. */
function person(name: string, at: number, count: number): SetPhoto[] {
  return Array.from({ length: count }, (_, index) => {
    const identity = vectorAt(0.3, index + 1);
    identity[0] = at;
    return setPhoto(`${name}${index + 1}`, {}, { identity });
  });
}

describe("duplicates in a set", () => {
  it("refuses the later of two equal ones", () => {
    const set = [setPhoto("first", { hash: HASH }), setPhoto("second", { hash: near(6) })];
    expect(verdicts(set)).toEqual({ first: "keep", second: "refuse duplicate" });
  });

  it("refuses the worse one even if it came first", () => {
    const set = [
      setPhoto("small", { hash: HASH }, { faceHeight: 200 }),
      setPhoto("large", { hash: near(4) }, { faceHeight: 500 }),
    ];
    expect(verdicts(set)).toEqual({ small: "refuse duplicate", large: "keep" });
  });

  it("sees through mirroring", () => {
    const set = [
      setPhoto("one", { hash: HASH }),
      setPhoto("mirrored", { hash: "0".repeat(16), mirrorHash: near(3) }),
    ];
    expect(verdicts(set)).toMatchObject({ mirrored: "refuse duplicate" });
  });

  it("needs nearly the same face as well from 7 bits on, and lets 11 pass", () => {
    const pair = (bits: number, distance: number) => [
      setPhoto("one", { hash: HASH }),
      setPhoto("two", { hash: near(bits) }, { identity: vectorAt(distance) }),
    ];
    expect(verdicts(pair(7, 0.14))).toMatchObject({ two: "refuse duplicate" });
    expect(verdicts(pair(10, 0.14))).toMatchObject({ two: "refuse duplicate" });
    expect(verdicts(pair(7, 0.16))).toMatchObject({ two: "keep" });
    expect(verdicts(pair(11, 0))).toMatchObject({ two: "keep" });
  });

  it("compares pictures whose faces were not checked by their hash alone", () => {
    const unseen = { faceHeights: null, face: null };
    const set = [setPhoto("one", { ...unseen, hash: HASH }), setPhoto("two", { ...unseen, hash: near(6) })];
    expect(verdicts(set)).toEqual({ one: "warn not_checked", two: "refuse duplicate" });
  });

  it("gives the same answer whatever the order, and leaves one of each kind", () => {
    const shades = Array.from({ length: 5 }, (_, index) =>
      setPhoto(`shade${index}`, { hash: near(index) }, { faceHeight: 400 + index }),
    );
    const others = [setPhoto("other1"), setPhoto("other2")];
    fc.assert(
      fc.property(fc.shuffledSubarray([...shades, ...others], { minLength: 7 }), (shuffled) => {
        const kept = Object.entries(verdicts(shuffled)).filter(([, verdict]) => verdict === "keep");
        expect(kept.map(([id]) => id).toSorted()).toEqual(["other1", "other2", "shade4"]);
      }),
    );
  });
});

describe("strangers in a set", () => {
  it("finds nobody in one person's photos", () => {
    expect(judgeSet(person("a", 0, 6)).strangers).toEqual([]);
  });

  it("asks about the one photo of somebody else and keeps it meanwhile", () => {
    const set = [...person("a", 0, 3), ...person("b", 0.8, 1)];
    expect(judgeSet(set).strangers).toEqual([{ id: "b1", sure: true }]);
    expect(verdicts(set)).toEqual({ a1: "keep", a2: "keep", a3: "keep", b1: "warn different_person" });
  });

  it("does not let one stranger make strangers of the others", () => {
    const set = [...person("b", 1.4, 1), ...person("a", 0, 4)];
    expect(judgeSet(set).strangers.map(({ id }) => id)).toEqual(["b1"]);
  });

  it("finds two strangers, most distant first", () => {
    const set = [...person("a", 0, 5), ...person("b", 0.7, 1), ...person("c", 1.5, 1)];
    expect(judgeSet(set).strangers.map(({ id }) => id)).toEqual(["c1", "b1"]);
  });

  it("is only unsure between the two marks", () => {
    const at = (distance: number) => [
      setPhoto("one", {}, { identity: vectorAt(0) }),
      setPhoto("two", {}, { identity: vectorAt(0) }),
      setPhoto("three", {}, { identity: vectorAt(distance) }),
    ];
    expect(judgeSet(at(0.44)).strangers).toEqual([]);
    expect(judgeSet(at(0.46)).strangers).toEqual([{ id: "three", sure: false }]);
    expect(judgeSet(at(0.56)).strangers).toEqual([{ id: "three", sure: true }]);
  });

  it("compares two photos alone more generously and asks about the later one", () => {
    const pair = (distance: number) =>
      judgeSet([setPhoto("one"), setPhoto("two", {}, { identity: vectorAt(distance) })]).strangers;
    expect(pair(0.54)).toEqual([]);
    expect(pair(0.56)).toEqual([{ id: "two", sure: false }]);
    expect(pair(0.63)).toEqual([{ id: "two", sure: true }]);
  });

  it("does not ask again about a photo that the person has confirmed", () => {
    const [b1] = person("b", 0.8, 1);
    if (!b1) throw new Error("no photo");
    const set = [...person("a", 0, 4), { ...b1, confirmed: true }];
    expect(verdicts(set)["b1"]).toBe("keep");
  });

  it("never refuses anybody for the identity alone", () => {
    const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 128, maxLength: 128 });
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 6 }), (vectors) => {
        const set = vectors.map((values, index) =>
          setPhoto(`p${index}`, {}, { identity: Float32Array.from(values) }),
        );
        expect(Object.values(verdicts(set)).some((verdict) => verdict.startsWith("refuse"))).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it("leaves out photos that were not identified", () => {
    const set = [...person("a", 0, 3), setPhoto("blind", {}, { identity: null })];
    expect(judgeSet(set).strangers).toEqual([]);
  });
});

describe("a set as a whole", () => {
  it("wants every view of an empty set and scores it 0", () => {
    expect(judgeSet([])).toMatchObject({
      score: 0,
      wanted: ["front", "left", "right", "smile", "other_day"],
    });
  });

  it("takes ten points for each thing still wanted", () => {
    const front = setPhoto("front", { captureDay: "2026-05-01" }, { smile: 0.2 });
    expect(judgeSet([front])).toMatchObject({ wanted: ["left", "right", "smile", "other_day"], score: 60 });
    const left = setPhoto("left", { captureDay: "2026-05-02" }, { yaw: -20 });
    expect(judgeSet([front, left])).toMatchObject({ wanted: ["right"], score: 90 });
    const right = setPhoto("right", { captureDay: "2026-05-02" }, { yaw: 20, faceHeight: 200 });
    expect(judgeSet([front, left, right])).toMatchObject({ wanted: [], score: 93 });
  });

  it("does not ask for another day when the messenger took the dates away", () => {
    expect(judgeSet([setPhoto("one"), setPhoto("two")]).wanted).not.toContain("other_day");
    const sameDay = { captureDay: "2026-05-01" };
    expect(judgeSet([setPhoto("one", sameDay), setPhoto("two", sameDay)]).wanted).toContain("other_day");
  });

  it("warns when more than half of the set is of one day", () => {
    const on = (day: string | null, count: number) =>
      Array.from({ length: count }, (_, index) => setPhoto(`${day}-${index}`, { captureDay: day }));
    expect(judgeSet(on("2026-05-01", 2)).reasons).toEqual([]);
    expect(judgeSet(on("2026-05-01", 3)).reasons).toEqual(["same_day"]);
    expect(judgeSet([...on("2026-05-01", 3), ...on("2026-05-02", 3)]).reasons).toEqual([]);
    expect(judgeSet([...on("2026-05-01", 3), ...on(null, 3)]).reasons).toEqual([]);
    expect(judgeSet([...on("2026-05-01", 4), ...on(null, 3)]).reasons).toEqual(["same_day"]);
  });

  it("passes refused photos through untouched and counts nothing of them", () => {
    const blurry = setPhoto("blurry", { hash: HASH }, { sharpness: 0.01, yaw: -30 });
    const set = [blurry, setPhoto("good", { hash: HASH })];
    expect(verdicts(set)).toEqual({ blurry: "refuse blurry", good: "keep" });
    expect(judgeSet(set).wanted).toContain("left");
  });
});
