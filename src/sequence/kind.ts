/** A stretch of a corpus that belongs together: a book, a recording, a piece of music. Windows never cross its ends. */
export interface Document {
  /** For messages: the file, and the piece within it where it holds several. */
  readonly name: string;
  /** Changes where the contents change, as size and date of a file do; absent where that cannot be told. */
  readonly version?: string;
  /** Its contents in pieces, from the start; can be read more than once. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** The two parts of a corpus. */
export interface Parts<T> {
  readonly train: T;
  /** Not trained on. */
  readonly valid: T;
}

/**
 * How one kind of file becomes tokens, and tokens such a file again. `A` is the alphabet that a run fixes when it first
 * sees its data: plain JSON, part of the run's configuration. Tokens are whole numbers of 0 … size - 1.
 */
export interface Kind<A> {
  /** What a token is called in reports: "character", "sample". */
  readonly unit: string;
  /** Ending of the files that `decode` makes, with its dot. */
  readonly ending: string;
  /** Endings of the files of a folder that are read, with their dots, lower case; all files if empty. */
  readonly reads: readonly string[];
  /** Looks at the documents to train on. Throws UserError, naming the document, where they are not of this kind. */
  fit(documents: readonly Document[], options: KindOptions): Promise<A>;
  /** Number of symbols. */
  size(alphabet: A): number;
  /** A document's tokens, in pieces of any length. Throws UserError where it is not of this kind or alphabet. */
  encode(alphabet: A, document: Document): AsyncIterable<Uint16Array>;
  /** The contents of a file that says these tokens. */
  decode(alphabet: A, tokens: Uint16Array): Uint8Array;
  /** Tokens of what a person writes as the beginning of a sample; absent where a kind has no such form. */
  prompt?(alphabet: A, text: string): Uint16Array;
}

/** What a person may choose of a kind; each kind uses what concerns it. */
export interface KindOptions {
  /** Of `bpe`: path of a tokenizer file to load. */
  readonly tokenizer?: string;
  /** Of `audio`: how samples become 256 levels. */
  readonly law?: "mu" | "linear";
}
