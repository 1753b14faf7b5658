/**
 * Context mixing (Mahoney, "Adaptive weighing of context models for lossless data compression", 2005): the probability of the next
 * bit from many contexts at once. Each context has slots with the probability of 1 that was seen in it and a count. The stretched
 * probabilities are weighted sums' inputs, and so are numbers that the caller measured, as in logistic regression; several sets of
 * weights, chosen by what is known, are mixed by a second layer, and adaptive maps correct the outcome. All of it learns after each bit.
 * Integers alone, so all machines predict alike.
 *
 * The caller writes what is known into `keys`, `measures`, `measured`, `sets`, `last` and `maps`, asks for the chance, and tells the bit;
 * until then it changes none of them.
 */
export interface Mixing {
  /** What each context knows, as one number. Its hash is the slot in a table of 2^16 of the context's own. */
  readonly keys: Int32Array;
  /** Numbers that are inputs as they are, within ±{@link measureMost}. */
  readonly measures: Int32Array;
  /** How many of them there are, a multiple of 4, in its only element. */
  readonly measured: Uint16Array;
  /** What is asked, in its only element: a row of {@link startingWeights}, from which weights begin that were never used. */
  readonly kind: Uint16Array;
  /** The weights that each set takes, below {@link setSize}. */
  readonly sets: Uint16Array;
  /** The weights of the second layer, below {@link setSize}, in its only element. */
  readonly last: Uint16Array;
  /** The row of each adaptive map, below 2^16. */
  readonly maps: Uint16Array;
  /** The probability that the next bit is 1 out of 2^16, of the first `contexts` contexts. */
  predict(contexts: number): number;
  /** Learns the bit that was predicted last. */
  update(bit: 0 | 1): void;
  /** Forgets everything. */
  reset(): void;
}

/** Contexts at most. */
export const contextLimit = 15;
/** Sets of weights that are mixed. */
export const setCount = 6;
/** Weights that a set chooses among. */
export const setSize = 1 << 12;
/** Adaptive maps. */
export const mapCount = 2;
/** Measures at most, a multiple of 4. */
export const measureLimit = 56;
/** Their largest magnitude. */
export const measureMost = 2047;
/** Inputs at most: two of each context, the measures, and one that is always the same. */
export const inputLimit = 2 * contextLimit + measureLimit + 1;
/** Points of an adaptive map's row. */
export const mapPoints = 33;

/** A weight of 1. */
export const one = 1 << 16;
/** Weights stay within ±8, so that their products with inputs fit into 32 bits. */
export const weightLimit = 8 * one;
/** What weights of the second layer start from. */
export const startingShare = Math.floor(one / setCount);
/** What the input that is always the same is. */
export const bias = 256;

/** Counts end here. */
export const countLimit = 250;
/** How fast a probability follows, out of 2^15, by count: 1 / (n + 1.6). */
export const counterRates: Int32Array = Int32Array.from({ length: countLimit + 1 }, (_, n) =>
  Math.floor(32768 / (n + 1.6)),
);
/** How often weights were used is counted up to here. */
export const useLimit = 4095;
/** How fast weights follow, in 16ths, by the number of their uses: faster at first. */
export const weightRates: Int32Array = Int32Array.from(
  { length: useLimit + 1 },
  (_, n) => 3 + Math.floor(560 / (32 + (n >> 3))),
);
/** How fast the second layer follows, in 16ths. */
export const shareRate = 4;
/** A map's point moves by 2^−this of its error. */
export const mapShift = 6;
