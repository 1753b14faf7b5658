import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { openMetrics, readMetrics } from "../data/files/jsonl.ts";
import { createRandom } from "../data/random/random.ts";
import { UserError } from "../errors/userError.ts";
import { input } from "../graph/index.ts";
import { crossEntropy } from "../nn/layers/losses.ts";
import { decaysByRank } from "../nn/optimizers/adamw.ts";
import { muon } from "../nn/optimizers/muon.ts";
import type { CompileOptions } from "../runtime/index.ts";
import { writeCheckpoint } from "../train/checkpoint.ts";
import { trainingLoop } from "../train/loop.ts";
import { type Elapsed, nothingDone, type Plan, progressOf } from "../train/plan.ts";
import { continueFrom } from "../train/resume.ts";
import { type StableOptions, warmupStableDecay } from "../train/schedule.ts";
import { compileTrainer, initialize, type Objective } from "../train/trainer.ts";
import { evaluationBatches, type TokenBatch, trainingBatches } from "./corpus/batches.ts";
import type { Corpus } from "./corpus/corpus.ts";
import { sequenceModel } from "./model.ts";
import {
  type BuiltModel,
  buildSequence,
  readSequenceConfig,
  sequenceFiles,
  writeSequenceConfig,
} from "./run.ts";
import { openScorer } from "./score.ts";

export interface SequenceTraining extends CompileOptions {
  readonly signal: AbortSignal;
  /** Seconds between checkpoints; 30 by default. */
  readonly saveEvery?: number;
  /**
   * How often the held-out part is scored, evenly over the plan; by default more and more rarely, as curves on a
   * logarithmic axis want it.
   */
  readonly scores?: number;
  /** Tokens of the held-out part that a training is watched by, spread over it in whole windows. */
  readonly watched?: number;
  /** Told after every step. */
  report(elapsed: Elapsed, progress: number, text: string): void;
}

/** How a training ended. */
export interface SequenceResult {
  readonly step: number;
  readonly seconds: number;
  /** Tokens seen. */
  readonly tokens: number;
  readonly parameters: number;
  /** Mean of late, nats per token. */
  readonly trainingNats?: number;
  readonly heldOutNats?: number;
}

/** A training whose loss is no number any more. */
export class DivergedError extends UserError {}

/** Throws DivergedError where a step's loss is no number. */
export function requireFinite(loss: number, step: number): void {
  if (Number.isFinite(loss)) return;
  throw new DivergedError(
    `the loss is ${loss} at step ${step}; the last checkpoint is kept, but only a new run with a lower --rate will get further`,
  );
}

/** The learning rate of a plan. */
export const rateOf = (peak: number): StableOptions => ({
  peak,
  warmup: 100,
  decayFrom: 0.2,
  floor: 0.02,
});

/** Mean nats per token of a batch of whole windows: integers `inputs` and `targets`, `[batch, context]`. */
export function objectiveOf({ size, mixing }: BuiltModel, batch: number): Objective<never> {
  const shape = [batch, size.context];
  const [inputs, targets] = [input("inputs", shape, "int32"), input("targets", shape, "int32")];
  return (p) => ({
    loss: crossEntropy(sequenceModel(p, inputs, size, mixing), targets).mean,
    metrics: {},
  });
}

/**
 * Hidden matrices learn by Muon, tables, heads and all that is no matrix by AdamW. Kernels do not decay: those of a mixing
 * would be drawn away from the averages that they start at.
 */
export const optimizer = muon({
  hidden: ({ name }) => name.startsWith("block") && name.endsWith(".weight"),
  adamw: {
    beta2: 0.99,
    weightDecay: 0.1,
    decays: (parameter) => decaysByRank(parameter) && !parameter.name.endsWith(".kernel"),
  },
});
const arenaNames = ["parameters", ...optimizer.slots];

/** A record goes to the metrics file this often: seconds. */
const recordEvery = 1;
/** The held-out part is scored after so many steps, then each time their number has grown by this factor. */
const firstScore = 50;
const scoreGrowth = 1.25;
const usuallyWatched = 32_768;

/**
 * Trains a run on a corpus to the end of `plan`, from its latest checkpoint or from the start. A plan longer than the one
 * the run was made for continues from where the learning rate began to fall, as if it had been the plan from the start.
 */
