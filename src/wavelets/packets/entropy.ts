/** Into how many parts of equal width the mantissas from 1 to 2 are divided: ten of its bits are the number of a part. */
const parts = 1024;

/** How many squares are computed at a time: a processor that reads half of what it has just written waits. */
const block = 256;

/** Of each part, the inverse and the logarithm of its middle. */
interface Table {
  readonly inverses: Float64Array;
  readonly logarithms: Float64Array;
  /** By the eleven bits of an exponent: the power of 2 that makes a mantissa from 1 to 2 of a number with this exponent. */
  readonly powers: Float64Array;
  /** Room for a block of squares, and its bits. */
  readonly squares: Float64Array;
  readonly words: Int32Array;
}

// Made on first use.
const kept: { table?: Table } = {};

function tableOf(): Table {
  if (kept.table) return kept.table;
  const middles = Float64Array.from({ length: parts }, (_, i) => 1 + (i + 0.5) / parts);
  // The logarithm is that of the inverse as it is rounded, so that the two make no error together.
  const inverses = middles.map((middle) => 1 / middle);
  const logarithms = inverses.map((inverse) => -Math.log(inverse));
  const powers = Float64Array.from({ length: 2048 }, (_, exponent) => 2 ** (1023 - exponent));
  const squares = new Float64Array(block);
  const words = new Int32Array(squares.buffer);
  kept.table = { inverses, logarithms, powers, squares, words };
  return kept.table;
}

/**
 * Σ x² ln x² of some numbers, with 0 for x = 0. The logarithm takes most of the time of an entropy, and this one a third of
 * `Math.log`'s: from the exponent, a table for the middle of a 1024th of the mantissas, and the series of ln (1 + r) for
 * |r| ≤ 1/2048, whose first term that is left out is below 6e-18. Its error is a rounding error of the largest of the three. Squares
 * below 2^-1022 count as 0, and the sum is NaN if a value is NaN or infinite.
 */
export function sumOfSquaresByLogarithms(values: Float32Array | Float64Array): number {
  const { inverses, logarithms, powers, squares, words } = tableOf();
  let total = 0;
  for (let start = 0; start < values.length; start += block) {
    const count = Math.min(block, values.length - start);
    for (let i = 0; i < count; i++) squares[i] = values[start + i]! * values[start + i]!;
    for (let i = 0; i < count; i++) {
      const s = squares[i]!;
      const high = words[2 * i + 1]!; // processors of today store the lower half first
      const part = (high >> 10) & (parts - 1);
      const exponent = high >> 20;
      const r = s * powers[exponent]! * inverses[part]! - 1;
      const series = r - r * r * (1 / 2 - r * (1 / 3 - r / 4));
      total += s * ((exponent - 1023) * Math.LN2 + logarithms[part]! + series);
    }
  }
  return total;
}
