/** Wraps `work` so that the answers to the last `most` keys asked for are kept. */
export function remembering<Input, Output>(
  most: number,
  work: (input: Input) => Promise<Output>,
): (key: string, input: Input) => Promise<Output> {
  const kept = new Map<string, Output>();
  return async (key, input) => {
    const known = kept.get(key);
    const answer = known ?? (await work(input));
    // A Map keeps the order of setting, so the first key is the one not asked for longest.
    kept.delete(key);
    kept.set(key, answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return answer;
  };
}
