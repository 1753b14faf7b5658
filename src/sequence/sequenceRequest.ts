import { UserError } from "../errors/userError.ts";
import type { Plan } from "../train/plan.ts";
import { memoryCorpus } from "./corpus/memoryCorpus.ts";
import type { Corpus } from "./corpus/parts.ts";
import type { Document, KindOptions, Notice, Parts } from "./kind.ts";
import type { KindChoice, OpenKind } from "./kinds/alphabets.ts";
import type { Kinds } from "./kinds/kindTable.ts";
import { requireEvenHeads, type SequenceConfig, type SequenceOptions } from "./run.ts";

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

/** The configuration of a new run on a corpus. */
export const sequenceConfig = (
  kind: OpenKind,
  corpus: Corpus,
  { path, options, seed, plan }: Pick<SequenceRequest, "path" | "options" | "seed" | "plan">,
): SequenceConfig => ({
  kind: "sequence",
  format: 2,
  alphabet: kind.alphabet,
  options,
  symbols: kind.size,
  seed,
  data: { path, tokens: corpus.train.starts.at(-1) ?? 0 },
  plan,
});

/** Throws UserError where a corpus has fewer tokens to train on than a context window. */
export function requireWindow(
  { train }: Corpus,
  { unit }: OpenKind,
  { path, context }: { readonly path: string; readonly context: number },
): void {
  const tokens = train.starts.at(-1) ?? 0;
  if (tokens >= context) return;
  throw new UserError(
    `${path} has ${tokens} ${unit}s to train on, fewer than a context window of ${context}`,
    "sizes-do-not-fit",
  );
}

/** A new run on documents in memory, ready for `sequenceTrainable` and `trainRun`. */
export interface MemorySequence {
  readonly config: SequenceConfig;
  readonly kind: OpenKind;
  readonly corpus: Corpus;
}

/** Prepares a new run on documents in memory, of kinds among `kinds`: see `createSequence`, which reads files. */
export async function prepareInMemory<Name extends string>(
  parts: Parts<readonly Document[]>,
  request: Omit<SequenceRequest, "kind"> & { readonly kind: KindChoice<Name> },
  kinds: Kinds<Name>,
  progress: PrepareSequence = {},
): Promise<MemorySequence> {
  const { path, options, kindOptions = {} } = request;
  requireEvenHeads(options);
  const alphabet = await kinds.fitKind(request.kind, parts.train, kindOptions, parts.valid);
  const kind = kinds.openKind(alphabet, kinds.kindOf(request.kind));
  const corpus = await memoryCorpus(kind, parts, { ...progress, name: path });
  requireWindow(corpus, kind, { path, context: options.context });
  return { config: sequenceConfig(kind, corpus, request), kind, corpus };
}
