import type { Clock, Ids, Random } from "../../src/ports/runtime.ts";

export interface FakeClock extends Clock {
  /** Moves time on and runs what fell due, in order. */
  advance(ms: number): void;
  set(at: number): void;
  /** When the next timer falls due, or null. */
  nextDue(): number | null;
}

/** A clock that moves only when told to. */
export function fakeClock(start = Date.UTC(2026, 10, 25, 12)): FakeClock {
  let at = start;
  let timers: { due: number; run: () => void }[] = [];
  return {
    now: () => at,
    after(ms, run) {
      const timer = { due: at + Math.max(0, ms), run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const until = at + ms;
      for (;;) {
        const next = timers.filter((timer) => timer.due <= until).sort((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        at = Math.max(at, next.due);
        next.run();
      }
      at = until;
    },
    set(to) {
      at = to;
    },
    nextDue: () =>
      timers.reduce<number | null>((least, t) => (least === null || t.due < least ? t.due : least), null),
  };
}

/** The real clock, for tests that talk to real threads, sockets and processes. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Ids that count up and sort by creation. */
export function countingIds(prefix = "01TEST"): Ids {
  let next = 0;
  return { next: () => `${prefix}${String(++next).padStart(26 - prefix.length, "0")}` };
}

/** Replayable chance (mulberry32). Not for secrets. */
export function seededRandom(seed = 1): Random {
  let state = seed >>> 0;
  const float = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    float,
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(float() * 256)),
  };
}
