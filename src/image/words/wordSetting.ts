/**
 * What a text says, as numbers that a {@link WordSetting} tells the meaning of; empty where nothing is said. In training the
 * `length` numbers may be followed by `width` more, which are added to the guess: see `takenBack`.
 */
export type Words = readonly number[];

/**
 * What a model knows of the words that it is told: the pieces of a text, numbered from 1, of which it learns the meaning
 * itself, or the vector that a user's encoder made of the text.
 */
export type WordSetting = PieceSetting | VectorSetting;

interface Said {
  /** Numbers of a text: most of its pieces, or those of its vector. */
  readonly length: number;
  /** Numbers of the guess that a text becomes: `coarseWidth` of the language. */
  readonly width: number;
}

interface PieceSetting extends Said {
  readonly kind: "pieces";
  /** Different pieces. */
  readonly pieces: number;
}

interface VectorSetting extends Said {
  readonly kind: "vectors";
}

/** What an exported model says of its input `words`. */
export function wordsDescription({ kind, width }: WordSetting): string {
  const said =
    kind === "pieces"
      ? "the caption's pieces, numbered from 1 in the order of the run, with 0 behind the last"
      : "the vector of the caption, or zeros where nothing is said";
  return `${said}; then ${width} zeros`;
}
