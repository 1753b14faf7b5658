/** The names with the smallest edit distance to `given`, if it is at most `most`. */
export function nearNames(given: string, names: readonly string[], most: number): string[] {
  const distances = names.map((name) => editDistance(given, name));
  const least = Math.min(...distances);
  return least > most ? [] : names.filter((_, i) => distances[i] === least);
}

/** The edit distance (Levenshtein): how many letters must be inserted, deleted or replaced to turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = row[j]! + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
