import { join } from "node:path";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { type MetricRecord, openMetrics, readMetrics } from "../../data/files/jsonl.ts";
import { encodePng } from "../../data/formats/png.ts";
import type { LoadedImages } from "../../data/images/loadImages.ts";
import { createRandom, type Random } from "../../data/random/random.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { type Checkpoint, writeCheckpoint } from "../../train/checkpoint.ts";
import { trainingLoop } from "../../train/loop.ts";
import { type Elapsed, nothingDone, type Plan, progressOf } from "../../train/plan.ts";
import { continueFrom } from "../../train/resume.ts";
import { warmupStableDecay } from "../../train/schedule.ts";
import { compileTrainer, initialize, type Trainer } from "../../train/trainer.ts";
import { sampleSheet } from "../draw.ts";
import type { ImageModel } from "../model.ts";
import { buildRun, readConfig, runFiles, writeConfig } from "../run.ts";
import { openBatches } from "./batchesAhead.ts";
import { heldOutScore } from "./heldOut.ts";
import { inClasses } from "./trainingSet.ts";

export interface TrainOptions extends CompileOptions {
  readonly signal: AbortSignal;
  /** Images not trained on, to be scored from time to time; none if there is no such part. */
  readonly heldOut: LoadedImages | undefined;
  /** Seconds between checkpoints; 30 by default. */
  readonly saveEvery?: number;
  /** Told after every step. */
  report(elapsed: Elapsed, progress: number, text: string): void;
}

/** How a training ended. */
export interface TrainResult {
  readonly step: number;
  readonly seconds: number;
  /** Images seen. */
  readonly images: number;
  readonly parameters: number;
  /** Mean bits of a training image of late; unknown if nothing was trained. */
  readonly bitsPerImage?: number;
  readonly heldOutBitsPerImage?: number;
}

/** A record goes to the metrics file this often: seconds. */
const recordEvery = 2;
/** The held-out images are scored each time the images seen have grown by this factor, from so many images on. */
const scoreGrowth = 1.5;
const firstScore = 500;
/** Fractions of the plan at which samples are drawn into the run folder. */
const sheetsAt = [0.5, 1];

/**
 * Trains a run to the end of `plan` from its latest checkpoint, or from the start. A plan longer than the one the run was
 * made for continues from where the learning rate began to fall, as if it had been the plan from the start.
 */
