import { createRandom, type Random } from "../data/random/random.ts";
import { alone, type Communicator } from "../mpi/communicator.ts";
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
import { openSteps, type Sharing, stateNames } from "./steps/openSteps.ts";
import { createPace } from "./steps/pace.ts";
import { createSlownessCheck } from "./steps/slowness.ts";
import type { Measure, Rhythm, Trainable, Validator, Values } from "./trainable.ts";
import { initialize } from "./trainer.ts";

/** Where a training is, for a progress display. */
export interface TrainingProgress extends Elapsed {
  /** The fraction of the plan that is done. */
  readonly progress: number;
  /**
   * Recent measure and last validation, with their unit: `1.234 nats/token, validation 1.345`; of several ranks also the shares
   * of time that they spend on each other: `moving 3 %, waiting 5 %`.
   */
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

export interface TrainOptions extends CompileOptions, Sharing {
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
  /** Where to keep checkpoints and metrics; nowhere by default. Rank 0 alone has one. */
  readonly journal?: Journal;
  /**
   * The processes that train together, all of them by this function: rank 0 validates and keeps the run. This process alone by
   * default.
   */
  readonly ranks?: Communicator;
  /** Receives what is worth knowing on the way, as a sentence: a rank that is slower than the others. */
  readonly notice?: (sentence: string) => void;
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
  /** How fast it went since it was started, by the keys that `metrics.jsonl` has; empty where no step was done. */
  readonly pace: Values;
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
  const { clock = wallClock, timing = "all", ranks = alone, notice, ...others } = rest;
  const { parts = ranks.size, syncEvery, shardOptimizer, ...compileOptions } = others;
  const { layout, measure, rate } = model;
  const random = createRandom(seed);
  const isFirst = ranks.rank === 0;

  let aside = 0; // seconds that do not count
  const now = () => clock() - aside;
  const beside = async <T>(work: () => Promise<T>): Promise<T> => {
    const begun = clock();
    const result = await work();
    if (timing === "steps") aside += clock() - begun;
    return result;
  };

  const { start, from, saveEvery } = await startOfAll(
    model,
    random,
    { journal, ranks, syncEvery },
    now,
  );
  const batches = model.batches(random);
  await using _batches = disposing(batches);
  const sharing = { ranks, parts, syncEvery, shardOptimizer };
  await using steps = await openSteps(model, start, batches, sharing, compileOptions);
  await using validator = (isFirst && (await model.validator?.(compileOptions))) || noValidator;

  let elapsed = from;
  let progress = progressOf(plan, elapsed);
  if (progress < 1) await steps.prepare(from.step + 1); // compiling takes no time of the plan
  const recent = createMeans(recentSteps);
  const interval = createMeans();
  const slowness = createSlownessCheck(ranks, notice);
  const pace = createPace(ranks, model.examples);
  let recorded: Pick<Elapsed, "step" | "seconds"> = from;
  let saved = from;
  let validation = journal?.validation ?? {};
  let enough = false;
  const isTimeToValidate = rhythmOf(rhythm, plan, from);
  const save = async (kind: "latest" | "trunk") => {
    if (saveEvery === undefined) return;
    const arenas = await steps.state();
    if (!allFinite(arenas.parameters!))
      throw new DivergedError("a parameter is not finite", elapsed.step);
    await journal?.save(kind, { ...elapsed, arenas });
  };

  const begun = now() - from.seconds;
  let isStopped = (await agree(ranks, signal)).isStopped;
  while (progress < 1 && !enough && !isStopped) {
    const first = elapsed.step + 1;
    const last = Math.min(steps.lastOfRound(first), "steps" in plan ? plan.steps : Infinity);
    const { seconds: soFar } = elapsed;
    const progressAt = (step: number) => progressOf(plan, { step, seconds: soFar });
    const isTrunk = progress < rate.decayFrom && last > first && progressAt(last) >= rate.decayFrom;
    if (isTrunk) await save("trunk"); // the rate begins to fall within the round
    const rateAt = (step: number) => warmupStableDecay(step, progressAt(step - 1), rate);
    const taken = performance.now();
    const { metrics, examples, losses, seconds } = await steps.take(first, last, rateAt);
    pace.add(examples, (performance.now() - taken) / 1000, seconds);
    const culprit = losses.findIndex((loss) => !Number.isFinite(loss));
    if (culprit >= 0) {
      const which = ranks.size > 1 ? `the loss of rank ${culprit}` : "the loss";
      requireFinite(losses[culprit]!, which, last); // it was found there
    }

    const before = progress;
    const agreed = await agree(ranks, signal, now() - begun);
    elapsed = { step: last, seconds: agreed.seconds, examples: elapsed.examples + examples };
    progress = progressOf(plan, elapsed);
    enough = until?.(metrics) ?? false;
    const isLast = progress >= 1 || enough;
    recent.add(metrics, examples);
    interval.add(metrics, examples);
    slowness.add(seconds, elapsed);
    const isTimeToRecord =
      elapsed.seconds - recorded.seconds >= recordEvery || last >= recorded.step * recordGrowth;
    if (isTimeToRecord || isLast) {
      const values = measured(measure, interval.means());
      const own = { ...values, rate: rateAt(last), ...pace.values() };
      await journal?.record(elapsed, own, "training");
      interval.clear();
      recorded = elapsed;
    }
    if (isTimeToValidate(elapsed) || isLast) {
      await beside(async () => {
        const parameters = usedParameters(await steps.state());
        const scores = await validator.score(parameters, { final: isLast, step: last });
        if (Object.values(scores).some(Number.isNaN))
          throw new DivergedError("a validation is NaN", last);
        validation = { ...validation, ...scores };
        if (Object.keys(scores).length > 0) await journal?.record(elapsed, scores, "validation");
      });
    }
    if (model.snapshots?.at.some((at) => before < at && progress >= at)) {
      await beside(async () => {
        const parameters = usedParameters(await steps.state());
        if (isFirst) await model.snapshots?.take(parameters, last);
      });
    }
    if (report && isFirst) {
      const means = measured(measure, recent.means());
      const text = [progressText(measure, means, validation), pace.text()]
        .filter(Boolean)
        .join(", ");
      report({ ...elapsed, progress, text, metrics: means, validation });
    }
    if (before < rate.decayFrom && progress >= rate.decayFrom && !isTrunk) await save("trunk");
    if (elapsed.seconds - saved.seconds >= (saveEvery ?? Infinity)) {
      await save("latest");
      saved = elapsed;
    }
    await nextTask(); // signals and progress bars live on the event loop
    isStopped = ranks.size === 1 ? (signal?.aborted ?? false) : agreed.isStopped;
  }
  if (saved !== elapsed || elapsed === from) await save("latest");

