import { mkdir } from "node:fs/promises";
import type { Plan } from "../train/plan.ts";
import { UserError } from "../userError.ts";
import { type Corpus, prepareCorpus } from "./corpus.ts";
import { openDocuments } from "./documents.ts";
import type { KindOptions } from "./kind.ts";
import { fitKind, type KindName, kinds, openKind } from "./kinds.ts";
import {
  type SequenceConfig,
  type SequenceOptions,
  sequenceFiles,
  writeSequenceConfig,
} from "./run.ts";

/** A new run, before its data have been looked at. */
export interface SequenceRequest {
  readonly path: string;
  readonly kind: KindName;
  readonly kindOptions: KindOptions;
  readonly options: SequenceOptions;
  readonly seed: number;
  readonly plan: Plan;
}

export interface PrepareSequence {
  /** Told the number of tokens that are encoded. */
  readonly onProgress?: (tokens: number) => void;
  readonly signal?: AbortSignal;
  /** Where the tokens are kept; in the run folder by default. */
  readonly corpusFolder?: string;
}

/** Makes a run folder: fixes the alphabet, encodes the corpus, writes the configuration. */
export async function createSequence(
  folder: string,
  { path, kind, kindOptions, options, seed, plan }: SequenceRequest,
  { corpusFolder = sequenceFiles(folder).corpus, ...progress }: PrepareSequence = {},
): Promise<{ readonly config: SequenceConfig; readonly corpus: Corpus }> {
  const { width, heads, context } = options;
  if (width % heads !== 0) {
    throw new UserError(
      `--width ${width} cannot be shared by --heads ${heads}; it must be a multiple`,
    );
  }
  const parts = await openDocuments(path, kinds[kind].reads);
  const alphabet = await fitKind(kind, parts.train, kindOptions);
  await mkdir(folder, { recursive: true });
  const opened = openKind(alphabet);
  const corpus = await prepareCorpus(corpusFolder, opened, parts, { ...progress, name: path });
  const tokens = corpus.train.starts.at(-1) ?? 0;
  if (tokens < context) {
    await corpus[Symbol.asyncDispose]();
    throw new UserError(
      `${path} has ${tokens} ${opened.unit}s to train on, fewer than --context ${context}; choose a shorter one`,
    );
  }
  const config: SequenceConfig = {
    format: 1,
    alphabet,
    options,
    symbols: opened.size,
    seed,
    data: { path, tokens },
    plan,
  };
  await writeSequenceConfig(folder, config);
  return { config, corpus };
}
