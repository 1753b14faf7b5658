import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { openTokens, writeTokens } from "../../data/formats/tokenShards.ts";
import type { TokenNote } from "../../data/formats/tokenStore.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document, Parts } from "../kind.ts";
import { encodeDocuments } from "./encodeDocuments.ts";
import {
  type Corpus,
  type CorpusPart,
  type Encoder,
  type PrepareOptions,
  partsOf,
} from "./parts.ts";

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
    await writeTokens(folder, encodeDocuments(kind, documents, strict ? undefined : say), {
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
  let parts: Parts<CorpusPart>;
  try {
    parts = partsOf(store, trainDocuments, name);
  } catch (error) {
    await store[Symbol.asyncDispose]();
    throw error;
  }
  return {
    ...parts,
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
