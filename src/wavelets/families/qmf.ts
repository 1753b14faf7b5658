/**
 * The quadrature mirror of a filter: turned around, every second sign changed. Its magnitude response is the filter's mirrored
 * at π/2; of an orthogonal wavelet recHi is the mirror of recLo.
 */
export function qmf(filter: readonly number[]): number[] {
  return filter.toReversed().map((tap, n) => (n % 2 === 0 ? tap : -tap));
}
