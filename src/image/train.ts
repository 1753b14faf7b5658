import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { countContexts } from "../codec/contextCoder.ts";
import { encodeTokens } from "../codec/encode.ts";
import { startingPlane } from "../codec/startingPlane.ts";
import { writeFileAtomically } from "../data/atomicWrite.ts";
import { spreadEvenly } from "../data/imageSource.ts";
import { type MetricRecord, openMetrics } from "../data/jsonl.ts";
import type { LoadedImages } from "../data/loadImages.ts";
import { encodePng } from "../data/png.ts";
import { createRandom } from "../data/random.ts";
import type { CompileOptions } from "../runtime/index.ts";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "../train/checkpoint.ts";
import { trainingLoop } from "../train/loop.ts";
import { type Elapsed, nothingDone, type Plan, progressOf } from "../train/plan.ts";
import { warmupStableDecay } from "../train/schedule.ts";
import { compileTrainer, initialise, type Trainer } from "../train/trainer.ts";
import { UserError } from "../userError.ts";
import { sampleSheet } from "./draw.ts";
import {
  analyse,
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
} from "./language.ts";
import type { Example } from "./model.ts";
import type { ModelChoice } from "./models.ts";
import { buildRun, type RunConfig, readConfig, runFiles, writeContextCounts } from "./run.ts";
import { countStartingPlanes } from "./startingPlanes.ts";
import { commonSize, scoredImages, trainingImages } from "./trainingSet.ts";

/** A new run, before its data have been looked at. */
export interface RunRequest {
  readonly model: ModelChoice;
  readonly language: ImageLanguageOptions;
  /** Side of the squares to model, where the images are not taken as they are. */
  readonly size?: number;
  readonly fit: "resize" | "crop";
  readonly seed: number;
  readonly path: string;
  readonly plan: Plan;
}

/** Images that what is fitted before a training (starting planes, static coder) is fitted on, at most. */
const planeImages = 20_000;
const coderImages = 3_000;

/** Makes a run folder: looks at the data, writes the configuration and fits the static coder. */
export async function createRun(
  folder: string,
  images: LoadedImages,
  request: RunRequest,
): Promise<RunConfig> {
  const { size, language: options, path, seed } = request;
  const { width, height } =
    size !== undefined && request.fit === "crop"
      ? { width: size, height: size }
      : commonSize(images.rasters, path);
  const language = imageLanguage(options, { width, height });
  const examples = evenExamples(images, language, planeImages);
  const counted = examples.map(({ coefficients, label }) => ({
    label,
    startingPlane: startingPlane(coefficients, language.tokens.finestPlane),
  }));
  const config: RunConfig = {
    format: 1,
    model: request.model,
    language: options,
    width,
    height,
    fit: request.fit,
    classNames: images.classNames,
    startingPlanes: countStartingPlanes(counted, images.classNames.length),
    seed,
    data: { path, images: images.rasters.length },
    plan: request.plan,
  };
  const streams = spreadEvenly(examples.length, coderImages).map(
    (i) => encodeTokens(examples[i]!.coefficients, language.tokens), // i < length
  );
  const files = runFiles(folder);
  await mkdir(join(folder, "checkpoint"), { recursive: true });
  await mkdir(files.samples, { recursive: true });
  await writeContextCounts(files.staticCoder, countContexts(streams, language.tokens));
  await writeConfig(folder, config);
  return config;
}

function writeConfig(folder: string, config: RunConfig): Promise<void> {
  return writeFileAtomically(runFiles(folder).config, `${JSON.stringify(config, undefined, 2)}\n`);
}

function evenExamples(images: LoadedImages, language: ImageLanguage, limit: number): Example[] {
  const training = trainingImages(images, language);
  const random = createRandom("crops to fit on");
  return spreadEvenly(training.count, limit).map((i) => training.draw(i, random));
}

export interface TrainOptions extends CompileOptions {
  readonly signal: AbortSignal;
  /** Images not trained on, to be scored from time to time; none if there is no such part. */
  readonly heldOut: LoadedImages | undefined;
  /** Seconds between checkpoints. */
  readonly saveEvery?: number;
  /** Told after every step. */
  report(elapsed: Elapsed, progress: number, text: string): void;
  log(line: string): void;
}

/** How a training ended. */
export interface TrainResult {
  readonly step: number;
  readonly seconds: number;
  /** Images seen. */
  readonly images: number;
  readonly parameters: number;
  /** Mean bits of a training image over the last records. */
  readonly bitsPerImage: number;
  readonly heldOutBitsPerImage?: number;
}

