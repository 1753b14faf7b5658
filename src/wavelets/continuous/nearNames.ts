/** Up to three of `known` that differ from `typed` in few letters (Levenshtein), nearest first. */
export function nearNames(typed: string, known: readonly string[]): string[] {
  const most = Math.max(2, typed.length / 2);
  return known
    .map((name) => ({ name, edits: edits(typed, name) }))
    .filter((candidate) => candidate.edits <= most)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ name }) => name);
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const substitute = row[j]! + (letter === b[j] ? 0 : 1); // rows are one longer than b
      next.push(Math.min(substitute, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[b.length]!; // as above
}
