import type { Deps } from "../ports/deps.ts";
import type { Capability, StepHandlers, Waker } from "../ports/jobs.ts";
import { endAttempt } from "./attempt/end-attempt.ts";
import { handBack, nextDue } from "./claim.ts";
import { exchange, type Ended } from "./exchange.ts";
import { holdLeases, type HeldStep } from "./hold-leases.ts";
import { createNotice } from "./notice.ts";
import { POLL_MS } from "./rules/limits.ts";
import { runStep, type OnDead } from "./run-step.ts";

export interface RunnerOptions {
  readonly handlers: StepHandlers;
  readonly capabilities: readonly Capability[];
  /** Steps run at once. */
  readonly concurrency: number;
  readonly onDead?: OnDead;
}

export interface Runner extends Waker {
  /** Works until `stop`: on every notice, and at latest when something falls due. */
  start(): void;
  /** Takes no more steps, lets running ones finish, asks them to stop at half of `graceMs`, hands back the rest at its end. */
  stop(graceMs: number): Promise<void>;
  /** Runs what is due now until nothing is; returns the number of runs. For Workers and tests, instead of `start`. */
  runDue(): Promise<number>;
}

export type RunnerDeps = Pick<Deps, "db" | "clock" | "ids" | "random" | "log" | "providers">;

/** Runs durable steps in this process. Holds nothing that a crash could lose. */
export function createRunner(deps: RunnerDeps, options: RunnerOptions): Runner {
  const { clock, db, log } = deps;
  const parts = {
    capabilities: options.capabilities,
    handlers: { ...options.handlers, "provider.end": endAttempt(deps) },
    onDead: options.onDead ?? (() => Promise.resolve([])),
  };
  const leases = holdLeases(deps);
  const notice = createNotice(clock);
  let ended: Ended[] = [];
  let running = 0;
  let stopping = false;
  let stopped = false;
  let lookedAt = -Infinity;
  let working: Promise<void> | null = null;

  async function run({ step, token, signal, letGo }: HeldStep): Promise<void> {
    const end = await runStep(deps, parts, step, token, signal);
    letGo();
    running--;
    ended.push({ step, token, end });
    notice.give();
  }

  /** Commits what ended and begins what is due; returns how many runs began. */
  async function turn(): Promise<number> {
    const now = clock.now();
    const look = now - lookedAt >= POLL_MS;
    if (look) lookedAt = now;
    const free = stopping ? 0 : options.concurrency - running;
    const committing = ended;
    ended = [];
    try {
      const claimed = await exchange(deps, parts, committing, { free, look });
      running += claimed.steps.length;
      if (claimed.steps.length > 0)
        leases.hold(claimed.token, claimed.steps).forEach((held) => void run(held));
      return claimed.steps.length;
    } catch (error) {
      ended = [...committing, ...ended];
      throw error;
    }
  }

  async function msUntilDue(): Promise<number> {
    const { sql, args } = nextDue(options.capabilities);
    const at = (await db.query(sql, args))[0]?.["at"];
    const ms = typeof at === "number" ? Math.min(POLL_MS, at - clock.now()) : POLL_MS;
    if (ms <= 0) lookedAt = -Infinity;
    return ms;
  }

  async function work(): Promise<void> {
    for (;;) {
      if (stopped || (stopping && running + ended.length === 0)) return;
      try {
        await turn();
        const ms = running > 0 ? POLL_MS : await msUntilDue();
        if (ended.length === 0 && ms > 0 && !(stopping && running === 0)) await notice.wait(ms);
      } catch (error) {
        log.error("runner.turn_failed", error);
        await new Promise<void>((resolve) => clock.after(POLL_MS, resolve));
      }
    }
  }

  async function runDue(): Promise<number> {
    let runs = 0;
    lookedAt = -Infinity;
    for (;;) {
      runs += await turn();
      if (ended.length > 0) continue;
      if (running === 0) return runs;
      await notice.wait(null);
    }
  }

  async function stop(graceMs: number): Promise<void> {
    stopping = true;
    notice.give();
    const cancelAbort = clock.after(graceMs / 2, () => leases.abortAll());
    let cancelGrace = (): void => undefined;
    const grace = new Promise<void>((resolve) => {
      cancelGrace = clock.after(graceMs, resolve);
    });
    await Promise.race([working ?? Promise.resolve(), grace]);
    cancelAbort();
    cancelGrace();
    stopped = true;
    notice.give();
    const left = leases.tokens();
    leases.abortAll();
    if (left.length > 0) await db.batch(left.map((token) => handBack(clock.now(), token)));
  }

  return {
    start() {
      working ??= work();
    },
    stop,
    runDue,
    notify: () => notice.give(),
  };
}
