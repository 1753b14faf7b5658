/** The longest working memory that is kept, in numbers: 32 MB. */
const mostKept = 2 ** 22;

// Kept between calls: fresh memory costs more than most loops over it. No call reads what another one left there.
const kept: { doubles?: Float64Array } = {};

/**
 * Working memory of `length` numbers. Its content is undefined, and the next call returns the same memory, so it must not outlive
 * a function that calls no other one that uses it.
 */
export function scratch(length: number): Float64Array {
  if (length > mostKept) return new Float64Array(length);
  let { doubles } = kept;
  if (!doubles || doubles.length < length) {
    doubles = new Float64Array(length);
    kept.doubles = doubles;
  }
  return doubles.subarray(0, length);
}
