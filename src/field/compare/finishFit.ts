import { join } from "node:path";
import type { Fit, FitWish } from "../../compare/compare.ts";
import { marks } from "../../compare/summary.ts";
import { isFile } from "../../data/files/isFile.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import type { Plan } from "../../train/plan.ts";
import type { Rhythm } from "../../train/trainable.ts";
import { drawPicture } from "../show/drawPicture.ts";
import { pointsOf, type Signal } from "../signal/signal.ts";
import type { ClockName } from "./clock.ts";
import {
  type ComparedInput,
  type FieldComparison,
  type FieldVariant,
  sizeFor,
} from "./comparison.ts";
import {
  type FitRecord,
  type FitSettings,
  fingerprint,
  readRecord,
  writeRecord,
} from "./records.ts";
import { runTrial } from "./trial.ts";

export interface FinishOptions extends CompileOptions {
  /** What seconds are of; the wall clock's by default. */
  readonly clock?: ClockName;
  readonly signal: AbortSignal;
  /** Called with the fit that is on, and how far it is. */
  report(fit: string, progress: number, text: string): void;
}

/** A fit, the file of its record, and that of its picture, where its seed has one. */
export interface FinishedFit extends Fit {
  readonly record: string;
  readonly picture?: string;
}

/** One fit: its record if there is one, else the fit itself. */
export async function finishFit(
  folder: string,
  { parameters, batch }: FieldComparison,
  wish: FitWish & { readonly variant: FieldVariant; readonly input: ComparedInput },
  { report, ...options }: FinishOptions,
): Promise<FinishedFit> {
  const { variant, input, rate: factor, seed, plan } = wish;
  const { family, init } = variant;
  const { signal } = input;
  const size = sizeFor(family, signal, parameters);
  const peak = family.kind === "trained" ? family.rate * factor : 0;
  const settings: FitSettings = {
    variant: variant.name,
    input: input.name,
    samples: fingerprint(signal),
    ...{ size, init, factor, seed, plan, peak },
    batch: Math.min(batch, pointsOf(signal.size)),
    threads: options.threads ?? "all",
    clock: options.clock ?? "wall",
  };
  const name = nameOf(settings);
  const file = join(folder, `${name}.json`);
  const picture = seed === 1 && isPicture(signal) ? join(folder, `${name}.png`) : undefined;
  const known = await readRecord(file, settings);
  // The picture is written first; where somebody removed it, it can only be made by fitting again.
  const drawn = picture === undefined || known?.diverged || (await isFile(picture));
  if (known && drawn) return finished(known, file, picture);

  options.signal.throwIfAborted();
  const trial = await runTrial({ family, size }, signal, {
    ...{ ...options, plan, seed, init, batch, peak, rhythm: rhythmOf(plan) },
    report: ({ progress, validation: { psnr } }) =>
      report(name, progress, psnr === undefined ? "" : `${psnr.toFixed(2)} dB`),
  });
  if (trial.diverged) report(name, 1, `diverged at step ${trial.steps}`);
  else if (picture) await writeImage(picture, drawPicture({ ...signal, values: trial.values }));
  const { count, bytes, steps, seconds, diverged, psnr: value, curve } = trial;
  const record = {
    ...{ settings, parameters: count, steps, seconds, diverged, value, curve },
    ...(bytes && { sizes: { ...bytes } }),
  };
  await writeRecord(file, record);
  return finished(record, file, picture);
}

function finished(
  { settings, ...rest }: FitRecord,
  record: string,
  picture: string | undefined,
): FinishedFit {
  const { variant, input, factor: rate, seed } = settings;
  const fit = { variant, input, rate, seed, record, ...rest };
  return picture === undefined || rest.diverged ? fit : { ...fit, picture };
}

/** Whether a signal can be drawn as a picture: one of a single axis cannot. */
export const isPicture = ({ size }: Signal): boolean => size.length > 1;

/** Names a fit in files. */
function nameOf({ variant, input, factor, seed, plan }: FitSettings): string {
  const length =
    "steps" in plan ? `${plan.steps}-steps` : `${Number((60 * plan.minutes).toPrecision(6))}-s`;
  return [variant, input, "rate", `${factor}`, "seed", `${seed}`, length]
    .join("-")
    .replace(/[^\p{L}\p{N}_.+-]+/gu, "_");
}

/** Points of a curve besides the marks of the table. */
const curvePoints = 10;

/** Measures the PSNR at the marks of the table, and at places between for a curve. */
function rhythmOf(plan: Plan): Rhythm {
  const [axis, end] =
    "steps" in plan ? (["steps", plan.steps] as const) : (["seconds", 60 * plan.minutes] as const);
  const between = Array.from({ length: curvePoints }, (_, i) => end * 200 ** (i / curvePoints - 1));
  const rounded = axis === "steps" ? between.map(Math.ceil) : between;
  const given = { steps: [...marks.step], seconds: [...marks.seconds] };
  return { ...given, [axis]: [...given[axis], ...rounded] };
}
