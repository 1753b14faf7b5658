import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import {
  openTokens,
  type TokenNote,
  type TokenStore,
  writeTokens,
} from "../../data/formats/tokenShards.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document, Notice, Parts } from "../kind.ts";
import type { OpenKind } from "../kinds.ts";

/** The tokens of one part of a corpus; they stay on disk. */
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

/** Longest document, in tokens, that is held in memory (128 MB) until it is known to be whole. */
const longestHeld = 2 ** 26;

/**
 * Encodes the documents into token shards in `folder`, and opens them. What the folder already holds is kept where it is
 * whole and was made of the same documents, kind and alphabet, and replaced otherwise. Throws UserError where no document
 * can be read, where a part has no tokens, and where one cannot be read if `strict`.
 *
 * @example
 * ```ts
 * const parts = await openDocuments("data/poems", kinds.chars.reads);
 * const kind = openKind(await fitKind("chars", parts.train, {}, parts.valid));
 * await using corpus = await prepareCorpus("run/corpus", kind, parts, { notice: console.warn });
 * ```
 */
export async function prepareCorpus(
  folder: string,
  kind: Encoder,
  parts: Parts<readonly Document[]> & { readonly notices?: readonly string[] },
  { name, strict = false, notice, ...options }: PrepareOptions = {},
): Promise<Corpus> {
  const documents = [...parts.train, ...parts.valid];
  const source = fingerprint(kind, documents);
  const known = await noteOf(folder);
  // With a notice of the documents a strict preparation must fail, as it does at the first of them.
  if (known?.source !== source || (strict && known.notices !== undefined)) {
    // The index is written last, with what is in the note by then.
    const note: Record<string, string | number> = { source, trainDocuments: parts.train.length };
    const notices: string[] = [];
    const say = (notice: string) => {
      notices.push(notice);
      note.notices = notices.join("\n");
    };
    await writeTokens(folder, encoded(kind, documents, strict ? undefined : say), {
      ...options,
      symbols: kind.size,
      note,
    });
  }
  const corpus = await openCorpus(folder, name);
  const notices = [...(parts.notices ?? []), ...corpus.notices];
  for (const sentence of notices) notice?.(sentence);
  return { ...corpus, notices };
}

/** The tokens of each document; of one that cannot be read none, and a notice. */
function* encoded(
  kind: Encoder,
  documents: readonly Document[],
  notice: Notice | undefined,
): Generator<AsyncIterable<Uint16Array>> {
  let whole = 0;
  let fault: UserError | undefined;
  async function* tokensOf(document: Document, isLast: boolean) {
    try {
      // With one document there is nothing to go on with.
      yield* notice && documents.length > 1
        ? heldBack(kind.encode(document, notice))
        : kind.encode(document, notice);
      whole += 1;
    } catch (error) {
      if (!(error instanceof UserError) || !notice || documents.length === 1) throw error;
      fault ??= error;
      notice(`${error.message}; it was left out`);
    }
    if (isLast && whole === 0 && fault) throw fault;
  }
  for (const [i, document] of documents.entries()) {
    yield tokensOf(document, i === documents.length - 1);
  }
}

/** The pieces of a document, handed on once all of them have been read, so that none is if it is damaged. */
async function* heldBack(pieces: AsyncIterable<Uint16Array>): AsyncGenerator<Uint16Array> {
  let held: Uint16Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    held.push(piece.slice());
    length += piece.length;
    if (length <= longestHeld) continue;
    yield* held;
    held = [];
  }
  yield* held;
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
  const { trainDocuments, notices } = store.note;
  if (typeof trainDocuments !== "number") {
    await store[Symbol.asyncDispose]();
    throw new UserError(`${folder} holds no corpus`, "wrong-kind");
  }
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
    notices: typeof notices === "string" ? notices.split("\n") : [],
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/**
 * Opens the corpus of a run again and makes it anew from its documents where it is damaged or missing. `tokens` is how
 * many the run trained on. Throws UserError (`contradicts-run`) where the documents have another number of tokens:
 * they are not those of the run, and to go on with them would not continue its training.
 */
export async function reopenCorpus(
  folder: string,
  kind: Encoder,
  parts: Parts<readonly Document[]> & { readonly notices?: readonly string[] },
  tokens: number,
  options: PrepareOptions = {},
): Promise<Corpus> {
  try {
    return await openCorpus(folder, options.name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  const corpus = await prepareCorpus(folder, kind, parts, options);
  const found = corpus.train.starts.at(-1)!; // a part has at least an end
  if (found === tokens) return corpus;
  await corpus[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
  throw new UserError(
    `${options.name ?? "the data"} has ${found} tokens to train on, but the run was trained on ${tokens}: these are not its data`,
    "contradicts-run",
  );
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

/** What the tokens in a folder were made of; `undefined` where they are missing or damaged. */
async function noteOf(folder: string): Promise<TokenNote | undefined> {
  try {
    await using store = await openTokens(folder);
    return store.note;
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
