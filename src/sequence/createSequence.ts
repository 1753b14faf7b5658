import { existsSync } from "node:fs";
import { rm, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../errors/userError.ts";
import type { Plan } from "../train/plan.ts";
import { type Corpus, prepareCorpus } from "./corpus/corpus.ts";
import { openDocuments } from "./corpus/documents.ts";
import type { KindOptions, Notice } from "./kind.ts";
import { fitKind, type KindChoice, kindOf, type OpenKind, openKind } from "./kinds.ts";
import {
  requireEvenHeads,
  type SequenceConfig,
  type SequenceOptions,
  sequenceFiles,
} from "./run.ts";

/** A new run, before its data have been looked at. */
export interface SequenceRequest {
  readonly path: string;
  readonly kind: KindChoice;
  /** What the kind leaves open; its defaults, where nothing is said. */
  readonly kindOptions?: KindOptions;
  readonly options: SequenceOptions;
  readonly seed: number;
  readonly plan: Plan;
}

export interface PrepareSequence {
  /** Told the number of tokens that are encoded. */
  readonly onProgress?: (tokens: number) => void;
  readonly signal?: AbortSignal;
  /** Receives a sentence for each document that is left out, or of which something is. */
  readonly notice?: Notice;
  /** Whether a document that cannot be read stops everything; by default it is left out. */
  readonly strict?: boolean;
}

/**
 * Prepares a new run in a folder: fixes the alphabet and encodes the corpus. The configuration is returned, for
 * `trainRun` to write.
 */
export async function createSequence(
  folder: string,
  request: SequenceRequest,
  progress: PrepareSequence = {},
): Promise<{ readonly config: SequenceConfig; readonly corpus: Corpus }> {
  const { kind, corpus } = await fitCorpus(sequenceFiles(folder).corpus, request, progress);
  const { path, options, seed, plan } = request;
  const config: SequenceConfig = {
    kind: "sequence",
    format: 2,
    alphabet: kind.alphabet,
    options,
    symbols: kind.size,
    seed,
    data: { path, tokens: corpus.train.starts.at(-1) ?? 0 },
    plan,
  };
  return { config, corpus };
}

/**
 * Fixes the alphabet of the documents to train on and encodes them into `folder`. Throws UserError where they are not of
 * the kind, or do not fit the sizes asked for, or these each other.
 */
export async function fitCorpus(
  folder: string,
  request: Pick<SequenceRequest, "path" | "kind" | "kindOptions"> & {
    readonly options: Pick<SequenceOptions, "width" | "heads" | "context">;
  },
  progress: PrepareSequence = {},
): Promise<{ readonly kind: OpenKind; readonly corpus: Corpus }> {
  const { path, kindOptions = {}, options } = request;
  const { context } = options;
  requireEvenHeads(options);
  const parts = await openDocuments(path, kindOf(request.kind).reads);
  const alphabet = await fitKind(request.kind, parts.train, kindOptions, parts.valid);
  const kind = openKind(alphabet, kindOf(request.kind));
  const made = [folder, dirname(folder)].filter((path) => !existsSync(path));
  const corpus = await prepareCorpus(folder, kind, parts, { ...progress, name: path });
  const tokens = corpus.train.starts.at(-1) ?? 0;
  if (tokens < context) {
    await corpus[Symbol.asyncDispose]();
    if (made.includes(folder)) await rm(folder, { recursive: true, force: true });
    if (made.includes(dirname(folder))) await rmdir(dirname(folder)).catch(() => {}); // not empty
    throw new UserError(
      `${path} has ${tokens} ${kind.unit}s to train on, fewer than a context window of ${context}`,
      "sizes-do-not-fit",
    );
  }
  return { kind, corpus };
}
