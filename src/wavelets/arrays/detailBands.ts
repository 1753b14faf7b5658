import type { FloatArray } from "./floatArray.ts";
import type { Matrix } from "./matrix.ts";

/**
 * The three detail bands of one level. A name gives the filter along axis 0 (down), then along axis 1 (along the rows):
 * `l` is low-pass, `h` is high-pass. PyWavelets orders the bands `(cH, cV, cD)`.
 */
export interface DetailBands<A extends FloatArray = FloatArray> {
  /** High-pass along axis 0, low-pass along axis 1: PyWavelets' cH, key `da`. Responds to horizontal edges. */
  readonly hl: Matrix<A>;
  /** Low-pass along axis 0, high-pass along axis 1: PyWavelets' cV, key `ad`. Responds to vertical edges. */
  readonly lh: Matrix<A>;
  /** High-pass along both axes: PyWavelets' cD, key `dd`. Responds to corners and diagonals. */
  readonly hh: Matrix<A>;
}

/** The three bands as a list. */
export const bandsOf = <A extends FloatArray>({ hl, lh, hh }: DetailBands<A>): Matrix<A>[] => [
  hl,
  lh,
  hh,
];
