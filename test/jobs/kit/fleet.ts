import { AppError } from "../../../src/ports/errors.ts";
import type { Process } from "./process.ts";
import type { World } from "./world.ts";

/** What happens to a process when it comes to its nth point from now. */
export type Mishap =
  | { readonly kind: "die" | "pause" | "busy" | "answer_lost"; readonly afterPoints: number }
  | { readonly kind: "none" };

/** One seat for a process: whoever dies there is followed by a new one. */
export interface Seat {
  /** Works on what is due, unless the seat is paused in the middle of earlier work. */
  work(mishap: Mishap): Promise<void>;
  /** Lets a paused process go on, however long it slept. */
  resume(mishap?: Mishap): Promise<void>;
  /** The point at which the process stands still, or null. */
  pausedAt(): string | null;
  /** A process without mishaps, for what people do. */
  readonly calm: Process;
}

/** Two seats over one world, as two processes on one database. */
export function seat(world: World): Seat {
  let armed: { kind: string; left: number } | null = null;
  let interrupt: () => void = () => undefined;
  let release: (() => void) | null = null;
  let pending: Promise<unknown> | null = null;
  let place: string | null = null;
  let paused: Promise<void> | null = null;
  let process = born();

  function born(): Process {
    let alive = true;
    return world.boot((name) => {
      if (!alive) return new Promise<void>(() => undefined);
      // A process that is stopped does nothing at all, it does not even renew its leases.
      if (paused !== null) return paused;
      if (armed === null || --armed.left > 0) return undefined;
      const { kind } = armed;
      const wanted = kind === "busy" ? "batch:before" : kind === "answer_lost" ? "batch:after" : name;
      if (name !== wanted) {
        armed.left = 1;
        return undefined;
      }
      armed = null;
      if (kind === "busy" || kind === "answer_lost")
        return Promise.reject(new AppError("DATABASE_BUSY", "locked", { retryable: true }));
      if (kind === "die") {
        alive = false;
        process = born();
        interrupt();
        return new Promise<void>(() => undefined);
      }
      place = name;
      paused = new Promise<void>((resolve) => {
        release = resolve;
        interrupt();
      });
      return paused;
    });
  }

  function arm(mishap: Mishap): void {
    armed = mishap.kind === "none" ? null : { kind: mishap.kind, left: mishap.afterPoints };
  }

  /** Until the work is over, or the process died or paused in it. */
  async function untilStill(goOn: () => Promise<unknown>): Promise<void> {
    const interrupted = new Promise<"still">((resolve) => (interrupt = () => resolve("still")));
    const settled = goOn().then(
      () => "over",
      () => "over",
    );
    const how = await Promise.race([settled, interrupted]);
    pending = how === "still" && release !== null ? settled : null;
  }

  return {
    calm: world.boot(),
    async work(mishap) {
      if (pending !== null) return;
      arm(mishap);
      await untilStill(() => process.runner.runDue());
      armed = null;
    },
    pausedAt: () => place,
    async resume(mishap = { kind: "none" }) {
      if (pending === null || release === null) return;
      const goOn = release;
      const work = pending;
      release = null;
      pending = null;
      place = null;
      paused = null;
      arm(mishap);
      await untilStill(() => {
        goOn();
        return work;
      });
      armed = null;
    },
  };
}
