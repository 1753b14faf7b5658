import { join } from "node:path";
import { isFile } from "../../data/files/isFile.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import type { Plan } from "../../train/plan.ts";
import { drawPicture } from "../show/draw.ts";
import { pointsOf, type Signal } from "../signal/signal.ts";
import type { ClockName } from "./clock.ts";
import { type ComparedInput, type Contender, type FieldComparison, sizeFor } from "./comparison.ts";
import {
  type FitRecord,
  type FitSettings,
  fingerprint,
  readRecord,
  recordOf,
  writeRecord,
} from "./records.ts";
import { marks } from "./summary.ts";
import { type Marks, runTrial } from "./trial.ts";

export interface FinishOptions extends CompileOptions {
  /** What seconds are of; the wall clock's by default. */
  readonly clock?: ClockName;
  readonly signal: AbortSignal;
  /** Told which fit is on, and how far it is. */
  report(fit: string, progress: number, text: string): void;
}

/** What one fit differs in from the others of its contender and input. */
export type FitWish = Pick<FitSettings, "factor" | "seed" | "plan">;

/** A fit and the file of its picture, where its seed has one. */
export interface FinishedFit {
  readonly record: FitRecord;
  readonly picture?: string;
}

/** One fit: its record if there is one, else the fit itself. */
export async function finishFit(
  folder: string,
  { parameters, batch }: FieldComparison,
  wish: FitWish & { readonly contender: Contender; readonly input: ComparedInput },
  { report, ...options }: FinishOptions,
): Promise<FinishedFit> {
  const { contender, input, factor, seed, plan } = wish;
  const { family, init } = contender;
  const { signal } = input;
  const size = sizeFor(family, signal, parameters);
  const settings: FitSettings = {
    contender: contender.name,
    input: input.name,
    samples: fingerprint(signal),
    ...{ size, init, factor, seed, plan },
    peak: family.rate * factor,
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
  if (known && drawn) return finished(known, picture);

  options.signal.throwIfAborted();
  const trial = await runTrial({ family, size }, signal, {
    ...{ ...options, plan, seed, init, batch, peak: settings.peak, marks: looksOf(plan) },
    report: (_, progress, text) => report(name, progress, text),
  });
  if (trial.diverged) report(name, 1, `diverged at step ${trial.steps}`);
  else if (picture) await writeImage(picture, drawPicture({ ...signal, values: trial.values }));
  const record = recordOf(settings, trial);
  await writeRecord(file, record);
  return finished(record, picture);
}

const finished = (record: FitRecord, picture: string | undefined): FinishedFit =>
  picture === undefined || record.diverged ? { record } : { record, picture };

/** Whether a signal can be drawn as a picture: of one axis it cannot. */
export const isPicture = ({ size }: Signal): boolean => size.length > 1;

/** Names a fit in files. */
function nameOf({ contender, input, factor, seed, plan }: FitSettings): string {
  const length =
    "steps" in plan ? `${plan.steps}-steps` : `${Number((60 * plan.minutes).toPrecision(6))}-s`;
  return [contender, input, "rate", `${factor}`, "seed", `${seed}`, length]
    .join("-")
    .replace(/[^\p{L}\p{N}_.+-]+/gu, "_");
}

/** Looks at a fit on its way: at the marks of the table, and at places between for a curve. */
const looks = 10;
function looksOf(plan: Plan): Marks {
  const [axis, end] =
    "steps" in plan ? (["steps", plan.steps] as const) : (["seconds", 60 * plan.minutes] as const);
  const between = Array.from({ length: looks }, (_, i) => end * 200 ** (i / looks - 1));
  const rounded = axis === "steps" ? between.map(Math.ceil) : between;
  const given = { steps: [...marks.step], seconds: [...marks.seconds] };
  return { ...given, [axis]: [...given[axis], ...rounded] };
}
