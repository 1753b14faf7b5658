import { checkOptions, optionNames } from "../arguments/options.ts";
import { hilbertPair } from "./hilbertPair.ts";

/**
 * The low-pass filters of a dual tree, all orthonormal; the high-pass filters follow from them. Any `first` filter works,
 * because a shift by one sample is the half-sample delay of the level below. On all other levels h and g are a Hilbert pair.
 */
export interface DualTreeFilters {
  readonly first: readonly number[];
  readonly h: readonly number[];
  readonly g: readonly number[];
}

/** Design parameters of the filters of a dual tree. */
export interface DualTreeDesign {
  /** Vanishing moments of the wavelet on the first level; 7 by default. */
  readonly firstMoments?: number;
  /** K, the vanishing moments on all other levels; 7 by default. */
  readonly vanishingMoments?: number;
  /** L, 3 by default. The larger it is, the closer to one-sided are the spectra of the complex wavelets. h and g have 2 (K + L) taps. */
  readonly allPassDegree?: number;
}

const designNames = optionNames<DualTreeDesign>({
  firstMoments: true,
  vanishingMoments: true,
  allPassDegree: true,
});

/**
 * Designs the filters of a dual tree, all of nearly linear phase: a Daubechies filter for the first level, a
 * {@link hilbertPair} for all others. With shorter filters the levels separate less well, and the energy of a shifted step
 * varies by 10 to 17 %; with the default it varies by 3.8 %. Throws RangeError as hilbertPair does.
 */
export function dualTreeFilters(design: DualTreeDesign = {}): DualTreeFilters {
  checkOptions(design, designNames);
  const { firstMoments = 7, vanishingMoments = 7, allPassDegree = 3 } = design;
  const { h: first } = hilbertPair({
    vanishingMoments: firstMoments,
    allPassDegree: 0,
    phase: "symmetric",
  });
  const pair = hilbertPair({ vanishingMoments, allPassDegree, phase: "symmetric" });
  return Object.freeze({ first, ...pair });
}

let standard: DualTreeFilters | undefined;
/** `dualTreeFilters()`, computed once: a design takes a few milliseconds. */
export function standardFilters(): DualTreeFilters {
  standard ??= dualTreeFilters();
  return standard;
}

/** The real and the imaginary part of a dual tree. */
export type Tree = "a" | "b";
