import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { lineChart } from "../../data/draw/lineChart.ts";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { isFile } from "../../data/files/isFile.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { UserError } from "../../errors/userError.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { type Plan, progressOf } from "../../train/plan.ts";
import type { Corpus } from "../corpus/corpus.ts";
import type { OpenKind } from "../kinds.ts";
import type { MixingName } from "../mixings.ts";
import {
  buildSequence,
  readSequenceConfig,
  type SequenceConfig,
  type SequenceOptions,
  sequenceFiles,
  writeSequenceConfig,
} from "../run.ts";
import { DivergedError, trainSequence } from "../train.ts";
import { stepTimes } from "./stepTimes.ts";
import {
  type ArmSummary,
  type CurvePoint,
  type FinishedRun,
  meanCurve,
  summarize,
  summaryTable,
} from "./summary.ts";

/** What is compared: models that differ in their mixing alone, on one corpus. */
export interface Comparison {
  readonly corpus: Corpus;
  readonly kind: Pick<OpenKind, "alphabet" | "unit">;
  readonly path: string;
  readonly options: Omit<SequenceOptions, "mixing" | "peak">;
  readonly mixings: readonly MixingName[];
  /** Learning rates to choose from, for each mixing by its held-out loss with the first seed. */
  readonly rates: readonly number[];
  /** How long each rate is tried; as long as `plan` by default. */
  readonly trial?: Plan;
  /** Every mixing is trained with the seeds 1 … seeds. */
  readonly seeds: number;
  readonly plan: Plan;
}

export interface CompareOptions extends CompileOptions {
  readonly signal: AbortSignal;
  /** Told which run is on, and how far it is. */
  report(run: string, progress: number, text: string): void;
}

/** Points of a held-out curve. */
const scores = 25;
/** Of a rate's trial the end alone counts. */
const trialScores = 1;
/** Tokens that each point is measured on. */
const watched = 32_768;

/**
 * Tries every rate for every mixing with the first seed, then trains with the best rate and all seeds; each is a run
 * folder of its own in `folder/trials` and `folder/runs`, so an interrupted comparison continues where it was. Writes
 * `table.md`, `summary.json` and the curves against steps and seconds.
 */
export async function compareMixings(
  folder: string,
  comparison: Comparison,
  options: CompareOptions,
): Promise<ArmSummary[]> {
  const { mixings, rates, seeds, plan, trial = plan } = comparison;
  const chosen: (readonly [MixingName, number])[] = [];
  for (const mixing of mixings) {
    const tried: FinishedRun[] = [];
    const short = trial !== plan;
    const [place, points] = short ? ["trials", trialScores] : ["runs", scores];
    const trials = { ...comparison, plan: trial };
    // One rate needs no trial.
    for (const rate of rates.length > 1 ? rates : []) {
      const arm = { mixing, rate, seed: 1 };
      tried.push(await finishRun(join(folder, place), trials, arm, points, options));
    }
    const [best = { rate: rates[0]! }] = tried.toSorted(
      (a, b) => finalOf(a, points) - finalOf(b, points),
    ); // at least one rate
    chosen.push([mixing, best.rate]);
  }
  // Seed by seed, so that an early look at the table compares as many of each.
  const runs: FinishedRun[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    for (const [mixing, rate] of chosen) {
      const arm = { mixing, rate, seed };
      runs.push(await finishRun(join(folder, "runs"), comparison, arm, scores, options));
    }
  }
  const times = await timesOf(folder, comparison, options);
  const arms = summarize(runs, times);
  await writeFileAtomically(join(folder, "table.md"), summaryTable(arms, comparison.kind.unit));
  await writeFileAtomically(
    join(folder, "summary.json"),
    `${JSON.stringify(arms, undefined, 2)}\n`,
  );
  for (const axis of ["step", "seconds"] as const) {
    await writeFileAtomically(
      join(folder, `curves-${axis}.svg`),
      curves(runs, axis === "step" ? undefined : times, comparison.kind.unit),
    );
  }
  return arms;
}

/** Held-out loss of a run at its end; infinite where it did not get there. */
const finalOf = ({ curve }: FinishedRun, points: number): number =>
  curve.length < points ? Number.POSITIVE_INFINITY : (curve.at(-1)?.nats ?? Number.NaN);

/** One run of a comparison. */
interface Arm {
  readonly mixing: MixingName;
  readonly rate: number;
  readonly seed: number;
}

