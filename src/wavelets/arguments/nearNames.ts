/** The names that take the fewest changes to become `given`, if that is `most` changes at the most. */
export function nearNames(given: string, names: readonly string[], most: number): string[] {
  const distances = names.map((name) => editDistance(given, name));
  const least = Math.min(...distances);
  return least > most ? [] : names.filter((_, i) => distances[i] === least);
}

/** Letters to insert, to leave out or to replace that turn `a` into `b` (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = row[j]! + (a[i] === b[j] ? 0 : 1); // rows are one longer than b
      next.push(Math.min(replaced, row[j + 1]! + 1, next[j]! + 1)); // as above
    }
    row = next;
  }
  return row[b.length]!; // as above
}
