/** Edit distance of Levenshtein: inserted, removed and exchanged letters. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [row, letter] of Array.from(a).entries()) {
    const current = [row + 1];
    for (const [column, other] of Array.from(b).entries()) {
      const exchanged = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(exchanged, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? a.length;
}

/** The known name that was probably meant: at most a third of the letters differ. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = name.toUpperCase();
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.ceil(name.length / 3) ? best.candidate : null;
}