export async function trainRun(
  folder: string,
  images: LoadedImages,
  plan: Plan,
  options: TrainOptions,
): Promise<TrainResult> {
  const files = runFiles(folder);
  const config = await readConfig(folder);
  const { language, model } = buildRun(config);
  const random = createRandom(config.seed);
  const known = inClasses(images, config.classNames);
  const scoreHeldOut =
    options.heldOut &&
    heldOutScore(inClasses(options.heldOut, config.classNames), model, language, options);

  const start = await continueFrom(config.plan, plan, {
    ...{ folder, files, layout: model.layout, decayFrom: model.rate.decayFrom },
    arenaNames: arenaNames(model),
  });
  await writeConfig(folder, { ...config, plan });
  const from: Elapsed = start
    ? { step: start.step, seconds: start.seconds, examples: start.examples }
    : nothingDone;
  await using batches = openBatches(config, known);
  const trainers = await openTrainers(model, (await batches.of(from.step + 1)).shape, options);
  trainers.restore(start ?? { arenas: freshArenas(model, random.fork("start")), step: 0 });
  const parameters = () => trainers.state().parameters!; // the arenas include them

  const { bits: recorded, heldOut: heldOutBefore } = await recordedBits(folder, from.step);
  const metrics = await openMetrics(files.metrics, { after: start ? start.step : -1 });
  const record = (elapsed: Elapsed, extra: Omit<MetricRecord, "step">) => {
    const { step, seconds, examples: images } = elapsed;
    return metrics.append({ step, images, seconds, ...extra });
  };
  const drawSheet = async ({ step }: Elapsed) => {
    const request = { perClass: 2, seed: config.seed, ...options };
    const run = { config, language, model, parameters: parameters() };
    const { sheet } = await sampleSheet(run, request);
    const name = `step-${`${step}`.padStart(7, "0")}.png`;
    await writeFileAtomically(join(files.samples, name), encodePng(sheet));
  };

  let interval = { bits: 0, images: 0, seconds: from.seconds };
  let recent = recorded;
  let heldOut = heldOutBefore;
  let nextScore = Math.max(firstScore, from.examples * scoreGrowth);
  let last = progressOf(plan, from);
  try {
    const end = await trainingLoop({
      plan,
      start: from,
      decayFrom: model.rate.decayFrom,
      saveEvery: options.saveEvery ?? 30,
      signal: options.signal,
      save: (kind, elapsed) =>
        writeCheckpoint(files[kind], model.layout, { arenas: trainers.state(), ...elapsed }),
      async step(step, progress) {
        const batch = await batches.of(step);
        const trainer = await trainers.of(batch.shape);
        const rate = warmupStableDecay(step, progress, model.rate);
        const result = await trainer.train(batch.feeds, rate);
        if (!Number.isFinite(result.loss)) {
          throw new Error(
            `the loss is ${result.loss} at step ${step}; the last checkpoint is kept`,
          );
        }
        return { ...result, examples: batch.images, rate };
      },
      async report(elapsed, progress, step) {
        const { bitsPerImage = 0, examples: count = 0, rate = 0, gradientNorm = 0 } = step;
        const seen = elapsed.examples;
        interval.bits += bitsPerImage * count;
        interval.images += count;
        const mean = interval.bits / interval.images;
        recent ??= mean;
        if (elapsed.seconds - interval.seconds >= recordEvery || progress >= 1) {
          recent = mean;
          await record(elapsed, { bitsPerImage: mean, rate, gradientNorm });
          interval = { bits: 0, images: 0, seconds: elapsed.seconds };
        }
        if (scoreHeldOut && (seen >= nextScore || progress >= 1)) {
          nextScore = seen * scoreGrowth;
          heldOut = await scoreHeldOut(parameters());
          await record(elapsed, { heldOutBitsPerImage: heldOut });
        }
        if (sheetsAt.some((at) => last < at && progress >= at)) await drawSheet(elapsed);
        last = progress;
        const held = heldOut === undefined ? "" : `, held out ${heldOut.toFixed(0)}`;
        options.report(elapsed, progress, `${recent.toFixed(0)} bits/image${held}`);
      },
    });
    return {
      step: end.step,
      seconds: end.seconds,
      images: end.examples,
      parameters: model.layout.size,
      ...(recent !== undefined && { bitsPerImage: recent }),
      ...(heldOut !== undefined && { heldOutBitsPerImage: heldOut }),
    };
  } finally {
    await metrics.close();
    await trainers.close();
  }
}

/** The last bits of training and held-out images that a run has on record, up to a step. */
async function recordedBits(folder: string, step: number) {
  const records = await readMetrics(runFiles(folder).metrics);
  const lastOf = (key: string) => {
    const record = records.findLast((r) => r.step <= step && typeof r[key] === "number");
    return record && Number(record[key]);
  };
  return { bits: lastOf("bitsPerImage"), heldOut: lastOf("heldOutBitsPerImage") };
}

const arenaNames = (model: ImageModel) => ["parameters", ...model.optimizer.slots];

/** The state before the first step. */
function freshArenas(model: ImageModel, random: Random): Checkpoint["arenas"] {
  const zeros = arenaNames(model).map((name) => [name, new Float32Array(model.layout.size)]);
  return { ...Object.fromEntries(zeros), parameters: initialize(model.layout, random) };
}

/** Trainers of one state, one for each shape of batch, compiled when the shape first occurs. */
async function openTrainers(model: ImageModel, firstShape: string, options: CompileOptions) {
  const compileFor = (shape: string, shared?: Trainer<"bitsPerImage">) =>
    compileTrainer(model.objective(shape), {
      ...options,
      optimizer: model.optimizer,
      ...(shared && { arenas: shared.arenas }),
    });
  const first = await compileFor(firstShape);
  const byShape = new Map([[firstShape, first]]);
  return {
    restore: ({ arenas, step }: Pick<Checkpoint, "arenas" | "step">) => first.restore(arenas, step),
    state: first.state,
    async of(shape: string): Promise<Trainer<"bitsPerImage">> {
      const trainer = byShape.get(shape) ?? (await compileFor(shape, first));
      byShape.set(shape, trainer);
      return trainer;
    },
    async close() {
      for (const trainer of byShape.values()) await trainer.close();
    },
  };
}
