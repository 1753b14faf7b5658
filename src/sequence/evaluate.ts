import type { CompileOptions } from "../runtime/compile.ts";
import { evaluationBatches } from "./corpus/batches.ts";
import type { CorpusPart } from "./corpus/parts.ts";
import type { Extent } from "./kind.ts";
import type { SequenceRun } from "./run.ts";
import { openScorer } from "./score.ts";

export interface EvaluateSequence extends CompileOptions {
  /** So many windows, spread evenly; all by default. */
  readonly limit?: number;
  readonly onTokens?: (tokens: number) => void;
  /** Stops the work, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How well a model predicts a part of a corpus. */
export interface SequenceEvaluation {
  readonly tokens: number;
  /** Mean of -ln p of a token. */
  readonly nats: number;
  /** Mean of -log2 p of a token. */
  readonly bits: number;
  /** How much the tokens say: what bits per byte, per character or per second are of. */
  readonly extent: Extent;
}

/** Scores the tokens of a part, each window from its beginning on. */
export async function evaluateSequence(
  run: SequenceRun,
  part: CorpusPart,
  { limit, onTokens, signal, ...options }: EvaluateSequence = {},
): Promise<SequenceEvaluation> {
  const { batch, context } = run.config.options;
  const { kind } = run;
  await using scorer = await openScorer(run, { batch, context }, options);
  let extent: Extent = {};
  async function* batches() {
    for await (const each of evaluationBatches(part, { batch, context, limit })) {
      signal?.throwIfAborted();
      extent = sum(extent, kind.extent(Uint16Array.from(each.targets.filter((t) => t >= 0))));
      yield each;
    }
  }
  const { nats, tokens } = await scorer.score(
    Float32Array.from(run.parameters),
    batches(),
    onTokens,
  );
  const mean = nats / tokens;
  return { tokens, nats: mean, bits: mean / Math.LN2, extent };
}

const sum = (a: Extent, b: Extent): Extent => {
  const keys = Object.keys(b) as (keyof Extent)[]; // an Extent has no others
  return Object.fromEntries(keys.map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]));
};
