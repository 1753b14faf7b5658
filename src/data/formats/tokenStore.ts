/** Facts that a writer stores beside its tokens. */
export type TokenNote = Readonly<Record<string, string | number>>;

/** Tokens of many documents, open for reading: a folder, of which only the ends of documents are in memory, or all in memory. */
export interface TokenStore extends AsyncDisposable {
  /** Tokens are 0 … symbols - 1. */
  readonly symbols: number;
  /** Document d has the tokens starts[d] … starts[d + 1] - 1; the last entry is the number of all tokens. */
  readonly starts: Float64Array;
  readonly note: TokenNote;
  /** The tokens start … start + length - 1, also across files. Throws UserError where the disk holds fewer. */
  read(start: number, length: number): Promise<Uint16Array>;
}
