import type { FloatArray } from "../../arrays/floatArray.ts";

/** The taps of a filter: `y[n] = Σ_j weights[j] · x[n + shifts[j]]`. A shift is a number of elements of the heap, of either sign. */
export interface Taps {
  readonly shifts: Int32Array;
  readonly weights: Float64Array;
}

/** Two filters with taps at the same places. */
export interface TapPairs {
  readonly shifts: Int32Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Lines of a heap that are filtered. All numbers are of elements. */
export interface LinePass {
  /** Index of the first sample of the first line. What the shifts reach around a line is there too. */
  readonly source: number;
  /** Number of samples of a line. */
  readonly count: number;
  readonly lines: number;
  readonly sourceHop: number;
  readonly targetHop: number;
}

/**
 * The arithmetic of filters without decimation, on a heap of numbers. All implementations share one test suite. Sums run over
 * the taps in ascending order. A target must not overlap the source; nothing is written beyond it.
 */
export interface ShiftKernel {
  /** Working memory of at least `elements` numbers. Its content is undefined, and the array of an earlier call becomes invalid. */
  heap(elements: number): FloatArray;
  /** One result. */
  filter(taps: Taps, pass: LinePass, target: number): void;
  /** Two results from one reading of the samples. */
  filterBoth(taps: TapPairs, pass: LinePass, low: number, high: number): void;
}
