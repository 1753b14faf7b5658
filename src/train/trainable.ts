import type { Random } from "../data/random/random.ts";
import type { Tensor } from "../graph/index.ts";
import { adamw } from "../nn/optimizers/adamw.ts";
import type { Optimizer } from "../nn/optimizers/optimizer.ts";
import { layoutOf, type ParameterLayout, type Scope } from "../nn/parameters.ts";
import type { Arrays, CompileOptions } from "../runtime/compile.ts";
import type { Objective } from "./differentiate.ts";
import type { StableOptions } from "./schedule.ts";

/** What tells one static shape of batch from another: images, tokens …. Each is compiled once. */
export type BatchShape = number;

/** One step's batch. */
export interface Batch {
  readonly shape: BatchShape;
  /** The inputs of the objective. The arrays may be used again by the next batch. */
  readonly feeds: Arrays;
  /** Examples in it (images, tokens, points), for counts and for weighted means. */
  readonly examples: number;
}

/**
 * The batches of a training: step (from 1) to batch, a function of the step alone, so that a resumed training sees the same.
 * What it holds (a thread, a file) is released by `Symbol.asyncDispose`, where it has one.
 */
export type Batches = ((step: number) => Batch | Promise<Batch>) & Partial<AsyncDisposable>;

/** Numbers by name. */
export type Values = Readonly<Record<string, number>>;

/** The one number that progress bar, log, chart and result show. */
export interface Measure {
  /** Its name in `metrics.jsonl`: `bitsPerImage`. The validation's counterpart has the same name there. */
  readonly key: string;
  /** Follows the number: `bits/image`. */
  readonly unit: string;
  /** Digits after the decimal point; 3 by default. */
  readonly digits?: number;
  /** Whether more of it is better; less is, by default. */
  readonly higherIsBetter?: boolean;
  /** The number, from the mean metrics of some steps: the objective's own, `loss` and `gradientNorm`. */
  of(means: Values): number;
}

/** Scores parameters on data that are not trained on. */
export interface Validator extends AsyncDisposable {
  /** `final` asks for all of the data; else a part may stand for it. Keys as of {@link Measure}, and more. */
  score(
    parameters: Float32Array<ArrayBuffer>,
    how: { readonly final: boolean; readonly step: number },
  ): Promise<Values>;
}

/** When a training is validated, besides at its end. */
export type Rhythm =
  /** First after so many steps or examples, then each time their number has grown by a factor. */
  | { readonly by: "steps" | "examples"; readonly first: number; readonly growth: number }
  /** So many times, evenly over the plan. */
  | { readonly times: number }
  /** After these steps, and when so many seconds are over. */
  | { readonly steps?: readonly number[]; readonly seconds?: readonly number[] };

/** Something done on the way with the parameters at hand, such as drawing samples. */
export interface Snapshots {
  /** At these fractions of the plan. */
  readonly at: readonly number[];
  take(parameters: Float32Array<ArrayBuffer>, step: number): Promise<void>;
}

/**
 * What a training must know of a model. Plan, schedule, metrics, charts, checkpoints, resuming, interruption and errors are
 * the training's. See {@link trainable} for a model of a few lines.
 */
export interface Trainable {
  readonly layout: ParameterLayout;
  readonly optimizer: Optimizer;
  readonly rate: StableOptions;
  /** What examples are called in charts and messages, in the plural: `images`. */
  readonly examples: string;
  readonly measure: Measure;
  /** Parameters before the first step, decided by `random` alone; the layout's initializers by default. */
  start?(random: Random): Promise<Float32Array>;
  /** What is minimized, for batches of a shape. All shapes train one state. */
  objective(shape: BatchShape): Objective<string>;
  /** The batches of a training; `random` is the training's, to be forked. */
  batches(random: Random): Batches;
  /** Opens what scores the parameters on the way and at the end. */
  validator?(options: CompileOptions): Promise<Validator>;
  readonly rhythm?: Rhythm;
  readonly snapshots?: Snapshots;
}

/** A model of one static batch shape, in as few words as can be. */
export interface TrainableOptions {
  /** The loss of a batch, a scalar: a function of parameters and of graph inputs that `batch` feeds. */
  readonly loss: (p: Scope) => Tensor;
  /** The arrays that the loss's inputs are fed with at a step (from 1). `random` is this step's own. */
  readonly batch: (step: number, random: Random) => Arrays | Promise<Arrays>;
  /** Highest learning rate, or the whole schedule; 3e-3 by default. */
  readonly rate?: number | StableOptions;
  /** AdamW by default. */
  readonly optimizer?: Optimizer;
  /** More scalars to be recorded. */
  readonly metrics?: (p: Scope) => Readonly<Record<string, Tensor>>;
  /** Examples in a batch; 1 by default. */
  readonly batchSize?: number;
  readonly validator?: Trainable["validator"];
  readonly rhythm?: Rhythm;
}

/**
 * A model to be trained, from its loss and its batches; all else has defaults.
 *
 * @example
 * ```ts
 * const x = input("x", [32, 2]);
 * const y = input("y", [32, 1]);
 * const net = (p: Scope, x: Tensor) => linear(p.in("out"), linear(p.in("in"), x, 16).gelu(), 1);
 * const model = trainable({
 *   loss: (p) => net(p, x).sub(y).square().mean(),
 *   batch: (step, random) => someData(random),
 * });
 * const { scope } = await train(model, { steps: 500 }, { seed: 1 });
 * ```
 */
export function trainable(options: TrainableOptions): Trainable {
  const { loss, batch, rate = 3e-3, optimizer = adamw(), batchSize = 1, metrics } = options;
  const objective: Objective<string> = (p) => ({ loss: loss(p), metrics: metrics?.(p) ?? {} });
  return {
    layout: layoutOf(objective),
    optimizer,
    rate: typeof rate === "number" ? { ...usualRate, peak: rate } : rate,
    examples: "examples",
    measure: { key: "loss", unit: "loss", digits: 4, of: ({ loss = Number.NaN }) => loss },
    objective: () => objective,
    batches: (random) => async (step) => ({
      shape: batchSize,
      feeds: await batch(step, random.fork(`batch ${step}`)),
      examples: batchSize,
    }),
    ...(options.validator && { validator: options.validator }),
    ...(options.rhythm && { rhythm: options.rhythm }),
  };
}

/** Rises over 100 steps, falls over the last 60 % of the plan to a fiftieth. */
const usualRate = { warmup: 100, decayFrom: 0.4, floor: 0.02 };
