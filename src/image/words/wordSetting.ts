/** What a text says, as numbers that a {@link WordSetting} tells the meaning of; empty where nothing is said. */
export type Words = readonly number[];

/**
 * What a model knows of the words that it is told: the pieces of a text, numbered from 1, of which it learns the meaning
 * itself, or the vector that a user's encoder made of the text.
 */
export type WordSetting = PieceSetting | VectorSetting;

interface PieceSetting {
  readonly kind: "pieces";
  /** Different pieces. */
  readonly pieces: number;
  /** Most pieces of a text. */
  readonly length: number;
}

interface VectorSetting {
  readonly kind: "vectors";
  /** Numbers of a text. */
  readonly length: number;
}

/** What an exported model says of its input `words`. */
export const wordsDescription = ({ kind }: WordSetting): string =>
  kind === "pieces"
    ? "the caption's pieces, numbered from 1 in the order of the run, with 0 behind the last"
    : "the vector of the caption; zeros where nothing is said";