  const parameters = Float32Array.from(usedParameters(await steps.state()));
  const means = recent.means();
  return {
    ...{ step: elapsed.step, seconds: elapsed.seconds, examples: elapsed.examples },
    ...{ layout, parameters, validation },
    scope: freeze(layout, parameters),
    metrics: means ? measured(measure, means) : (journal?.metrics ?? {}),
    pace: pace.whole(),
    interrupted: progress < 1 && !enough,
  };
}

/** What all ranks go by: rank 0's clock, and whether any of them is asked to stop. */
async function agree(
  ranks: Communicator,
  signal: AbortSignal | undefined,
  seconds = 0,
): Promise<{ readonly seconds: number; readonly isStopped: boolean }> {
  const isStopped = signal?.aborted ?? false;
  if (ranks.size === 1) return { seconds, isStopped };
  const all = await ranks.exchange(Float64Array.of(seconds, isStopped ? 1 : 0)); // a pair from each rank
  return { seconds: all[0]!, isStopped: all.some((value, i) => i % 2 === 1 && value > 0) };
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

/**
 * Where a training starts: rank 0's latest checkpoint, or parameters that nothing was learned in; the same on all ranks.
 * `saveEvery` is undefined where nothing is kept.
 */
async function startOfAll(
  model: Trainable,
  random: Random,
  {
    journal,
    ranks,
    syncEvery,
  }: {
    readonly journal: Journal | undefined;
    readonly ranks: Communicator;
    readonly syncEvery: number | undefined;
  },
  now: () => number,
): Promise<{ start: Checkpoint; from: Elapsed; saveEvery: number | undefined }> {
  const begun = now();
  const names = stateNames(model.optimizer, syncEvery);
  const start =
    journal?.start ??
    (ranks.rank === 0 ? await freshState(model, random, names) : emptyState(model.layout, names));
  const from: Elapsed = journal?.start ?? { ...nothingDone, seconds: now() - begun };
  if (ranks.size === 1) return { start, from, saveEvery: journal?.saveEvery };
  const { saveEvery = -1 } = journal ?? {};
  const told = await ranks.exchange(
    Float64Array.of(from.step, from.seconds, from.examples, saveEvery),
  );
  const [step = 0, seconds = 0, examples = 0, every = -1] = told; // those of rank 0
  for (const name of names) await ranks.broadcast(start.arenas[name]!); // one for each name
  const elapsed = { step, seconds, examples };
  return {
    start: { ...start, ...elapsed },
    from: elapsed,
    saveEvery: every < 0 ? undefined : every,
  };
}

/** The state before the first step. */
async function freshState(
  { layout, start }: Trainable,
  random: Random,
  names: readonly string[],
): Promise<Checkpoint> {
  const parameters = start ? await start(random) : initialize(layout, random.fork("start"));
  const { arenas } = emptyState(layout, names);
  return { ...nothingDone, arenas: { ...arenas, parameters: Float32Array.from(parameters) } };
}

/** Arenas of zeros. */
const emptyState = ({ size }: ParameterLayout, names: readonly string[]): Checkpoint => ({
  ...nothingDone,
  arenas: Object.fromEntries(names.map((name) => [name, new Float32Array(size)])),
});

const wallClock = () => performance.now() / 1000;

/** Releases what something holds, where it holds anything. */
const disposing = (held: Partial<AsyncDisposable>): AsyncDisposable => ({
  [Symbol.asyncDispose]: async () => held[Symbol.asyncDispose]?.(),
});

const noValidator: Validator = {
  score: async () => ({}),
  [Symbol.asyncDispose]: async () => {},
};
