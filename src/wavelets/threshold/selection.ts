/**
 * Moves the value of rank `k` (0 is the least) to index k of `values`, smaller ones before it and larger ones behind it, and
 * returns it: Hoare's selection with the sample of Floyd and Rivest (1975), about 1.5 comparisons a value where a sort needs
 * log₂ n. The values must be numbers without NaN, and k an index.
 */
export function select(values: Float64Array, k: number): number {
  selectWithin(values, k, 0, values.length - 1);
  return values[k]!;
}

/** Ranges up to this length are searched without a sample. */
const short = 600;

function selectWithin(values: Float64Array, k: number, first: number, end: number): void {
  let [left, right] = [first, end];
  while (right > left) {
    if (right - left > short) {
      // Selecting within a small sample first puts at k a value whose rank is close to k.
      const n = right - left + 1;
      const place = k - left + 1;
      const z = Math.log(n);
      const size = 0.5 * Math.exp((2 * z) / 3);
      const spread = 0.5 * Math.sqrt((z * size * (n - size)) / n) * Math.sign(place - n / 2);
      const low = Math.max(left, Math.floor(k - (place * size) / n + spread));
      const high = Math.min(right, Math.floor(k + ((n - place) * size) / n + spread));
      selectWithin(values, k, low, high);
    }
    const pivot = values[k]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const value = values[i]!;
        values[i++] = values[j]!;
        values[j--] = value;
      }
    }
    if (j < k) left = i;
    if (k < i) right = j;
  }
}
