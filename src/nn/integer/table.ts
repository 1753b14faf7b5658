/** A function of integers, tabulated at regular places and linear between them; it keeps its last value beyond its ends. */
export interface IntegerTable {
  /** The argument of the first entry. */
  readonly first: number;
  /** log2 of the distance between the arguments of entries. */
  readonly step: number;
  readonly values: Int32Array;
}

export interface TabulateOptions {
  /** log2 of how many integers make 1, of arguments. */
  readonly from: number;
  /** The same of values. */
  readonly to: number;
  /** The arguments of the first and of the last entry, as real numbers. */
  readonly between: readonly [number, number];
  /** log2 of the number of entries in an interval of 1. */
  readonly entries: number;
}

/** Tabulates a function of real numbers, which must be the same on every machine: see `elementary.ts`. */
export function tabulate(
  of: (x: number) => number,
  { from, to, between: [start, end], entries }: TabulateOptions,
): IntegerTable {
  const count = (end - start) * 2 ** entries + 1;
  const values = Int32Array.from({ length: count }, (_, i) =>
    Math.round(of(start + i / 2 ** entries) * 2 ** to),
  );
  return { first: start * 2 ** from, step: from - entries, values };
}

/** The value at an integer. Two neighboring entries must differ by less than 2^(31 − step). */
export function lookUp({ first, step, values }: IntegerTable, x: number): number {
  const last = values.length - 1;
  if (x <= first) return values[0]!;
  const distance = x - first;
  if (distance >= last << step) return values[last]!;
  const i = distance >> step;
  const value = values[i]!;
  const rest = distance & ((1 << step) - 1);
  return value + (Math.imul(values[i + 1]! - value, rest) >> step);
}
