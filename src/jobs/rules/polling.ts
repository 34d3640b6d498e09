const SOONEST_MS = 1000;
const LATEST_MS = 15_000;

/** Milliseconds until a run is looked at again: often while it is young, as most are over soon. */
export function pollMs(ageMs: number): number {
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, Math.floor(ageMs / 8)));
}

/** A run that does not stop when asked is left to its own step after this long, and its subject goes on without it. */
export const STOP_GRACE_MS = 15 * 60_000;

/** A run of which nothing can be learnt for this long is given up, and its money counted as spent. */
export const GIVE_UP_MS = 24 * 60 * 60_000;
