import { existsSync } from "node:fs";
import { rm, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { prepareCorpus } from "./corpus/corpus.ts";
import { openDocuments } from "./corpus/documents.ts";
import type { Corpus } from "./corpus/parts.ts";
import type { Document, Parts } from "./kind.ts";
import type { OpenKind } from "./kinds/alphabets.ts";
import { fitKind, kindNames, kindOf, openKind } from "./kinds.ts";
import { requireEvenHeads, type SequenceConfig, type SequenceOptions } from "./run.ts";
import { sequenceFiles } from "./runFolder.ts";
import {
  type MemorySequence,
  type PrepareSequence,
  prepareInMemory,
  requireWindow,
  type SequenceRequest,
  sequenceConfig,
} from "./sequenceRequest.ts";

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
  return { config: sequenceConfig(kind, corpus, request), corpus };
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
  let corpus: Corpus | undefined;
  try {
    corpus = await prepareCorpus(folder, kind, parts, { ...progress, name: path });
    requireWindow(corpus, kind, { path, context });
    return { kind, corpus };
  } catch (error) {
    await corpus?.[Symbol.asyncDispose]();
    if (made.includes(folder)) await rm(folder, { recursive: true, force: true });
    if (made.includes(dirname(folder))) await rmdir(dirname(folder)).catch(() => {}); // not empty
    throw error;
  }
}

/** Prepares a new run on documents in memory, whose tokens stay there: see `memoryDocument`. Throws UserError as {@link fitCorpus} does. */
export const createSequenceInMemory = (
  parts: Parts<readonly Document[]>,
  request: SequenceRequest,
  progress: PrepareSequence = {},
): Promise<MemorySequence> =>
  prepareInMemory(parts, request, { kindNames, kindOf, fitKind, openKind }, progress);
