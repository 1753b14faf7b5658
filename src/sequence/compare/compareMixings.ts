import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Arm,
  armsOf,
  type Comparison,
  compare,
  type Fit,
  type FitWish,
  type Named,
  runArm,
} from "../../compare/compare.ts";
import { writeResults } from "../../compare/results.ts";
import { summarize, type VariantSummary } from "../../compare/summary.ts";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { isFile } from "../../data/files/isFile.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import { DivergedError } from "../../train/diverged.ts";
import type { Plan } from "../../train/plan.ts";
import type { TrainedConfig } from "../../train/run/config.ts";
import { runFiles } from "../../train/run/runFolder.ts";
import { isDone, trainRun } from "../../train/run/trainRun.ts";
import { validationKey } from "../../train/run/validationKey.ts";
import type { Measure, Trainable } from "../../train/trainable.ts";
import type { Guess } from "../classify/guess.ts";
import { mixingTable } from "./mixingTable.ts";
import { stepTimes } from "./stepTimes.ts";

/** What is trained with one mixing after another. */
export interface MixingSubject {
  /** What it is trained on, for the record. */
  readonly name: string;
  /** The measure that a validation records. */
  readonly measure: Measure;
  /** What guessing comes to, where classes are guessed. */
  readonly guess?: Guess;
  /** The training of a mixing, with its configuration. */
  prepare(mixing: string, wish: Pick<FitWish, "rate" | "seed" | "plan">): Promise<PreparedTraining>;
}

export interface PreparedTraining {
  readonly config: TrainedConfig;
  readonly model: Trainable;
}

/** Models that differ in their mixing alone. */
export interface MixingComparison {
  readonly subject: MixingSubject;
  /** Mixings as `mixingOf` takes them: a name, or several with commas. */
  readonly mixings: readonly string[];
  /** Learning rates to choose from, for each mixing by its validation loss with the first seed. */
  readonly rates: readonly number[];
  /** How long each rate is tried; as long as `plan` by default. */
  readonly trial?: Plan;
  readonly seeds: number;
  readonly plan: Plan;
}

export interface CompareOptions extends CompileOptions {
  readonly signal: AbortSignal;
  /** Called with the training that is on, and how far it is. */
  report(training: string, progress: number, text: string): void;
}

/** Points of a validation curve. */
const curvePoints = 12;

/** The mixing that the others are compared with. */
const baseline = "none";

/** A training of a comparison: what was asked, and what came of it. */
export interface MixingFit {
  readonly mixing: string;
  readonly wish: FitWish;
  readonly fit: Fit;
}

/** Trainings of a comparison that depend on no others. */
export type MixingArm = Arm<Named, Named>;

/** A comparison in arms: see `armsOf`. */
export const mixingArms = (comparison: MixingComparison): MixingArm[] =>
  armsOf(ofNames(comparison));

/** The same comparison, as `compare` takes it. */
const ofNames = (comparison: MixingComparison): Comparison<Named, Named> => ({
  ...comparison,
  variants: comparison.mixings.map((name) => ({ name })),
  inputs: [{ name: comparison.subject.name }],
  better: betterOf(comparison),
});

const betterOf = ({ subject }: MixingComparison): "lower" | "higher" =>
  subject.measure.higherIsBetter ? "higher" : "lower";

/** Runs the trainings of an arm in `folder`, as {@link compareMixings} runs them. */
export async function trainArm(
  folder: string,
  comparison: MixingComparison,
  arm: MixingArm,
  options: CompareOptions,
): Promise<MixingFit[]> {
  const fits: MixingFit[] = [];
  await runArm(ofNames(comparison), arm, async ({ name: mixing }, _, wish) => {
    const fit = await finishRun(folder, comparison, mixing, wish, options);
    fits.push({ mixing, wish, fit });
    return fit;
  });
  return fits;
}

/**
 * Trains every mixing with the best of the rates and all seeds. Each training is a run folder of its own in `folder/trials`
 * and `folder/runs`, so an interrupted comparison continues where it was; one of `known` is not run again. Writes `table.md`,
 * `summary.json` and the charts.
 */
