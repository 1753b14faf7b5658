import { describe } from "../arguments/describe.ts";

/**
 * The quadrature mirror filter: the filter reversed, with every second sign changed. Its magnitude response is that of the
 * filter, mirrored at π/2. For an orthogonal wavelet recHi is the mirror of recLo. Throws TypeError unless the filter is an
 * array.
 *
 * @example
 * ```ts
 * console.log(qmf([1, 2, 3, 4]));
 * // → [ 4, -3, 2, -1 ]
 * ```
 */
export function qmf(filter: readonly number[]): number[] {
  if (!Array.isArray(filter))
    throw new TypeError(`a filter must be an array of numbers, not ${describe(filter)}`);
  return filter.toReversed().map((tap, n) => (n % 2 === 0 ? tap : -tap));
}
