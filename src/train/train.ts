import { createRandom, type Random } from "../data/random/random.ts";
import { usedParameters } from "../nn/optimizers/averaged.ts";
import { freeze, type ParameterLayout, type Scope } from "../nn/parameters.ts";
import type { CompileOptions } from "../runtime/compile.ts";
import { nextTask } from "../runtime/nextTask.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { allFinite, DivergedError, requireFinite } from "./diverged.ts";
import { createMeans } from "./means.ts";
import { type Elapsed, nothingDone, type Plan, progressOf } from "./plan.ts";
import { rhythmOf } from "./rhythm.ts";
import { warmupStableDecay } from "./schedule.ts";
import type { Measure, Rhythm, Trainable, Validator, Values } from "./trainable.ts";
import { arenaNames, initialize } from "./trainer.ts";
import { openTrainers } from "./trainers.ts";

/** Where a training is, for a progress display. */
export interface TrainingProgress extends Elapsed {
  /** The fraction of the plan that is done. */
  readonly progress: number;
  /** Recent measure and last validation, with their unit: `1.234 nats/token, validation 1.345`. */
  readonly text: string;
  /** Mean metrics of the last steps. */
  readonly metrics: Values;
  /** The last validation; empty before the first. */
  readonly validation: Values;
}

/** Where a training is kept while it runs. */
export interface Journal {
  /** The state to continue from; the start, where there is none. */
  readonly start?: Checkpoint | undefined;
  /** The last metrics and validation up to there. */
  readonly metrics?: Values;
  readonly validation?: Values;
  /** Seconds between checkpoints. */
  readonly saveEvery: number;
  /** Keeps numbers of the training, or of a validation. */
  record(elapsed: Elapsed, values: Values, of: "training" | "validation"): Promise<void>;
  /**
   * Keeps the state: `latest` regularly, at the end and on interruption; `trunk` once, just before the learning rate begins
   * to fall, for a longer plan to continue from.
   */
  save(kind: "latest" | "trunk", state: Checkpoint): Promise<void>;
}

export interface TrainOptions extends CompileOptions {
  /** Random seed: decides the start, the batches and whatever else is random; 1 by default. */
  readonly seed?: number;
  /** Ends the training after the step in progress. */
  readonly signal?: AbortSignal;
  /** Called after every step. */
  readonly report?: (progress: TrainingProgress) => void;
  /** When to validate on the way; the model's own rhythm by default. */
  readonly rhythm?: Rhythm;
  /** Asked after every step with its metrics: whether to end although the plan is not done. */
  readonly until?: (metrics: Values) => boolean;
  /** Seconds on any clock; the wall's by default. */
  readonly clock?: () => number;
  /** Whether seconds are of all that is done, or of training steps alone, without validation and snapshots. */
  readonly timing?: "all" | "steps";
  /** Where to keep checkpoints and metrics; nowhere by default. */
  readonly journal?: Journal;
}

/** How a training ended. */
export interface Trained extends Elapsed {
  readonly layout: ParameterLayout;
  /**
   * The last parameters, or their average where the optimizer keeps one, one after another as the layout says; never the best
   * that were seen.
   */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** The parameters as constants, to build a model that is used: `net(trained.scope, x)`. */
  readonly scope: Scope;
  /** Mean metrics of the last steps, the model's measure among them; empty where no step was done. */
  readonly metrics: Values;
  /** The last validation; of all data, where the plan was done. */
  readonly validation: Values;
  /** Whether the signal ended it before its plan. */
  readonly interrupted: boolean;
}

/** Seconds from one record to the next, at most. */
const recordEvery = 1;
/** Growth of the number of steps from one record to the next, at most: a training of a second has a curve as well. */
const recordGrowth = 1.1;
/** Steps whose mean is shown: one batch says little. */
const recentSteps = 100;

/**
 * Trains a model to the end of a plan. A plan of steps is repeatable to the bit. Throws DivergedError where the loss or the
 * parameters are NaN or infinite.
 *
 * @example
 * ```ts
 * const { scope } = await train(model, { steps: 500 }, { seed: 1 });
 * const predict = await compile({ y: net(scope, x) });
 * ```
 */
