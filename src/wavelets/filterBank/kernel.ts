import type { FloatArray } from "../arrays/floatArray.ts";
import type { FilterPair, Phase } from "./axisStep.ts";

/** Samples to bands, as `DownStep` says. All offsets count elements of the heap. */
export interface DownPass {
  readonly filters: FilterPair;
  /** Source: the extended line(s). */
  readonly source: number;
  /** Targets: `count` coefficients for each band. */
  readonly lo: number;
  readonly hi: number;
  readonly count: number;
}

/** Bands to samples, as `UpStep` says. */
export interface UpPass {
  readonly phases: readonly [Phase, Phase];
  /** Sources: the extended bands. */
  readonly lo: number;
  readonly hi: number;
  /** Target. */
  readonly target: number;
  /** Samples of a target line. */
  readonly length: number;
}

/** A pass across rows of `inner` neighbors: one sample of a line is one row, `step` behind the one before. */
export interface Across {
  readonly inner: number;
  readonly sourceStep: number;
  readonly targetStep: number;
}

/** A pass along lines of contiguous samples, each `hop` behind the one before. */
export interface Along {
  readonly lines: number;
  readonly sourceHop: number;
  readonly targetHop: number;
}

/**
 * The arithmetic of a filter bank, on a heap of numbers. Implementations share one suite of tests. Sums run over the taps
 * in ascending order, the two bands of a synthesis apart and added last, as PyWavelets' do.
 */
export interface Kernel {
  /**
   * At least so many numbers to work in, for lines of at most `longest` coefficients and taps; what they hold is unknown, and
   * what the last call gave may be gone. A pass may write one vector beyond its target.
   */
  heap(elements: number, longest: number): FloatArray;
  /** One of two arrays outside of the heap, for what one level hands on to the next; likewise. */
  spare(which: number, elements: number): FloatArray;
  downAcross(pass: DownPass, across: Across): void;
  downAlong(pass: DownPass, along: Along): void;
  upAcross(pass: UpPass, across: Across): void;
  upAlong(pass: UpPass, along: Along): void;
}
