import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { openMetrics, readMetrics } from "../../data/files/jsonl.ts";
import { createRandom } from "../../data/random/random.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import type { Scope } from "../../nn/parameters.ts";
import { writeCheckpoint } from "../../train/checkpoint.ts";
import { trainingLoop } from "../../train/loop.ts";
import { type Elapsed, nothingDone, type Plan } from "../../train/plan.ts";
import { continueFrom } from "../../train/resume.ts";
import { warmupStableDecay } from "../../train/schedule.ts";
import { compileTrainer, initialize } from "../../train/trainer.ts";
import { optimizer, rateOf, requireFinite, type SequenceTraining } from "../train.ts";
import { classifierModel, classifierScores, exampleInputs } from "./classifier.ts";
import { exampleBatches, examplesInOrder } from "./examples.ts";
import {
  buildClassifier,
  classifierFiles,
  readClassifierConfig,
  writeClassifierConfig,
} from "./run.ts";
import { openClassifierScorer } from "./score.ts";
import type { Task } from "./task.ts";

/** How a training ended. */
export interface ClassifierResult {
  readonly step: number;
  readonly seconds: number;
  /** Examples seen. */
  readonly examples: number;
  readonly parameters: number;
  /** Share of right answers among the last some thousands of examples, each before a step learned from it. */
  readonly trainingAccuracy?: number;
  /** Share of right answers in the validation part; in all of it if the plan is done, else in some of it. */
  readonly accuracy?: number;
  /** Mean of -ln p of the true class there. */
  readonly nats?: number;
}

const arenaNames = ["parameters", ...optimizer.slots];

/** A record goes to the metrics file this often: seconds. */
const recordEvery = 1;
/** Examples that the share of right answers in training is an average of, roughly: it forgets exponentially. */
const remembered = 2000;
/** The validation part is scored after so many steps, then each time their number has grown by this factor. */
const firstScore = 100;
const scoreGrowth = 1.5;
/** Tokens, fillings included, of that part which a training is watched by until it ends. */
const watched = 32_768;

/**
 * Trains a classifier on a task to the end of `plan`, from its latest checkpoint or from the start. A plan longer than the
 * one the run was made for continues from where the learning rate began to fall, as if it had been the plan from the start.
 */
export async function trainClassifier(
  folder: string,
  task: Task,
  plan: Plan,
  options: Omit<SequenceTraining, "scores" | "watched">,
): Promise<ClassifierResult> {
  const files = classifierFiles(folder);
  const config = await readClassifierConfig(folder);
  const built = buildClassifier(config);
  const { size, mixing, layout } = built;
  const { batch, context, peak } = config.options;
  const shape = { batch, context, symbols: task.symbols };
  const rate = rateOf(peak);
  const { decayFrom } = rate;
  const random = createRandom(config.seed);
  await mkdir(dirname(files.latest), { recursive: true });
  const start = await continueFrom(config.plan, plan, {
    folder,
    files,
    layout,
    arenaNames,
    decayFrom,
  });
  await writeClassifierConfig(folder, { ...config, plan });
  const from: Elapsed = start
    ? { step: start.step, seconds: start.seconds, examples: start.examples }
    : nothingDone;

  const inputs = exampleInputs(shape);
  const objective = (p: Scope) => {
    const logits = classifierModel(p, inputs, size, mixing);
    const { mean, correct } = classifierScores(logits, inputs.labels);
    return { loss: mean, metrics: { correct } };
  };
  const batches = exampleBatches(task.train, shape, random.fork("batches"));
  await using trainer = await compileTrainer(objective, { ...options, optimizer });
  const zeros = Object.fromEntries(arenaNames.map((name) => [name, new Float32Array(layout.size)]));
  const fresh = { ...zeros, parameters: initialize(layout, random.fork("start")) };
  trainer.restore(start?.arenas ?? fresh, from.step);

  await using scorer = await openClassifierScorer(built, shape, options);
  const scoreValid = (limit?: number) =>
    scorer.score(
      trainer.arenas.current[0]!, // parameters come first
      examplesInOrder(task.valid, spreadEvenly(task.valid.count, limit), shape),
    );

  const before = await readMetrics(files.metrics);
  const lastOf = (key: string): number | undefined => {
    const record = before.findLast((r) => r.step <= from.step && typeof r[key] === "number");
    return record && Number(record[key]);
  };
  await using metrics = await openMetrics(files.metrics, { after: start ? from.step : -1 });
  const emptyInterval = { nats: 0, correct: 0, steps: 0 };
  let interval = { ...emptyInterval, seconds: from.seconds };
  let recent = lastOf("recentAccuracy");
  let accuracy = lastOf("heldOutAccuracy");
  let nats = lastOf("heldOutNats");
  let nextScore = Math.max(firstScore, from.step * scoreGrowth);
  const end = await trainingLoop({
    plan,
    start: from,
    decayFrom,
    saveEvery: options.saveEvery ?? 30,
    signal: options.signal,
    save: (kind, elapsed) =>
      writeCheckpoint(files[kind], layout, { arenas: trainer.state(), ...elapsed }),
    async step(step, progress) {
      const now = warmupStableDecay(step, progress, rate);
      const result = await trainer.train({ ...(await batches(step)) }, now);
      requireFinite(result.loss, step);
      return { ...result, examples: batch };
    },
    async report(elapsed, progress, { loss = 0, correct = 0, gradientNorm = 0 }) {
      const { step, seconds, examples } = elapsed;
      interval.nats += loss;
      interval.correct += correct;
      interval.steps += 1;
      // A plain mean until there is enough to forget.
      const weight = Math.max(Math.min(1, batch / remembered), 1 / step);
      recent = (recent ?? 0) * (1 - weight) + (correct / batch) * weight;
      if (seconds - interval.seconds >= recordEvery || progress >= 1) {
        const mean = {
          nats: interval.nats / interval.steps,
          accuracy: interval.correct / (interval.steps * batch),
        };
        await metrics.append({
          step,
          examples,
          seconds,
          ...mean,
          recentAccuracy: recent,
          gradientNorm,
        });
        interval = { ...emptyInterval, seconds };
      }
      if (step >= nextScore || progress >= 1) {
        nextScore = step * scoreGrowth;
        const some = progress >= 1 ? undefined : Math.ceil(watched / context);
        ({ accuracy, nats } = await scoreValid(some));
        await metrics.append({
          step,
          examples,
          seconds,
          heldOutNats: nats,
          heldOutAccuracy: accuracy,
        });
      }
      const held = accuracy === undefined ? "" : `, held out ${percent(accuracy)}`;
      options.report(elapsed, progress, `${percent(recent)} right${held}`);
    },
  });
  return {
    step: end.step,
    seconds: end.seconds,
    examples: end.examples,
    parameters: layout.size,
    ...(recent !== undefined && { trainingAccuracy: recent }),
    ...(accuracy !== undefined && { accuracy }),
    ...(nats !== undefined && { nats }),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
