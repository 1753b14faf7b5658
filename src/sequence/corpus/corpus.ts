import { createHash } from "node:crypto";
import { openTokens, type TokenStore, writeTokens } from "../../data/formats/tokenShards.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document, Parts } from "../kind.ts";
import type { OpenKind } from "../kinds.ts";

/** The tokens of one part of a corpus; they stay on the disk. */
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
export interface Corpus extends Parts<CorpusPart>, AsyncDisposable {}

/** What makes tokens of documents: a kind with its alphabet. */
export type Encoder = Pick<OpenKind, "name" | "size" | "encode"> & { readonly alphabet: object };

/** How a corpus is prepared. */
export interface PrepareOptions {
  /** Told the number of tokens so far, now and then. */
  readonly onProgress?: ((tokens: number) => void) | undefined;
  /** Stops the work, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** What a person calls the documents, for messages. */
  readonly name?: string | undefined;
}

/** Where no documents are held out, the last tenth of the tokens is. */
const trainShare = 0.9;

/**
 * Encodes the documents into token shards in `folder`, and opens them. What the folder already holds is kept where it is
 * whole and was made of the same documents, kind and alphabet, and replaced otherwise.
 */
export async function prepareCorpus(
  folder: string,
  kind: Encoder,
  parts: Parts<readonly Document[]>,
  { name, ...options }: PrepareOptions = {},
): Promise<Corpus> {
  const documents = [...parts.train, ...parts.valid];
  const source = fingerprint(kind, documents);
  if ((await sourceOf(folder)) !== source) {
    function* encoded() {
      for (const document of documents) yield kind.encode(document);
    }
    await writeTokens(folder, encoded(), {
      ...options,
      symbols: kind.size,
      note: { source, trainDocuments: parts.train.length },
    });
  }
  return openCorpus(folder, name);
}

/**
 * Opens a prepared corpus, called `name` in messages. Throws UserError where the folder holds none, or a damaged one, or
 * one too small to divide.
 */
export async function openCorpus(
  folder: string,
  name = `the corpus in ${folder}`,
): Promise<Corpus> {
  const store = await openTokens(folder);
  const { trainDocuments } = store.note;
  if (typeof trainDocuments !== "number") throw new UserError(`${folder} holds no corpus`);
  const { train, valid } = divide(store, trainDocuments);
  for (const [part, starts] of Object.entries({ train, valid })) {
    if (starts[0] === starts.at(-1)) {
      await store[Symbol.asyncDispose]();
      throw new UserError(`${name} is too small: its ${part} part has no tokens`);
    }
  }
  return {
    train: partOf(store, `the train part of ${name}`, train),
    valid: partOf(store, `the valid part of ${name}`, valid),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
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

/** What the tokens in a folder were made of; `undefined` where they are not whole. */
async function sourceOf(folder: string): Promise<string | number | undefined> {
  try {
    await using store = await openTokens(folder);
    return store.note.source;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Differs where the tokens may differ. */
function fingerprint({ name, alphabet }: Encoder, documents: readonly Document[]): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([name, alphabet]));
  for (const { name, version } of documents) hash.update(JSON.stringify([name, version]));
  return hash.digest("hex");
}
