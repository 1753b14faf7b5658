import { createRandom } from "../data/random/random.ts";
import { input } from "../graph/index.ts";
import { createDecoder, type DecoderOptions } from "../nn/decoding/decoder.ts";
import { anyToken, type SamplingOptions, tokenChooser } from "../nn/decoding/sampling.ts";
import type { CompileOptions } from "../runtime/compile.ts";
import { nextTask } from "../runtime/nextTask.ts";
import { sequenceModel } from "./model.ts";
import type { SequenceRun } from "./run.ts";

export interface SequenceSampling
  extends SamplingOptions,
    CompileOptions,
    Pick<DecoderOptions, "stepper"> {
  /** What the sample begins with. */
  readonly prompt?: Uint16Array;
  /** Tokens in all, at most, those of the prompt included. */
  readonly length: number;
  /** Told each token that is drawn, whether it is the last: a rule of one's own beside `length`. */
  readonly isLast?: (token: number) => boolean;
  /** Decides every token. */
  readonly seed: number;
  readonly onToken?: (tokens: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Draws a sequence, token by token with a cache. A model looks back at most its context; where that is full, it starts
 * again from the last half of it, so a token costs two steps at most, however long the sequence.
 */
export async function drawSequence(
  run: Pick<SequenceRun, "size" | "mixing" | "layout" | "parameters">,
  options: SequenceSampling,
): Promise<Uint16Array> {
  const { size, mixing, layout, parameters } = run;
  const { layers, heads, width, context, symbols } = size;
  const { prompt = new Uint16Array(), length, seed } = options;
  const inputs = input("inputs", [1, 1], "int32");
  await using decoder = createDecoder(
    (p, step) => sequenceModel(p, inputs, size, mixing, { step }),
    layout,
    parameters,
    { ...options, batch: 1, layers, heads, depth: width / heads, buckets: [context] },
  );
  const random = createRandom(seed);
  const choose = tokenChooser();
  const tokens = new Uint16Array(Math.max(length, prompt.length));
  tokens.set(prompt);
  let known = prompt.length;
  /** Where a window begins whose last half is to come. */
  const halfBefore = (place: number) => place - Math.floor(context / 2) + 1;
  /** The token before the next position that is fed; the start symbol stands before the first. */
  let next = known < context ? 0 : halfBefore(known);
  const inputAt = (token: number): number => (token === 0 ? symbols : tokens[token - 1]!); // known
  /** What a step is fed, the same arrays every time: it has been read when the step ends. */
  const one = { inputs: new Int32Array(1) };
  while (known < tokens.length) {
    options.signal?.throwIfAborted();
    if (decoder.position() === context) {
      decoder.restart();
      next = halfBefore(known);
    }
    // Nobody needs what follows a token that has a known one after it.
    const fed = Math.min(known - next, context - decoder.position());
    if (fed > 0) {
      await decoder.feed(
        Array.from({ length: fed }, (_, i) => ({ inputs: Int32Array.of(inputAt(next + i)) })),
      );
      next += fed;
      continue;
    }
    one.inputs[0] = inputAt(next++);
    const logits = await decoder.next(one);
    const token = choose(logits, anyToken, random.uniform(), options);
    tokens[known++] = token;
    options.onToken?.(known);
    if (options.isLast?.(token)) break;
    if (known % tokensPerTurn === 0) await nextTask();
  }
  return tokens.slice(0, known);
}

/** Tokens after which the event loop turns: steps by vectors wait for nothing, and Ctrl-C and progress bars need it. */
const tokensPerTurn = 64;
