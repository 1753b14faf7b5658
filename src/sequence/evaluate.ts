import type { CompileOptions } from "../runtime/compile.ts";
import { evaluationBatches } from "./corpus/batches.ts";
import type { CorpusPart } from "./corpus/parts.ts";
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
  /** Of text: its length in UTF-8. */
  readonly bytes?: number;
}

/** Scores the tokens of a part, each window from its beginning on. */
export async function evaluateSequence(
  run: SequenceRun,
  part: CorpusPart,
  { limit, onTokens, signal, ...options }: EvaluateSequence = {},
): Promise<SequenceEvaluation> {
  const { batch, context } = run.config.options;
  const { kind } = run;
  const isText = kind.ending === ".txt";
  await using scorer = await openScorer(run, { batch, context }, options);
  let bytes = 0;
  async function* batches() {
    for await (const each of evaluationBatches(part, { batch, context, limit })) {
      signal?.throwIfAborted();
      if (isText) bytes += kind.decode(Uint16Array.from(each.targets.filter((t) => t >= 0))).length;
      yield each;
    }
  }
  const { nats, tokens } = await scorer.score(
    Float32Array.from(run.parameters),
    batches(),
    onTokens,
  );
  const mean = nats / tokens;
  return { tokens, nats: mean, bits: mean / Math.LN2, ...(isText && { bytes }) };
}