const configOf = (
  { corpus, kind, path, options, plan }: Comparison,
  { mixing, rate, seed }: Arm,
): SequenceConfig => ({
  format: 1,
  alphabet: kind.alphabet,
  options: { ...options, mixing, peak: rate },
  symbols: corpus.train.symbols,
  seed,
  data: { path, tokens: corpus.train.starts.at(-1) ?? 0 },
  plan,
});

/** Seconds of a training step of each mixing, measured once and kept in `step-times.json`. */
async function timesOf(
  folder: string,
  comparison: Comparison,
  { report, ...options }: CompareOptions,
): Promise<Map<MixingName, number>> {
  const { mixings } = comparison;
  const file = join(folder, "step-times.json");
  if (await isFile(file)) {
    const known = new Map(Object.entries(JSON.parse(await readFile(file, "utf8"))));
    if (mixings.every((name) => known.has(name))) return known as Map<MixingName, number>; // written below
  }
  report("step times", 0, "in turns");
  const configs = mixings.map(
    (mixing) => [mixing, configOf(comparison, { mixing, rate: 1, seed: 1 })] as const,
  );
  const times = await stepTimes(new Map(configs), options);
  await writeFileAtomically(file, `${JSON.stringify(Object.fromEntries(times), undefined, 2)}\n`);
  return times;
}

/** One run to its end, from wherever it is, with so many points of its held-out curve. */
async function finishRun(
  folder: string,
  comparison: Comparison,
  arm: Arm,
  points: number,
  { report, ...options }: CompareOptions,
): Promise<FinishedRun> {
  const { corpus, plan } = comparison;
  const { mixing, rate, seed } = arm;
  const name = `${mixing}-rate-${rate}-seed-${seed}`;
  const run = join(folder, name);
  const files = sequenceFiles(run);
  const config = configOf(comparison, arm);
  const known = (await isFile(files.config)) ? await readSequenceConfig(run) : undefined;
  await makeFolder(run);
  if (!known) await writeSequenceConfig(run, config);
  else if (settingsOf(known) !== settingsOf(config)) {
    throw new UserError(`${run} was trained with other settings; name another folder`);
  }
  const records = await readMetrics(files.metrics);
  const last = records.findLast(({ heldOutNats }) => typeof heldOutNats === "number");
  if (!last || progressOf(plan, { step: last.step, seconds: Number(last.seconds) }) < 1) {
    options.signal.throwIfAborted();
    const training = {
      ...{ ...options, scores: points, watched },
      report: (_: unknown, progress: number, text: string) => report(name, progress, text),
    };
    await trainSequence(run, corpus, plan, training).catch((error: unknown) => {
      // Too high a rate is a result: what was reached before stands, far from the best.
      if (!(error instanceof DivergedError)) throw error;
      report(name, 1, error.message);
    });
    options.signal.throwIfAborted();
  }
  const { layout } = buildSequence(config);
  return { mixing, rate, seed, parameters: layout.size, curve: await curveOf(run) };
}

/** All that a run's results depend on besides its plan; a path may be written in many ways. */
const settingsOf = ({ alphabet, options, seed, data }: SequenceConfig): string =>
  JSON.stringify([alphabet, options, seed, data.tokens]);

async function curveOf(run: string): Promise<CurvePoint[]> {
  const records = await readMetrics(sequenceFiles(run).metrics);
  return records.flatMap(({ step, heldOutNats }) =>
    typeof heldOutNats === "number" ? [{ step, nats: heldOutNats }] : [],
  );
}

/** Mean held-out curves of all mixings, against steps, or against seconds where the seconds of a step are given. */
function curves(
  runs: readonly FinishedRun[],
  times: ReadonlyMap<MixingName, number> | undefined,
  unit: string,
): string {
  const names = [...new Set(runs.map(({ mixing }) => mixing))];
  return lineChart({
    title: `Held-out loss, mean of seeds`,
    xLabel: times ? "seconds of training" : "steps",
    yLabel: `nats per ${unit}`,
    xScale: "log",
    series: names.map((name) => {
      const curve = meanCurve(runs.filter(({ mixing }) => mixing === name).map((run) => run.curve));
      return {
        name,
        points: curve.map(({ step, nats }) => [step * (times?.get(name) ?? 1), nats] as const),
        dashed: name === "none",
      };
    }),
  });
}
