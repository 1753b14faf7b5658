/** The two low-pass filters of a wavelet. They determine the high-pass filters. */
export interface LowPassPair {
  readonly decLo: readonly number[];
  readonly recLo: readonly number[];
}
