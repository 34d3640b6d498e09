import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterCall, chooseProvider, WORKING_CIRCUIT, type Candidate } from "../../src/providers/index.ts";

function candidate(
  provider: Candidate["provider"],
  micros: number,
  ms: number,
  change: Partial<Candidate> = {},
): Candidate {
  const estimate = { expectedMicros: micros, ceilingMicros: micros, expectedMs: ms, priceId: null };
  return { provider, estimate, queueMs: 0, circuit: WORKING_CIRCUIT, ...change };
}

describe("the router", () => {
  const fastAndDear = candidate("replicate", 50, 10_000);
  const slowAndCheap = candidate("runpod", 20, 60_000);

  it("takes the cheapest that meets the deadline", () => {
    const both = [fastAndDear, slowAndCheap];
    expect(chooseProvider(both, 100_000, 0)).toEqual({
      kind: "use",
      provider: "runpod",
      meetsDeadline: true,
    });
    expect(chooseProvider(both, 30_000, 0)).toEqual({
      kind: "use",
      provider: "replicate",
      meetsDeadline: true,
    });
  });

  it("counts the queue, and takes the fastest when nobody is in time", () => {
    const queued = { ...fastAndDear, queueMs: 80_000 };
    expect(chooseProvider([queued, slowAndCheap], 5_000, 0)).toEqual({
      kind: "use",
      provider: "runpod",
      meetsDeadline: false,
    });
  });

  it("leaves a broken provider out until its pause is over", () => {
    const broken = { ...slowAndCheap, circuit: { failuresInARow: 5, brokenUntil: 9_000 } };
    expect(chooseProvider([broken, fastAndDear], 100_000, 0)).toMatchObject({ provider: "replicate" });
    expect(chooseProvider([broken], 100_000, 0)).toEqual({ kind: "none", retryAt: 9_000 });
    expect(chooseProvider([broken], 100_000, 9_000)).toMatchObject({ provider: "runpod" });
    expect(chooseProvider([], 100_000, 0)).toEqual({ kind: "none", retryAt: null });
  });

  it("breaks at the fifth failure in a row, waits longer each time and recovers with one success", () => {
    let circuit = WORKING_CIRCUIT;
    const pauses: (number | null)[] = [];
    for (let failure = 0; failure < 12; failure++) {
      circuit = afterCall(circuit, false, 1_000);
      pauses.push(circuit.brokenUntil === null ? null : circuit.brokenUntil - 1_000);
    }
    expect(pauses.slice(0, 4)).toEqual([null, null, null, null]);
    expect(pauses.slice(4)).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000, 600_000]);
    expect(afterCall(circuit, true, 1_000)).toEqual(WORKING_CIRCUIT);
  });

  it("never pays more, nor comes later, than it must", () => {
    const some = fc.record({
      micros: fc.nat(1000),
      ms: fc.nat(1000),
      queueMs: fc.nat(1000),
      brokenUntil: fc.constantFrom(null, 1),
    });
    const names = ["studio", "replicate", "runpod", "noop"] as const;
    fc.assert(
      fc.property(fc.array(some, { maxLength: names.length }), fc.nat(2000), (all, deadline) => {
        const candidates = all.map(({ micros, ms, queueMs, brokenUntil }, index) =>
          candidate(names[index] ?? "noop", micros, ms, {
            queueMs,
            circuit: { failuresInARow: 5, brokenUntil },
          }),
        );
        const open = candidates.filter(({ circuit }) => circuit.brokenUntil === null);
        const endOf = ({ queueMs, estimate }: Candidate) => queueMs + estimate.expectedMs;
        const inTime = open.filter((one) => endOf(one) <= deadline);
        const route = chooseProvider(candidates, deadline, 0);
        expect(route.kind).toBe(open.length > 0 ? "use" : "none");
        if (route.kind === "none") return;
        const chosen = candidates.find(({ provider }) => provider === route.provider);
        expect(open).toContain(chosen);
        expect(route.meetsDeadline).toBe(inTime.length > 0);
        const least = inTime.length > 0 ? inTime.map(priceOf) : open.map(endOf);
        expect(chosen && (inTime.length > 0 ? priceOf(chosen) : endOf(chosen))).toBe(Math.min(...least));
      }),
    );
  });
});

function priceOf({ estimate }: Candidate): number {
  return estimate.expectedMicros;
}