export async function compareMixings(
  folder: string,
  comparison: MixingComparison,
  options: CompareOptions,
  known: readonly MixingFit[] = [],
): Promise<VariantSummary[]> {
  const { mixings, subject } = comparison;
  const fits = await compare(
    ofNames(comparison),
    async ({ name: mixing }, _, wish) =>
      known.find((one) => one.mixing === mixing && isSame(one.wish, wish))?.fit ??
      (await finishRun(folder, comparison, mixing, wish, options)),
  );
  const stepSeconds = await timesOf(folder, comparison, options);
  const base = mixings.includes(baseline) ? { baseline } : {};
  const summaries = summarize(fits, { better: betterOf(comparison), ...base, stepSeconds });
  await writeResults(folder, fits, summaries, {
    table: mixingTable(summaries, subject),
    chart: {
      ...{ title: "Validation, mean of seeds", yLabel: subject.measure.unit },
      ...{ ...base, stepSeconds, better: betterOf(comparison) },
    },
  });
  return summaries;
}

const isSame = (a: FitWish, b: FitWish): boolean =>
  a.rate === b.rate && a.seed === b.seed && a.isTrial === b.isTrial;

/** Seconds of a training step of each mixing, measured once and kept in `step-times.json`. */
async function timesOf(
  folder: string,
  comparison: MixingComparison,
  { report, ...options }: CompareOptions,
): Promise<ReadonlyMap<string, number>> {
  const { mixings, plan, subject } = comparison;
  const file = join(folder, "step-times.json");
  if (await isFile(file)) {
    const known = timesIn(await readFile(file, "utf8"));
    if (mixings.every((name) => known.has(name))) return known;
  }
  report("step times", 0, "alternating");
  const models = new Map<string, Trainable>();
  for (const mixing of mixings) {
    models.set(mixing, (await subject.prepare(mixing, { rate: 1e-3, seed: 1, plan })).model);
  }
  const times = await stepTimes(models, options);
  report("step times", 1, "alternating");
  await writeFileAtomically(file, `${JSON.stringify(Object.fromEntries(times), undefined, 2)}\n`);
  return times;
}

/** The times that are written in a file; none in a damaged one. */
function timesIn(text: string): ReadonlyMap<string, number> {
  try {
    const entries = Object.entries<unknown>(Object(JSON.parse(text)));
    return new Map(
      entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"),
    );
  } catch {
    return new Map();
  }
}

/** One training to its end, from wherever it is. */
async function finishRun(
  folder: string,
  comparison: MixingComparison,
  mixing: string,
  wish: FitWish,
  { report, ...options }: CompareOptions,
): Promise<Fit> {
  const { subject } = comparison;
  const { rate, seed, isTrial } = wish;
  const name = `${mixing}-rate-${rate}-seed-${seed}`;
  const run = join(folder, isTrial ? "trials" : "runs", name);
  const { config, model } = await subject.prepare(mixing, wish);
  let diverged = false;
  if (!(await isDone(run, config))) {
    options.signal.throwIfAborted();
    await trainRun(run, config, model, {
      ...{ ...options, rhythm: { times: isTrial ? 1 : curvePoints } },
      report: ({ progress, text }) => report(name, progress, text),
    }).catch((error: unknown) => {
      // Too high a rate is a result.
      if (!(error instanceof DivergedError)) throw error;
      diverged = true;
      report(name, 1, error.message);
    });
    options.signal.throwIfAborted();
  }
  const records = await readMetrics(runFiles(run).metrics);
  const key = validationKey(subject.measure.key);
  const curve = records.flatMap(({ step, seconds, [key]: value }) =>
    typeof value === "number" ? [{ step: Number(step), seconds: Number(seconds), value }] : [],
  );
  const last = curve.at(-1);
  return {
    ...{ variant: mixing, input: subject.name, rate, seed, curve, diverged },
    parameters: model.layout.size,
    steps: last?.step ?? 0,
    seconds: last?.seconds ?? 0,
    value: diverged ? Number.NaN : (last?.value ?? Number.NaN),
  };
}
