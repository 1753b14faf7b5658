/** What makes vectors of texts. */
export interface TextVectorizer extends AsyncDisposable {
  /** Numbers of a vector. */
  readonly width: number;
  /** The vectors of texts, in order. Throws UserError where it has none. */
  vectors(texts: readonly string[]): Promise<number[][]>;
}
