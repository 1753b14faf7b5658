/** Weights from which a mixing begins, in units of {@link weightUnit}. */
export interface StartingWeights {
  /** Of the two inputs of each context, in turn. */
  readonly contexts: readonly number[];
  readonly measures: readonly number[];
  readonly bias: number;
}

/** The row of what is no question of a block, quad, coefficient, bit or sign of wavelets: only the first inputs of contexts weigh. */
export const otherKind = 5;

/** 1 / 256. */
export const weightUnit = 256;

/**
 * Starting weights by the kind of question: averages of what mixings had learned of Kodak pictures 02, 04, 06, 09, 10, 11 and 12, and of
 * small squares of them, lossless and at about 0.5 and 1 bit per pixel, in color and in gray. They are a part of the format.
 */
export const startingWeights: readonly StartingWeights[] = [
  // Block.
  {
    contexts: [
      32, 13, 20, 1, 26, -5, 18, -8, 16, 1, 19, 9, 28, 7, 26, 6, 21, -7, 14, -1, 13, -3, 27, 9, 22,
      0, 26, 0, 26, 0,
    ],
    measures: [-3, -10, 2, -9, -9, -6, -1, 39, 29, 19, 14, 2, 11, 6, 18, -3],
    bias: 7,
  },
  // Quad.
  {
    contexts: [
      19, -1, 19, 0, 26, -1, 21, -1, 16, 4, 19, 2, 23, 0, 24, -4, 18, -4, 20, -1, 15, -3, 12, -3,
      18, -4, 26, 0, 26, 0,
    ],
    measures: [4, 1, 9, 0, -9, -4, 3, 16, 12, 13, 17, 2, 11, 9, 23, 7],
    bias: 3,
  },
  // Coefficient.
  {
    contexts: [
      1, -8, 11, -4, 19, -4, 20, 2, 12, 10, 13, 3, 14, -4, 8, -8, 11, -6, 15, -1, 12, -3, 7, -7, 20,
      4, 26, 0, 26, 0,
    ],
    measures: [
      -5, 5, 1, 7, -1, 0, 2, 2, 7, -2, 2, 3, 6, 7, 8, 3, 19, -1, -7, 0, 0, 1, 2, 2, 1, 1, 0, -1, -2,
      6, 6, 6, 5, 9, 0, -2, 1, 5, 12, 2, 8, 2, -2, 6, 0, -1, 0, -2, 17, 0, 0, 0, 0, 0,
    ],
    bias: -5,
  },
  // Bit.
  {
    contexts: [
      17, -2, 16, -1, 25, 4, 19, 1, 12, -2, 13, -2, 19, 5, 13, -4, 17, -1, 16, 4, 16, -2, 13, -4,
      19, 1, 26, 0, 26, 0,
    ],
    measures: [],
    bias: -28,
  },
  // Sign.
  {
    contexts: [
      13, -7, 21, 7, 17, 4, 18, 4, 18, -2, 31, -3, 20, -4, 22, 8, 14, 0, 17, -5, 31, -7, 25, 6, 20,
      -1, 12, -8, 26, 0,
    ],
    measures: [10, 5, 3, 0, 10, 6, 2, 0, 1, 6, 4, 0, 0, 0, 1, 0, 1, 0, 0, 0, 5, 0, 0, 0, 0, -6],
    bias: -6,
  },
  // Anything else.
  {
    contexts: [
      26, 0, 26, 0, 26, 0, 26, 0, 26, 0, 26, 0, 26, 0, 26, 0, 26, 0, 26, 0, 26, 0, 26, 0, 26, 0, 26,
      0, 26, 0,
    ],
    measures: [],
    bias: 0,
  },
];
