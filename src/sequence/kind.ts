import type { Notice } from "../data/files/notice.ts";

/** A part of a corpus that belongs together: a book, a recording, a piece of music. Windows never cross its ends. */
export interface Document {
  /** For messages: the file, and the piece within it where it holds several. */
  readonly name: string;
  /** Changes where the contents change, as size and date of a file do; absent where that is unknown. */
  readonly version?: string;
  /** Its contents in pieces, from the start; can be read more than once. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** The two parts of a corpus. */
export interface Parts<T> {
  readonly train: T;
  /** For validation; not trained on. */
  readonly valid: T;
}

/** What a run fixes when it first sees its data: plain JSON, part of the run's configuration. */
export interface Alphabet {
  /** Name of the kind that it belongs to. */
  readonly kind: string;
}

export type { Notice };

/** How much tokens say. */
export interface Extent {
  /** Bytes of text in UTF-8, or of a file, or of samples of 8 bits. */
  readonly bytes?: number;
  /** Unicode characters (code points). */
  readonly characters?: number;
  /** Time that sound or music takes. */
  readonly seconds?: number;
}

/**
 * How one kind of file becomes tokens, and tokens become such a file again. `A` is its alphabet. Tokens are whole numbers
 * from 0 to size - 1.
 *
 * @example
 * ```ts
 * // DNA as text: one token for each of four letters.
 * const letters = "ACGT";
 * const dna: Kind<Alphabet> = {
 *   unit: "base",
 *   ending: ".txt",
 *   reads: [".txt"],
 *   fit: async () => ({ kind: "dna" }),
 *   size: () => letters.length,
 *   async *encode(_, document) {
 *     for await (const bytes of document.bytes()) {
 *       const tokens = Array.from(bytes, (byte) => letters.indexOf(String.fromCharCode(byte)));
 *       yield Uint16Array.from(tokens.filter((token) => token >= 0));
 *     }
 *   },
 *   decode: (_, tokens) => new TextEncoder().encode(Array.from(tokens, (t) => letters[t]).join("")),
 * };
 * const alphabet = await fitKind(dna, documents, {});
 * const kind = openKind(alphabet, dna);
 * ```
 */
export interface Kind<A extends Alphabet> {
  /** What reports call a token: "character", "sample". */
  readonly unit: string;
  /** File ending of what `decode` makes, with its dot. */
  readonly ending: string;
  /** Endings of the files of a folder that are read, with their dots, lower case; all files if empty. */
  readonly reads: readonly string[];
  /**
   * The alphabet of `documents`, which are trained on. Where an alphabet depends on what occurs, it also covers
   * `validation`. Documents that are not of this kind are passed over, because `encode` reports them. Throws UserError
   * where no document to train on is of this kind; it names the first of them.
   */
  fit(
    documents: readonly Document[],
    options: KindOptions,
    validation?: readonly Document[],
  ): Promise<A>;
  /** Number of symbols. */
  size(alphabet: A): number;
  /**
   * A document's tokens, in pieces of any length. Throws UserError where the document is not of this kind. A symbol that
   * the alphabet lacks is left out and reported to `notice`; without `notice` it is a UserError.
   */
  encode(alphabet: A, document: Document, notice?: Notice): AsyncIterable<Uint16Array>;
  /**
   * The contents of a file with these tokens. What tokens leave open, as a note that is never ended, is settled by rule and
   * reported to `notice`.
   */
  decode(alphabet: A, tokens: Uint16Array, notice?: Notice): Uint8Array;
  /** How much tokens say, in the units that the kind has; that of several pieces is the sum of theirs. */
  extent?(alphabet: A, tokens: Uint16Array): Extent;
  /** Of what takes time: tokens of a second, at most; sound has exactly so many. */
  mostPerSecond?(alphabet: A): number;
  /** Tokens of the text that a sample shall begin with; absent where a kind cannot be written as text. */
  prompt?(alphabet: A, text: string): Uint16Array;
}

/** Options of the kinds; each kind uses its own. */
export interface KindOptions {
  /** Of `bpe`: path of a tokenizer file to load; GPT-2's tokenizer by default. */
  readonly tokenizer?: string;
  /** Of `audio`: how samples become 256 levels; `mu` (µ-law) by default. */
  readonly law?: "mu" | "linear";
}
