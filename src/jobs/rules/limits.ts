/** How long a run may be silent before its step is taken from it; renewed at half time. */
export const LEASE_MS = 60_000;

/** Runs that end in an error, or never come back, before a step is dead. */
export const MOST_ATTEMPTS = 8;

/** The longest that a step becomes due without being looked at, when no wake-up arrives. */
export const POLL_MS = 1000;

/** How long a step rests that this process cannot run. */
export const NOT_HERE_MS = 60_000;
