import type { ComplexMatrix } from "../dualTree/dualTree2.ts";
import type { BandNoise } from "./treeNoise.ts";

/** A band of `dualTree2` under noise. */
export interface NoisyBand {
  readonly band: ComplexMatrix<Float64Array>;
  /** The noisy band of the same orientation one level coarser, if there is one. */
  readonly parent: ComplexMatrix<Float64Array> | undefined;
  /** Standard deviation of the white noise in the picture. */
  readonly sigma: number;
  /** What white noise of standard deviation 1 is in the band. */
  readonly noise: BandNoise;
}

/** Estimates a band without its noise. */
export type ShrinkBand = (given: NoisyBand) => ComplexMatrix<Float64Array>;
