import { AppError } from "../../ports/errors.ts";
import type { RunFailure, RunInput, RunRequest, RunSnapshot } from "../../ports/provider.ts";
import type { NoopFault, NoopOptions, NoopProvider, NoopRun, NoopWebhook } from "./vendor.ts";

/**
 * A vendor that makes nothing, in memory and without a clock: every answer follows from the calls alone. It keeps its
 * own list of runs and its own bill, so that a test can compare both with ours.
 */
export function createNoopProvider(options: NoopOptions): NoopProvider {
  const { products, output, name = "noop", needs = null, polls = 0, unsure = 0 } = options;
  const price = options.price ?? { train: 0, render: 0 };
  const runs = new Map<string, NoopRun>();
  const lookUps = new Map<string, number>();
  const erased: string[] = [];
  let webhooks: NoopWebhook[] = [];
  let submitted = 0;

  const priceOf = (input: RunInput): number =>
    input.kind === "train" ? price.train : price.render * input.count;

  function start(request: RunRequest, fault: NoopFault | null): NoopRun {
    const run: NoopRun = {
      externalId: `${name}-${runs.size + 1}`,
      request,
      fault,
      state: "starting",
      pollsLeft: polls,
      cancelAsked: false,
      failure: null,
      billed: 0,
    };
    runs.set(run.externalId, run);
    if (polls === 0) end(run);
    return run;
  }

  function end(run: NoopRun): void {
    const { fault, request } = run;
    if (fault === "fail" || fault === "out_of_memory") {
      run.state = "failed";
      run.failure =
        fault === "fail" ? failure("poison", "failed") : failure("other_provider", "out_of_memory");
    } else {
      run.state = run.cancelAsked && fault !== "late_success" ? "cancelled" : "succeeded";
    }
    run.billed = run.state === "succeeded" || fault === "out_of_memory" ? priceOf(request.input) : 0;
    if (request.webhookUrl === null) return;
    const { externalId, state } = run;
    webhooks.push({ url: request.webhookUrl, externalId, attemptId: request.attemptId, state });
  }

  /** The vendor's clock: each time somebody looks, a run comes a step closer to its end. */
  function tick(run: NoopRun): void {
    if (isOver(run)) return;
    run.state = "running";
    if (run.pollsLeft === 0) end(run);
    else run.pollsLeft -= 1;
  }

  function known(externalId: string): NoopRun {
    const run = runs.get(externalId);
    if (run === undefined) throw new AppError("PROVIDER_FAILED", "there is no such run");
    return run;
  }

  function snapshot(run: NoopRun): RunSnapshot {
    const { externalId, state, request } = run;
    const count = request.input.kind === "render" ? request.input.count : 0;
    const made = state === "succeeded" ? count : 0;
    return {
      externalId,
      state,
      progress: isOver(run) ? 1 : 1 - (run.pollsLeft + 1) / (polls + 1),
      queuePosition: state === "starting" ? 1 : null,
      outputs: Array.from({ length: made }, () => ({
        kind: "bytes",
        bytes: output,
        mime: "image/jpeg",
        backdropReplaced: true,
      })),
      externalVersion:
        state === "succeeded" && request.input.kind === "train" ? `${externalId}-weights` : null,
      actualMicros: isOver(run) ? run.billed : null,
      failure: run.failure,
    };
  }

  return {
    name,
    products,
    needs,

    async estimate(input) {
      const micros = priceOf(input);
      return {
        expectedMicros: micros,
        ceilingMicros: micros,
        expectedMs: options.expectedMs ?? 0,
        priceId: null,
      };
    },

    async submit(request) {
      const fault = options.fault?.(request, submitted++) ?? null;
      if (fault === "refuse") return { kind: "refused", failure: failure("persons_fault", "refused") };
      if (fault === "busy") return { kind: "refused", failure: failure("retryable", "busy") };
      if (fault === "lost_request") return { kind: "unknown", detail: "the request was lost" };
      const run = start(request, fault);
      if (fault === "lost_answer") return { kind: "unknown", detail: "the answer was lost" };
      return { kind: "accepted", snapshot: snapshot(run) };
    },

    async read(externalId) {
      const run = known(externalId);
      tick(run);
      return snapshot(run);
    },

    async find({ attemptId }) {
      const asked = (lookUps.get(attemptId) ?? 0) + 1;
      lookUps.set(attemptId, asked);
      if (asked <= unsure) return { kind: "unsure" };
      const run = [...runs.values()].find((candidate) => candidate.request.attemptId === attemptId);
      return run === undefined ? { kind: "absent" } : { kind: "found", snapshot: snapshot(run) };
    },

    async cancel(externalId) {
      known(externalId).cancelAsked = true;
    },

    async collect(made) {
      if (made.kind === "link") throw new AppError("DEFECT", "this vendor gives bytes, not links");
      return { bytes: made.bytes, mime: made.mime };
    },

    async erase(externalId) {
      erased.push(known(externalId).externalId);
    },

    health: async () => ({ ok: true, detail: "nothing is made here" }),

    runs: () => [...runs.values()],
    bill: () => [...runs.values()].reduce((sum, run) => sum + run.billed, 0),
    erased: () => erased,
    takeWebhooks() {
      const due = webhooks;
      webhooks = [];
      return due;
    },
    finish(externalId) {
      const run = known(externalId);
      if (!isOver(run)) end(run);
    },
  };
}

function isOver({ state }: NoopRun): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}

function failure(kind: RunFailure["class"], code: string): RunFailure {
  return { class: kind, code, detail: `the no-op vendor was told to say ${code}` };
}
