/** Weights of a net of one hidden layer, in 4096ths; see `restore`. */
export interface RestorationWeights {
  /** Rows of hidden units, columns of inputs. */
  readonly hidden: readonly (readonly number[])[];
  /** Rows of classes, columns of hidden units. */
  readonly outputs: readonly (readonly number[])[];
  /** Straight from the inputs: of what was not found, of ±1, and of all others. */
  readonly direct: readonly (readonly number[])[];
}

/** Numbers of a text, row by row. */
export const rows = (text: string): readonly (readonly number[])[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(" ").map(Number));
