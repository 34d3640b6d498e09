const BASE_MS = 1000;
const MOST_MS = 10 * 60_000;

/**
 * Milliseconds until the next try, by exponential backoff with full jitter.
 * @param failures how many tries have failed, 1 or more
 * @param chance uniform in [0, 1)
 */
export function backoffMs(failures: number, chance: number): number {
  const most = Math.min(MOST_MS, BASE_MS * 2 ** Math.min(failures - 1, 20));
  return 1 + Math.floor(chance * most);
}
