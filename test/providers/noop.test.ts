import { describe, expect, it } from "vitest";
import type { RunRequest } from "../../src/ports/provider.ts";
import { createNoopProvider, type NoopFault, type NoopOptions } from "../../src/providers/noop/index.ts";

const output = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
const { signal } = new AbortController();

function request(attemptId: string, count = 2): RunRequest {
  return {
    attemptId,
    createdAt: 0,
    webhookUrl: `https://example.test/${attemptId}`,
    input: {
      kind: "render",
      promptId: "prompt",
      product: "best",
      personId: "person",
      style: "city",
      seed: 1,
      photos: [],
      tune: null,
      promptText: null,
      count,
    },
  };
}

const vendor = (options: Partial<NoopOptions> = {}) =>
  createNoopProvider({ products: ["best"], output, price: { train: 900, render: 10 }, ...options });

const failing = (fault: NoopFault, options: Partial<NoopOptions> = {}) =>
  vendor({ ...options, fault: () => fault });

async function accepted(provider: ReturnType<typeof vendor>, wanted: RunRequest) {
  const answer = await provider.submit(wanted, signal);
  if (answer.kind !== "accepted") throw new Error(`not accepted: ${answer.kind}`);
  return answer.snapshot;
}

describe("the no-op vendor", () => {
  it("answers a finished run at once and bills it", async () => {
    const provider = vendor();
    const done = await accepted(provider, request("a"));
    expect(done).toMatchObject({ state: "succeeded", progress: 1, actualMicros: 20 });
    expect(done.outputs).toHaveLength(2);
    expect(provider.bill()).toBe(20);
  });

  it("runs in the background until it was looked at often enough, and ends only once", async () => {
    const provider = vendor({ polls: 2 });
    const { externalId, state } = await accepted(provider, request("a"));
    const states = [state];
    for (let look = 0; look < 4; look++) states.push((await provider.read(externalId)).state);
    expect(states).toEqual(["starting", "running", "running", "succeeded", "succeeded"]);
    expect(provider.takeWebhooks()).toEqual([
      { url: "https://example.test/a", externalId, attemptId: "a", state: "succeeded" },
    ]);
    expect(provider.takeWebhooks()).toEqual([]);
  });

  it("trains and names the weights", async () => {
    const provider = vendor();
    const input = {
      kind: "train",
      tuneId: "tune",
      product: "best",
      personId: "person",
      photos: [],
      triggerWord: "zwxq",
      classWord: "person",
      family: "flux",
      steps: 1000,
    } as const;
    const done = await accepted(provider, { ...request("t"), input });
    expect(done).toMatchObject({ externalVersion: "noop-1-weights", outputs: [], actualMicros: 900 });
  });

  it("finds a run whose answer was lost, and proves a lost request absent", async () => {
    const lostAnswer = failing("lost_answer");
    expect(await lostAnswer.submit(request("a"), signal)).toMatchObject({ kind: "unknown" });
    expect(await lostAnswer.find(request("a"))).toMatchObject({ kind: "found" });
    expect(lostAnswer.bill()).toBe(20);

    const lostRequest = failing("lost_request", { unsure: 1 });
    expect(await lostRequest.submit(request("a"), signal)).toMatchObject({ kind: "unknown" });
    expect(await lostRequest.find(request("a"))).toEqual({ kind: "unsure" });
    expect(await lostRequest.find(request("a"))).toEqual({ kind: "absent" });
    expect(lostRequest.bill()).toBe(0);
  });

  it.each([
    ["refuse", "persons_fault"],
    ["busy", "retryable"],
  ] as const)("can %s without starting anything", async (fault, kind) => {
    const provider = failing(fault);
    expect(await provider.submit(request("a"), signal)).toMatchObject({
      kind: "refused",
      failure: { class: kind },
    });
    expect(provider.runs()).toEqual([]);
  });

  it("fails free, and runs out of memory at a price", async () => {
    const free = failing("fail");
    expect(await accepted(free, request("a"))).toMatchObject({ state: "failed", actualMicros: 0 });
    const paid = failing("out_of_memory");
    expect(await accepted(paid, request("a"))).toMatchObject({
      state: "failed",
      actualMicros: 20,
      failure: { class: "other_provider" },
    });
  });

  it("stops when asked, except where success comes late", async () => {
    const obedient = vendor({ polls: 1 });
    const { externalId } = await accepted(obedient, request("a"));
    await obedient.cancel(externalId);
    obedient.finish(externalId);
    expect(await obedient.read(externalId)).toMatchObject({
      state: "cancelled",
      actualMicros: 0,
      outputs: [],
    });

    const late = failing("late_success", { polls: 1 });
    const run = await accepted(late, request("a"));
    await late.cancel(run.externalId);
    late.finish(run.externalId);
    expect(await late.read(run.externalId)).toMatchObject({ state: "succeeded", actualMicros: 20 });
  });
});
