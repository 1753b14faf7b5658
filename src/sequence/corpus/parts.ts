import type { TokenStore } from "../../data/formats/tokenStore.ts";
import { UserError } from "../../errors/userError.ts";
import type { Notice, Parts } from "../kind.ts";
import type { OpenKind } from "../kinds/alphabets.ts";

/** The tokens of one part of a corpus, on disk or in memory. */
export interface CorpusPart {
  /** For messages. */
  readonly name: string;
  /** Tokens are 0 … symbols - 1. */
  readonly symbols: number;
  /** Document d has the tokens starts[d] … starts[d + 1] - 1 of the part; the first entry is 0, the last their number. */
  readonly starts: Float64Array;
  /** The tokens start … start + length - 1 of the part. */
  read(start: number, length: number): Promise<Uint16Array>;
}

/** A corpus as tokens. */
export interface Corpus extends Parts<CorpusPart>, AsyncDisposable {
  /** One sentence for each document that was left out, or of which something was. */
  readonly notices: readonly string[];
}

/** What makes tokens of documents: a kind with its alphabet. */
export type Encoder = Pick<OpenKind, "name" | "size" | "encode"> & { readonly alphabet: object };

/** How a corpus is prepared. */
export interface PrepareOptions {
  /**
   * Whether a document that cannot be read, or that has a symbol which the alphabet lacks, stops everything. By default it
   * is left out, or the symbol is, with a notice.
   */
  readonly strict?: boolean | undefined;
  /** Receives a sentence for each document that is left out, or of which something is, also of an earlier preparation. */
  readonly notice?: Notice | undefined;
  /** Receives the number of tokens so far, now and then. */
  readonly onProgress?: ((tokens: number) => void) | undefined;
  /** Stops the work, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** What messages call the corpus. */
  readonly name?: string | undefined;
}

/** Where no document is for validation, the last tenth of the tokens is. */
const trainShare = 0.9;

/**
 * The two parts of the tokens in a store, the first of which has `trainDocuments` documents. Throws UserError where one of
 * them is empty.
 */
export function partsOf(
  store: TokenStore,
  trainDocuments: number,
  name: string,
): Parts<CorpusPart> {
  const { train, valid } = divide(store, trainDocuments);
  for (const [part, starts] of Object.entries({ train, valid })) {
    if (starts[0] === starts.at(-1)) {
      throw new UserError(`${name} is too small: its ${part} part has no tokens`);
    }
  }
  return {
    train: partOf(store, `the train part of ${name}`, train),
    valid: partOf(store, `the valid part of ${name}`, valid),
  };
}

/** Where the documents of the parts begin in the store, and where the last ends. */
function divide({ starts }: TokenStore, trainDocuments: number): Parts<Float64Array> {
  if (trainDocuments < starts.length - 1) {
    return { train: starts.slice(0, trainDocuments + 1), valid: starts.slice(trainDocuments) };
  }
  const cut = Math.floor(trainShare * starts.at(-1)!); // there is always an end
  return {
    train: Float64Array.from([...starts.filter((start) => start < cut), cut]),
    valid: Float64Array.from([cut, ...starts.filter((start) => start > cut)]),
  };
}

function partOf(store: TokenStore, name: string, starts: Float64Array): CorpusPart {
  const first = starts[0]!; // a part has at least an end
  return {
    name,
    symbols: store.symbols,
    starts: starts.map((start) => start - first),
    read: (start, length) => store.read(first + start, length),
  };
}
