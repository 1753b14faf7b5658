import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { openMetrics } from "../../data/files/jsonl.ts";
import { createRandom, type Random } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { type Checkpoint, writeCheckpoint } from "../../train/checkpoint.ts";
import { trainingLoop } from "../../train/loop.ts";
import { type Elapsed, nothingDone, type Plan } from "../../train/plan.ts";
import { continueFrom } from "../../train/resume.ts";
import { viewValues } from "../evaluate/evaluate.ts";
import { wholeView } from "../evaluate/view.ts";
import type { Init } from "../family.ts";
import {
  type BuiltField,
  buildField,
  fieldFiles,
  readFieldConfig,
  writeFieldConfig,
} from "../run.ts";
import { decibels, quality } from "../signal/quality.ts";
import type { Signal } from "../signal/signal.ts";
import { openDescent, optimizer, rateOf } from "./descent.ts";
import { startOf } from "./start.ts";

export interface FitOptions extends CompileOptions {
  /** Stops when the signal is met so well: dB of the values of a step's points. */
  readonly psnr?: number;
  readonly signal: AbortSignal;
  /** Seconds between checkpoints; 30 by default. */
  readonly saveEvery?: number;
  /** Told after every step. */
  report?(elapsed: Elapsed, progress: number, text: string): void;
}

/** How a fit ended. */
export interface FitResult {
  readonly step: number;
  readonly seconds: number;
  readonly parameters: number;
  /** Of the whole signal by the parameters at the end, in dB; not the best that was seen. */
  readonly psnr: number;
}

/** A record goes to the metrics file this often: seconds. */
const recordEvery = 0.5;

const arenaNames = ["parameters", ...optimizer.slots];

/**
 * Fits a field to a signal by least squares to the end of `plan`, or until `psnr` is reached, from its latest checkpoint or
 * from the start. A family whose start is the answer is done with it, in no steps.
 */
export async function fitField(
  folder: string,
  signal: Signal,
  plan: Plan,
  options: FitOptions,
): Promise<FitResult> {
  const files = fieldFiles(folder);
  const config = await readFieldConfig(folder);
  const field = buildField(config);
  const random = createRandom(config.seed);
  await mkdir(dirname(files.latest), { recursive: true });
  const { decayFrom } = rateOf(config.peak);
  const { layout } = field;
  const resumed = await continueFrom(config.plan, plan, {
    ...{ folder, files, layout, arenaNames, decayFrom },
  });
  await writeFieldConfig(folder, { ...config, plan });
  const start = resumed ?? (await newCheckpoint(field, signal, random, config.init));
  if (field.family.solved) {
    const { parameters } = start.arenas;
    const { seconds } = start;
    const psnr = await psnrOfField(field, parameters!, signal, options); // every checkpoint has them
    await using metrics = await openMetrics(files.metrics, { after: -1 });
    await metrics.append({ step: 0, seconds, psnr });
    await writeCheckpoint(files.latest, layout, start);
    return { step: 0, seconds, parameters: layout.size, psnr };
  }

  const { peak, batch } = config;
  await using descent = await openDescent(field, signal, { ...options, peak, batch, random });
  const { trainer } = descent;
  trainer.restore(start.arenas, start.step);
  await using metrics = await openMetrics(files.metrics, { after: resumed ? start.step : -1 });
  let recorded = start.seconds;
  let fitted = Number.NEGATIVE_INFINITY;
  const end = await trainingLoop({
    plan,
    start,
    decayFrom,
    saveEvery: options.saveEvery ?? 30,
    signal: options.signal,
    save: (kind, elapsed) =>
      writeCheckpoint(files[kind], layout, { arenas: trainer.state(), ...elapsed }),
    async step(step, progress) {
      const result = await descent.step(step, progress);
      if (!Number.isFinite(result.loss)) {
        throw new UserError(
          `the loss is ${result.loss} at step ${step}; the last checkpoint is kept, but only a new fit with a lower --rate will get further`,
        );
      }
      return result;
    },
    async report(elapsed, progress, { loss = 0 }) {
      fitted = decibels(loss);
      const { step, seconds } = elapsed;
      if (seconds - recorded >= recordEvery || step === 1 || progress >= 1) {
        await metrics.append({ step, seconds, psnr: fitted });
        recorded = seconds;
      }
      options.report?.(elapsed, progress, `${fitted.toFixed(2)} dB`);
    },
    enough: () => options.psnr !== undefined && fitted >= options.psnr,
  });
  const parameters = trainer.state().parameters!; // the first arena's name
  return {
    step: end.step,
    seconds: end.seconds,
    parameters: layout.size,
    psnr: await psnrOfField(field, parameters, signal, options),
  };
}

/** How well a field meets the samples of a signal, in dB. */
export async function psnrOfField(
  field: BuiltField,
  parameters: Float32Array,
  signal: Signal,
  options: CompileOptions = {},
): Promise<number> {
  const samples = signal.size;
  const place = { view: wholeView(samples), samples };
  const values = await viewValues(field, parameters, place, options);
  return quality(signal, { ...signal, values }).psnr;
}

/** A state before the first step; the seconds that the start took count. */
async function newCheckpoint(
  field: BuiltField,
  signal: Signal,
  random: Random,
  init: Init,
): Promise<Checkpoint> {
  const begun = performance.now();
  const parameters = await startOf(field, signal, random, init);
  const { size } = field.layout;
  const zeros = Object.fromEntries(arenaNames.map((name) => [name, new Float32Array(size)]));
  const seconds = (performance.now() - begun) / 1000;
  return { ...nothingDone, seconds, arenas: { ...zeros, parameters } };
}
