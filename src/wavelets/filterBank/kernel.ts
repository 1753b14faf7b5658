import type { FloatArray } from "../arrays/floatArray.ts";
import type { FilterPair, Phase } from "./axisStep.ts";

/** From samples to bands, as in `DownStep`. All offsets are indices into the heap. */
export interface DownPass {
  readonly filters: FilterPair;
  /** The extended lines. */
  readonly source: number;
  /** The targets, `count` coefficients per band. */
  readonly lo: number;
  readonly hi: number;
  readonly count: number;
}

/** From bands to samples, as in `UpStep`. */
export interface UpPass {
  readonly phases: readonly [Phase, Phase];
  /** The extended bands. */
  readonly lo: number;
  readonly hi: number;
  /** The target. */
  readonly target: number;
  /** Number of samples of a target line. */
  readonly length: number;
}

/** A pass across rows of `inner` adjacent elements: each sample of a line is a row, `step` elements after the previous one. */
export interface Across {
  readonly inner: number;
  readonly sourceStep: number;
  readonly targetStep: number;
}

/** A pass along lines of contiguous samples, each `hop` elements after the previous one. */
export interface Along {
  readonly lines: number;
  readonly sourceHop: number;
  readonly targetHop: number;
}

/** The memory in which passes work. */
export interface WorkingMemory {
  /**
   * Working memory of at least `elements` numbers, for lines of at most `longest` coefficients and taps. Its content is undefined,
   * and the array of an earlier call becomes invalid. A pass can write one vector beyond its target.
   */
  heap(elements: number, longest: number): FloatArray;
  /** One of two arrays outside the heap, which pass data from one level to the next. The same rules apply. */
  spare(which: number, elements: number): FloatArray;
}

/** Passes from samples to bands. */
export interface DownPasses {
  downAcross(pass: DownPass, across: Across): void;
  downAlong(pass: DownPass, along: Along): void;
}

/** Passes from bands to samples. */
export interface UpPasses {
  upAcross(pass: UpPass, across: Across): void;
  upAlong(pass: UpPass, along: Along): void;
}

/**
 * The arithmetic of a filter bank on a heap of numbers. All implementations share one test suite. Sums run over the taps in
 * ascending order; the two bands of a synthesis are summed separately and added last, as in PyWavelets. A program that only
 * takes signals apart, or only puts them together, is bundled with that half.
 */
export interface Kernel extends WorkingMemory, DownPasses, UpPasses {}

/** The half of a kernel that takes signals apart. */
export type DownKernel = Omit<Kernel, keyof UpPasses>;

/** The half of a kernel that puts signals together. */
export type UpKernel = Omit<Kernel, keyof DownPasses>;

/** What of the first half transforms of lines need: programs of signals are bundled with that. */
export type DownLineKernel = Omit<DownKernel, "downAcross">;

/** What of the second half they need. */
export type UpLineKernel = Omit<UpKernel, "upAcross">;