export async function trainSequence(
  folder: string,
  corpus: Corpus,
  plan: Plan,
  options: SequenceTraining,
): Promise<SequenceResult> {
  const files = sequenceFiles(folder);
  const config = await readSequenceConfig(folder);
  const built = buildSequence(config);
  const { layout } = built;
  const { batch, context, peak } = config.options;
  const rate = rateOf(peak);
  const random = createRandom(config.seed);
  await mkdir(dirname(files.latest), { recursive: true });
  const { decayFrom } = rate;
  const start = await continueFrom(config.plan, plan, {
    folder,
    files,
    layout,
    arenaNames,
    decayFrom,
  });
  await writeSequenceConfig(folder, { ...config, plan });
  const from: Elapsed = start
    ? { step: start.step, seconds: start.seconds, examples: start.examples }
    : nothingDone;

  const batches = trainingBatches(corpus.train, { batch, context, random: random.fork("batches") });
  await using trainer = await compileTrainer(objectiveOf(built, batch), { ...options, optimizer });
  const zeros = Object.fromEntries(arenaNames.map((name) => [name, new Float32Array(layout.size)]));
  const fresh = { ...zeros, parameters: initialize(layout, random.fork("start")) };
  trainer.restore(start?.arenas ?? fresh, from.step);

  await using scorer = await openScorer(built, { batch, context }, options);
  const some: TokenBatch[] = [];
  const limit = Math.ceil((options.watched ?? usuallyWatched) / context);
  for await (const each of evaluationBatches(corpus.valid, { batch, context, limit }))
    some.push(each);
  const scoreHeldOut = async () => {
    const { nats, tokens } = await scorer.score(trainer.arenas.current[0]!, some); // parameters come first
    return nats / tokens;
  };

  const before = await readMetrics(files.metrics);
  const lastOf = (key: string): number | undefined => {
    const record = before.findLast((r) => r.step <= from.step && typeof r[key] === "number");
    return record && Number(record[key]);
  };
  await using metrics = await openMetrics(files.metrics, { after: start ? from.step : -1 });
  let interval = { nats: 0, steps: 0, seconds: from.seconds };
  let recent = lastOf("nats");
  let heldOut = lastOf("heldOutNats");
  let nextScore = Math.max(firstScore, from.step * scoreGrowth);
  let done = progressOf(plan, from);
  const isTimeToScore = (step: number, progress: number) => {
    const { scores } = options;
    const due =
      scores === undefined
        ? step >= nextScore
        : Math.floor(progress * scores) > Math.floor(done * scores);
    if (due) nextScore = step * scoreGrowth;
    done = progress;
    return due || progress >= 1;
  };
  const end = await trainingLoop({
    plan,
    start: from,
    decayFrom,
    saveEvery: options.saveEvery ?? 30,
    signal: options.signal,
    save: (kind, elapsed) =>
      writeCheckpoint(files[kind], layout, { arenas: trainer.state(), ...elapsed }),
    async step(step, progress) {
      const { inputs, targets } = await batches(step);
      const result = await trainer.train(
        { inputs, targets },
        warmupStableDecay(step, progress, rate),
      );
      requireFinite(result.loss, step);
      return { ...result, examples: targets.filter((target) => target >= 0).length };
    },
    async report(elapsed, progress, { loss = 0, gradientNorm = 0 }) {
      const { step, seconds, examples: tokens } = elapsed;
      interval.nats += loss;
      interval.steps += 1;
      const mean = interval.nats / interval.steps;
      recent ??= mean;
      if (seconds - interval.seconds >= recordEvery || progress >= 1) {
        recent = mean;
        await metrics.append({ step, tokens, seconds, nats: mean, gradientNorm });
        interval = { nats: 0, steps: 0, seconds };
      }
      if (isTimeToScore(step, progress)) {
        heldOut = await scoreHeldOut();
        await metrics.append({ step, tokens, seconds, heldOutNats: heldOut });
      }
      const held = heldOut === undefined ? "" : `, held out ${heldOut.toFixed(3)}`;
      options.report(elapsed, progress, `${recent.toFixed(3)} nats${held}`);
    },
  });
  return {
    step: end.step,
    seconds: end.seconds,
    tokens: end.examples,
    parameters: layout.size,
    ...(recent !== undefined && { trainingNats: recent }),
    ...(heldOut !== undefined && { heldOutNats: heldOut }),
  };
}