/** A record goes to the metrics file this often: seconds. */
const recordEvery = 2;
/** The held-out images are scored each time the images seen have grown by this factor. */
const scoreGrowth = 1.5;
const scoredLimit = { most: 200, fewest: 12, samples: 200 * 32 * 32 };
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
  const arenaNames = ["parameters", ...model.optimiser.slots];
  const start = await continueFrom(folder, config, plan, (path) =>
    readCheckpoint(path, model.layout, arenaNames),
  );
  await writeConfig(folder, { ...config, plan });

  const batches = model.batches(trainingImages(images, language), random.fork("batches"));
  const trainers = new Map<string, Trainer<"bitsPerImage">>();
  let first: Trainer<"bitsPerImage"> | undefined;
  const trainerFor = async (shape: string) => {
    const known = trainers.get(shape);
    if (known) return known;
    const trainer = await compileTrainer(model.objective(shape), {
      ...options,
      optimiser: model.optimiser,
      ...(first && { arenas: first.arenas }),
    });
    if (!first) {
      const zeros = Object.fromEntries(
        arenaNames.map((name) => [name, new Float32Array(model.layout.size)]),
      );
      const fresh = { ...zeros, parameters: initialise(model.layout, random.fork("start")) };
      trainer.restore(start?.arenas ?? fresh, start?.step ?? 0);
      first = trainer;
    }
    trainers.set(shape, trainer);
    return trainer;
  };
  const from: Elapsed = start
    ? { step: start.step, seconds: start.seconds, examples: start.examples }
    : nothingDone;
  const opened = await trainerFor(batches(from.step + 1).shape);
  const save = (kind: "latest" | "trunk", elapsed: Elapsed) =>
    writeCheckpoint(files[kind], model.layout, { arenas: opened.state(), ...elapsed });

  const metrics = await openMetrics(files.metrics, { after: start?.step ?? -1 });
  let interval = { bits: 0, images: 0, seconds: from.seconds };
  let recent = Number.NaN;
  let nextScore = Math.max(500, from.examples * scoreGrowth);
  let heldOutBits: number | undefined;

  const score = async () => {
    if (!options.heldOut) return undefined;
    const scorer = await model.scorer(opened.state().parameters!, options); // the arenas include them
    const { most, fewest, samples } = scoredLimit;
    const { channels } = language.tokens.geometry;
    const fair = Math.round(samples / (language.width * language.height * channels));
    const limit = Math.min(most, Math.max(fewest, fair));
    const some = spreadEvenly(options.heldOut.rasters.length, limit);
    const subset = {
      rasters: some.map((i) => options.heldOut!.rasters[i]!), // checked above; i < length
      labels: Uint16Array.from(some, (i) => options.heldOut?.labels[i] ?? 0),
    };
    const all = scoredImages(subset, language);
    const tiles = spreadEvenly(all.length, limit).map((i) => all[i]!); // i < length
    const bits = await scorer.bits(
      tiles.map(({ raster, label }) => ({ coefficients: analyse(raster, language), label })),
    );
    await scorer.close();
    return bits.reduce((sum, b) => sum + b, 0) / bits.length;
  };

  const drawSheet = async ({ step }: Elapsed) => {
    const parameters = opened.state().parameters!; // the arenas include them
    const request = { perClass: 2, seed: config.seed, ...options };
    const { sheet } = await sampleSheet({ config, language, model, parameters }, request);
    const name = `step-${`${step}`.padStart(7, "0")}.png`;
    await writeFileAtomically(join(files.samples, name), encodePng(sheet));
  };
  let last = progressOf(plan, from);

  const record = async (elapsed: Elapsed, extra: Omit<MetricRecord, "step">) => {
    const { step, seconds, examples: images } = elapsed;
    await metrics.append({ step, images, seconds, ...extra });
  };

  const end = await trainingLoop({
    plan,
    start: from,
    decayFrom: model.rate.decayFrom,
    saveEvery: options.saveEvery ?? 30,
    signal: options.signal,
    save,
    async step(step, progress) {
      const batch = batches(step);
      const trainer = await trainerFor(batch.shape);
      const rate = warmupStableDecay(step, progress, model.rate);
      const result = await trainer.train(batch.feeds, rate);
      if (!Number.isFinite(result.loss)) {
        throw new Error(`the loss is ${result.loss} at step ${step}; the last checkpoint is kept`);
      }
      return { ...result, examples: batch.images, rate };
    },
    async report(elapsed, progress, step) {
      const { bitsPerImage = 0, examples: count = 0, rate = 0, gradientNorm = 0 } = step;
      const seen = elapsed.examples;
      interval.bits += bitsPerImage * count;
      interval.images += count;
      if (elapsed.seconds - interval.seconds >= recordEvery || progress >= 1) {
        recent = interval.bits / interval.images;
        await record(elapsed, { bitsPerImage: recent, rate, gradientNorm });
        interval = { bits: 0, images: 0, seconds: elapsed.seconds };
      }
      if (options.heldOut && (seen >= nextScore || progress >= 1)) {
        nextScore = seen * scoreGrowth;
        heldOutBits = await score();
        await record(elapsed, { heldOutBitsPerImage: heldOutBits ?? null });
      }
      if (sheetsAt.some((at) => last < at && progress >= at)) await drawSheet(elapsed);
      last = progress;
      const held = heldOutBits === undefined ? "" : `, held out ${heldOutBits.toFixed(0)}`;
      const shown = Number.isNaN(recent) ? bitsPerImage : recent;
      options.report(elapsed, progress, `${shown.toFixed(0)} bits/image${held}`);
    },
  });

  await metrics.close();
  for (const trainer of trainers.values()) await trainer.close();
  return {
    step: end.step,
    seconds: end.seconds,
    images: end.examples,
    parameters: model.layout.size,
    bitsPerImage: recent,
    ...(heldOutBits !== undefined && { heldOutBitsPerImage: heldOutBits }),
  };
}

/** The checkpoint that a plan continues from, if there is one. */
async function continueFrom(
  folder: string,
  { plan: old, ...config }: RunConfig,
  plan: Plan,
  read: (path: string) => Promise<Checkpoint>,
): Promise<Checkpoint | undefined> {
  const files = runFiles(folder);
  const present = async (path: string) =>
    (await stat(path).catch(() => undefined))?.isFile() ?? false;
  if (!(await present(files.latest))) return undefined;
  const latest = await read(files.latest);
  const { rate } = buildRun({ plan: old, ...config }).model;
  const samePlan = JSON.stringify(old) === JSON.stringify(plan);
  if (samePlan || progressOf(old, latest) <= rate.decayFrom) return latest;
  const trunk = (await present(files.trunk)) ? await read(files.trunk) : undefined;
  if (!trunk || progressOf(plan, trunk) > rate.decayFrom) {
    throw new UserError(
      `${folder} was trained to the end of its plan, and the new plan is too short to continue it; ask for more`,
    );
  }
  return trunk;
}
