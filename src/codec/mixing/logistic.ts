/*
 * The logistic function in integers. `stretch` is ln(p / (1 − p)) in 256ths, −2047 … 2047, of a probability out of 2^16; `squash`
 * is its inverse. The tables are made with the four operations of arithmetic alone, which all machines round alike, so no two
 * machines ever disagree by a bit.
 */

/** The largest magnitude of a stretched probability: 8, in 256ths. */
export const stretchLimit = 2047;

/** Probabilities stay at least this far from 0 and from 2^16. */
export const leastChance = 16;

/** e^(1/256). */
const step = 1.0039138893383475;

/** Probability out of 2^16 by stretched value + 2048. */
export const squashTable: Int32Array = tabulateSquash();

/** Stretched value by probability out of 2^12. */
export const stretchTable: Int16Array = tabulateStretch();

/** What an event costs in bits, −log2 p, by its probability out of 2^12. */
export const costTable: Float64Array = Float64Array.from(
  { length: 4096 },
  (_, i) => 12 - logarithm(i + 0.5),
);

/** log2 x of x ≥ ½, digit by digit: squaring doubles the logarithm. All machines compute the same. */
export function logarithm(x: number): number {
  let rest = 2 * x;
  let sum = -1;
  for (; rest >= 2; rest /= 2) sum++;
  for (let digit = 0.5; digit > 1e-9; digit /= 2) {
    rest *= rest;
    if (rest < 2) continue;
    rest /= 2;
    sum += digit;
  }
  return sum;
}

function tabulateSquash(): Int32Array {
  const table = new Int32Array(4096);
  let power = 1; // e^(k / 256)
  for (let k = 0; k <= 2048; k++, power *= step) {
    const above = Math.floor((65536 * power) / (1 + power) + 0.5);
    if (k < 2048) table[2048 + k] = Math.min(above, 65536 - leastChance);
    table[2048 - k] = Math.max(65536 - above, leastChance);
  }
  return table;
}

/** The value whose probability is nearest to the middle of each interval. */
function tabulateStretch(): Int16Array {
  const table = new Int16Array(4096);
  let value = -stretchLimit;
  for (let i = 0; i < 4096; i++) {
    const middle = 16 * i + 8;
    while (value < stretchLimit && squashTable[2048 + value]! < middle) value++;
    table[i] = value;
  }
  return table;
}
