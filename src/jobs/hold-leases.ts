import type { Deps } from "../ports/deps.ts";
import { AppError } from "../ports/errors.ts";
import type { Step } from "../ports/jobs.ts";
import { renew } from "./claim.ts";
import { LEASE_MS } from "./rules/limits.ts";

/** A claimed step while its handler runs. */
export interface HeldStep {
  readonly step: Step;
  readonly token: string;
  /** Aborted when the lease is lost, the step is cancelled or the program stops. */
  readonly signal: AbortSignal;
  /** Ends the renewal for this step. */
  letGo(): void;
}

export interface Leases {
  /** Keeps steps that were claimed just now under `token`, until each is let go. */
  hold(token: string, steps: readonly Step[]): HeldStep[];
  abortAll(): void;
  /** Tokens of what is still held. */
  tokens(): string[];
}

interface Lease {
  readonly running: Map<string, AbortController>;
  until: number;
  cancelTimer(): void;
}

/** How soon a renewal that failed is tried again. */
const TRY_AGAIN_MS = LEASE_MS / 12;

/** Renews leases at half time, all steps of one claim in one statement. */
export function holdLeases(deps: Pick<Deps, "db" | "clock" | "log">): Leases {
  const { clock, db, log } = deps;
  const leases = new Map<string, Lease>();

  function abort(controllers: Iterable<AbortController>): void {
    const reason = new AppError("LEASE_LOST", "the step is no longer this run's");
    for (const controller of controllers) controller.abort(reason);
  }

  async function renewNow(token: string, lease: Lease): Promise<void> {
    const now = clock.now();
    let nextMs = LEASE_MS / 2;
    try {
      const result = await db.batch([renew(now, token)]);
      const held = new Set(result.ok ? result.rows[0]?.map((row) => row["id"]) : []);
      lease.until = now + LEASE_MS;
      abort([...lease.running].filter(([id]) => !held.has(id)).map(([, controller]) => controller));
    } catch (error) {
      log.error("lease.not_renewed", error, { steps: lease.running.size });
      nextMs = TRY_AGAIN_MS;
      if (clock.now() >= lease.until) abort(lease.running.values());
    }
    if (lease.running.size > 0) renewAfter(nextMs, token, lease);
  }

  function renewAfter(ms: number, token: string, lease: Lease): void {
    lease.cancelTimer = clock.after(ms, () => void renewNow(token, lease));
  }

  function letGo(token: string, lease: Lease, stepId: string): void {
    lease.running.delete(stepId);
    if (lease.running.size > 0) return;
    lease.cancelTimer();
    leases.delete(token);
  }

  return {
    hold(token, steps) {
      const lease: Lease = {
        running: new Map(),
        until: clock.now() + LEASE_MS,
        cancelTimer: () => undefined,
      };
      leases.set(token, lease);
      renewAfter(LEASE_MS / 2, token, lease);
      return steps.map((step) => {
        const controller = new AbortController();
        lease.running.set(step.id, controller);
        return { step, token, signal: controller.signal, letGo: () => letGo(token, lease, step.id) };
      });
    },
    abortAll() {
      for (const lease of leases.values()) abort(lease.running.values());
    },
    tokens: () => [...leases.keys()],
  };
}
