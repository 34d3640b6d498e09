import type { Waker } from "../ports/jobs.ts";

export interface LocalWaker extends Waker {
  /** Whom to notify from now on. */
  connect(runner: Waker): void;
}

/** Wakes the runner of this process. Before one is connected, a notice is dropped: the runner looks by itself. */
export function localWaker(): LocalWaker {
  let runner: Waker | null = null;
  return {
    notify: () => runner?.notify(),
    connect(to) {
      runner = to;
    },
  };
}
