/** Buckets of more values than this are sorted by the engine. */
const few = 24;

/**
 * Those of some values ≥ 0 that are at most `most`, in ascending order. Each is put into one of n / 4 buckets of evenly spaced
 * square roots, which for squares of noise hold about as many each; so it takes time in proportion to n, where they are spread so.
 */
export function ascending(values: Float64Array, most: number): Float64Array {
  const buckets = Math.max(1, values.length >> 2);
  const scale = most > 0 ? (buckets - 1) / Math.sqrt(most) : 0;
  const bucketOf = new Int32Array(values.length);
  /** Where each bucket begins, and behind the last one where it ends. */
  const starts = new Int32Array(buckets + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const bucket = value <= most ? Math.floor(Math.sqrt(value) * scale) : buckets;
    bucketOf[i] = bucket;
    starts[bucket] = starts[bucket]! + 1;
  }
  let sum = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const count = starts[bucket]!;
    starts[bucket] = sum;
    sum += count;
  }
  starts[buckets] = sum;
  const sorted = new Float64Array(sum);
  const next = starts.slice();
  for (let i = 0; i < values.length; i++) {
    const bucket = bucketOf[i]!;
    if (bucket < buckets) sorted[next[bucket]!++] = values[i]!;
  }
  for (let bucket = 0; bucket < buckets; bucket++) {
    const [start, end] = [starts[bucket]!, starts[bucket + 1]!];
    if (end - start <= few) insert(sorted, start, end);
    else if (!isAscending(sorted, start, end)) sorted.subarray(start, end).sort();
  }
  return sorted;
}

/** Whether neighbors are in order, as equal ones are. */
function isAscending(values: Float64Array, start: number, end: number): boolean {
  for (let i = start + 1; i < end; i++) if (values[i - 1]! > values[i]!) return false;
  return true;
}

/** Sorts a few neighbors in place, each by moving it to the front past all that are larger. */
function insert(values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const value = values[i]!;
    let at = i;
    while (at > start && values[at - 1]! > value) {
      values[at] = values[at - 1]!;
      at -= 1;
    }
    values[at] = value;
  }
}
