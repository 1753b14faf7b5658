/**
 * The number that would stand at place `k`, from 0, if `values` were sorted; they are reordered. On average it takes a few passes
 * over them, where sorting takes dozens (Hoare 1961, "Find"). Undefined where there is no such place.
 */
export function smallestAt(values: Float64Array, k: number): number | undefined {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const value = values[i]!;
      values[i++] = values[j]!;
      values[j--] = value;
    }
    // Up to j all are at most the pivot, from i on at least; between them they equal it.
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return pivot;
  }
  return values[k];
}

const middleOf = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
