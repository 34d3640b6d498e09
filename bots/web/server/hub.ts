import type { Clock } from "../../../src/ports/runtime.ts";

/** Wakes the open streams of an address in this process; other processes are covered by the streams' own looking. */
export interface Hub {
  wake(address: string): void;
  listen(address: string): Listener;
}

export interface Listener {
  /** Resolves at the next wake, at once if one came since the last call, or after `ms`. */
  next(ms: number): Promise<void>;
  stop(): void;
}

export function createHub(clock: Pick<Clock, "after">): Hub {
  const listeners = new Map<string, Set<() => void>>();

  return {
    wake(address) {
      for (const ring of listeners.get(address) ?? []) ring();
    },
    listen(address) {
      let rung = false;
      let stopped = false;
      let release: (() => void) | null = null;
      const ring = (): void => {
        rung = true;
        release?.();
      };
      const those = listeners.get(address) ?? new Set();
      listeners.set(address, those.add(ring));
      return {
        async next(ms) {
          if (!rung && !stopped) {
            await new Promise<void>((resolve) => {
              const cancel = clock.after(ms, resolve);
              release = () => {
                cancel();
                resolve();
              };
            });
            release = null;
          }
          rung = false;
        },
        stop() {
          stopped = true;
          those.delete(ring);
          if (those.size === 0 && listeners.get(address) === those) listeners.delete(address);
          release?.();
        },
      };
    },
  };
}
