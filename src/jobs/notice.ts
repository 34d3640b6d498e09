import type { Clock } from "../ports/runtime.ts";

/** Something to wait for that may have happened already. */
export interface Notice {
  give(): void;
  /** Resolves when notice was given since the last wait, or after `ms`; null = only by notice. */
  wait(ms: number | null): Promise<void>;
}

export function createNotice(clock: Clock): Notice {
  let given = false;
  let wake: (() => void) | null = null;
  return {
    give() {
      given = true;
      wake?.();
    },
    async wait(ms) {
      if (!given) {
        await new Promise<void>((resolve) => {
          const cancel = ms === null ? null : clock.after(ms, resolve);
          wake = () => {
            cancel?.();
            resolve();
          };
        });
        wake = null;
      }
      given = false;
    },
  };
}
