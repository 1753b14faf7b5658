/** Where the vectors of texts come from, that a model does not learn itself: the user's files. */
export type TextVectorSource =
  | {
      /** A network in ONNX, in CLIP's layout. */
      readonly encoder: string;
      /** Its `tokenizer.json`. */
      readonly tokenizer: string;
    }
  | {
      /** A NumPy file with a vector for each line of the text file of the same name. */
      readonly embeddings: string;
    };

/** The vectors of some texts. */
export type TextVectors = ReadonlyMap<string, readonly number[]>;

/** What a run remembers of its text vectors: plain JSON. */
export interface CaptionVectors {
  readonly kind: "vectors";
  readonly width: number;
  readonly from: TextVectorSource;
  /** SHA-256 of the encoder and its tokenizer; none of embeddings, of which other files may hold other texts. */
  readonly sha256?: string | undefined;
}

/** Makes the vectors of texts as a run reads them; the empty text has none. */
export type ReadVectors = (words: CaptionVectors, texts: Iterable<string>) => Promise<TextVectors>;