export async function train(
  model: Trainable,
  plan: Plan,
  options: TrainOptions = {},
): Promise<Trained> {
  const { seed = 1, signal, report, rhythm = model.rhythm, until, journal, ...rest } = options;
  const { clock = wallClock, timing = "all", ...compileOptions } = rest;
  const { layout, measure, rate } = model;
  const random = createRandom(seed);

  let aside = 0; // seconds that do not count
  const now = () => clock() - aside;
  const beside = async <T>(work: () => Promise<T>): Promise<T> => {
    const begun = clock();
    const result = await work();
    if (timing === "steps") aside += clock() - begun;
    return result;
  };

  const started = now();
  const start = journal?.start ?? (await freshState(model, random));
  const from: Elapsed = journal?.start ?? { ...nothingDone, seconds: now() - started };
  const batches = model.batches(random);
  await using _batches = disposing(batches);
  await using trainers = openTrainers(model, start, compileOptions);
  await using validator = (await model.validator?.(compileOptions)) ?? noValidator;
  const parameters = () => usedParameters(trainers.state());

  let elapsed = from;
  let progress = progressOf(plan, elapsed);
  if (progress < 1) await trainers.of((await batches(from.step + 1)).shape); // compiling takes no time of the plan
  const recent = createMeans(recentSteps);
  const interval = createMeans();
  let recorded: Pick<Elapsed, "step" | "seconds"> = from;
  let saved = from;
  let validation = journal?.validation ?? {};
  let enough = false;
  const isTimeToValidate = rhythmOf(rhythm, plan, from);
  const save = async (kind: "latest" | "trunk") => {
    if (!journal) return;
    if (!allFinite(trainers.state().parameters!))
      throw new DivergedError("a parameter is not finite", elapsed.step);
    await journal.save(kind, { ...elapsed, arenas: trainers.state() });
  };

  const begun = now() - from.seconds;
  while (progress < 1 && !enough && !signal?.aborted) {
    const step = elapsed.step + 1;
    const batch = await batches(step);
    const trainer = await trainers.of(batch.shape);
    const metrics = await trainer.train(batch.feeds, warmupStableDecay(step, progress, rate));
    requireFinite(metrics.loss ?? Number.NaN, "the loss", step);

    const before = progress;
    elapsed = { step, seconds: now() - begun, examples: elapsed.examples + batch.examples };
    progress = progressOf(plan, elapsed);
    enough = until?.(metrics) ?? false;
    const isLast = progress >= 1 || enough;
    recent.add(metrics, batch.examples);
    interval.add(metrics, batch.examples);
    const isTimeToRecord =
      elapsed.seconds - recorded.seconds >= recordEvery || step >= recorded.step * recordGrowth;
    if (isTimeToRecord || isLast) {
      const values = measured(measure, interval.means());
      await journal?.record(
        elapsed,
        { ...values, rate: warmupStableDecay(step, before, rate) },
        "training",
      );
      interval.clear();
      recorded = elapsed;
    }
    if (isTimeToValidate(elapsed) || isLast) {
      await beside(async () => {
        const scores = await validator.score(parameters(), { final: isLast, step });
        if (Object.values(scores).some(Number.isNaN))
          throw new DivergedError("a validation is NaN", step);
        validation = { ...validation, ...scores };
        if (Object.keys(scores).length > 0) await journal?.record(elapsed, scores, "validation");
      });
    }
    if (model.snapshots?.at.some((at) => before < at && progress >= at)) {
      await beside(async () => model.snapshots?.take(parameters(), step));
    }
    if (report) {
      const means = measured(measure, recent.means());
      const text = progressText(measure, means, validation);
      report({ ...elapsed, progress, text, metrics: means, validation });
    }
    if (before < rate.decayFrom && progress >= rate.decayFrom) await save("trunk");
    if (journal && elapsed.seconds - saved.seconds >= journal.saveEvery) {
      await save("latest");
      saved = elapsed;
    }
    await nextTask(); // signals and progress bars live on the event loop
  }
  if (saved !== elapsed || elapsed === from) await save("latest");

  const last = Float32Array.from(parameters());
  const means = recent.means();
  return {
    ...{ step: elapsed.step, seconds: elapsed.seconds, examples: elapsed.examples },
    ...{ layout, parameters: last, validation },
    scope: freeze(layout, last),
    metrics: means ? measured(measure, means) : (journal?.metrics ?? {}),
    interrupted: progress < 1 && !enough,
  };
}

/** Mean metrics, and the model's measure of them. */
const measured = (measure: Measure, means: Values = {}): Values => ({
  ...means,
  [measure.key]: measure.of(means),
});

/** What a progress display says: the measure, and its validation. */
function progressText(measure: Measure, metrics: Values, validation: Values): string {
  const show = (value: number) => value.toFixed(measure.digits ?? 3);
  const { [measure.key]: value = Number.NaN } = metrics;
  const { [measure.key]: valid } = validation;
  return `${show(value)} ${measure.unit}${valid === undefined ? "" : `, validation ${show(valid)}`}`;
}

/** The state before the first step. */
async function freshState(
  { layout, optimizer, start }: Trainable,
  random: Random,
): Promise<Checkpoint> {
  const parameters = start ? await start(random) : initialize(layout, random.fork("start"));
  const zeros = arenaNames(optimizer).map((name) => [name, new Float32Array(layout.size)] as const);
  return {
    ...nothingDone,
    arenas: { ...Object.fromEntries(zeros), parameters: Float32Array.from(parameters) },
  };
}

const wallClock = () => performance.now() / 1000;

/** Releases what something holds, where it holds anything. */
const disposing = (held: Partial<AsyncDisposable>): AsyncDisposable => ({
  [Symbol.asyncDispose]: async () => held[Symbol.asyncDispose]?.(),
});

const noValidator: Validator = {
  score: async () => ({}),
  [Symbol.asyncDispose]: async () => {},
};
