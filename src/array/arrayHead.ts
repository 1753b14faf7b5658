import type { ElementType } from "./elements.ts";

/** How samples became what the code tells. */
export type ArrayCoding =
  /** The 9/7 transform of sample − offset, in units of a step. */
  | { readonly type: "smooth"; readonly offset: number; readonly unit: number }
  /**
   * The reversible 5/3 transform of whole numbers n; a sample is offset + unit · n, or the n-th value of a list. `lowered` planes are left out of
   * the bands' weights.
   */
  | {
      readonly type: "whole";
      readonly offset: number;
      readonly unit: number;
      readonly lowered: number;
      readonly isListed: boolean;
    }
  /** The samples as they are. */
  | { readonly type: "stored" };

/** What a decoder has to know of an array before its code. */
export interface ArrayHead {
  readonly element: ElementType;
  readonly shape: readonly number[];
  readonly coding: ArrayCoding;
  /** Analysis steps along each axis at most. */
  readonly levels: number;
  /** log2 of the first threshold; −1 of an array without a code. */
  readonly startingPlane: number;
  /** Whether the code is the beginning of a longer one. */
  readonly isCut: boolean;
  /** Whether corrections follow the code. */
  readonly isCorrected: boolean;
  /** By how much a sample differs at most from the one that was encoded; undefined where nothing is promised. */
  readonly maxError: number | undefined;
  /** Samples per second of a sound. */
  readonly rate: number | undefined;
}

/** Whole numbers that correct samples: a sample is that of the code plus unit · n. */
export interface Corrections {
  readonly unit: number;
  readonly startingPlane: number;
  readonly code: Uint8Array;
}

/** An array as code. */
export interface CodedArray {
  readonly head: ArrayHead;
  readonly code: Uint8Array;
  /** The values of a list, ascending. */
  readonly values: readonly number[] | undefined;
  readonly corrections: Corrections | undefined;
}
