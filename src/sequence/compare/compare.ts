import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../data/atomicWrite.ts";
import { readMetrics } from "../../data/jsonl.ts";
import { lineChart } from "../../data/lineChart.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { type Plan, progressOf } from "../../train/plan.ts";
import { isFile } from "../../train/resume.ts";
import { UserError } from "../../userError.ts";
import type { Corpus } from "../corpus.ts";
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
import {
  type ArmSummary,
  type CurvePoint,
  type FinishedRun,
  meanCurve,
  summarise,
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
  /** Every mixing is trained with the seeds 1 … seeds. */
  readonly seeds: number;
  readonly plan: Plan;
}

export interface CompareOptions extends CompileOptions {
  readonly signal: AbortSignal;
  /** Told which run is on, and how far it is. */
  report(run: string, progress: number, text: string): void;
}

/** Points of a held-out curve, and tokens that each is measured on. */
const scores = 40;
const watched = 65_536;

/**
 * Trains every mixing with every rate and the first seed, then with the best rate and the other seeds; each is a run
 * folder of its own in `folder/runs`, so an interrupted comparison continues where it was. Writes `table.md`,
 * `summary.json` and the curves against steps and seconds.
 */
export async function compareMixings(
  folder: string,
  comparison: Comparison,
  options: CompareOptions,
): Promise<ArmSummary[]> {
  const { mixings, rates, seeds } = comparison;
  const finish = (mixing: MixingName, rate: number, seed: number) =>
    finishRun(folder, comparison, { mixing, rate, seed }, options);

  const chosen: FinishedRun[] = [];
  for (const mixing of mixings) {
    const tried: FinishedRun[] = [];
    for (const rate of rates) tried.push(await finish(mixing, rate, 1));
    const [best] = tried.toSorted((a, b) => finalOf(a) - finalOf(b));
    if (best) chosen.push(best);
  }
  // Seed by seed, so that an early look at the table compares as many of each.
  const runs = [...chosen];
  for (let seed = 2; seed <= seeds; seed++) {
    for (const { mixing, rate } of chosen) runs.push(await finish(mixing, rate, seed));
  }
  const arms = summarise(runs);
  await writeFileAtomically(join(folder, "table.md"), summaryTable(arms, comparison.kind.unit));
  await writeFileAtomically(
    join(folder, "summary.json"),
    `${JSON.stringify(arms, undefined, 2)}\n`,
  );
  for (const axis of ["step", "seconds"] as const) {
    await writeFileAtomically(
      join(folder, `curves-${axis}.svg`),
      curves(runs, axis, comparison.kind.unit),
    );
  }
  return arms;
}

/** Held-out loss of a run at its end; infinite where it did not get there. */
const finalOf = ({ curve }: FinishedRun): number =>
  curve.length < scores ? Number.POSITIVE_INFINITY : (curve.at(-1)?.nats ?? Number.NaN);

/** One run to its end, from wherever it is. */
async function finishRun(
  folder: string,
  { corpus, kind, path, options: sizes, plan }: Comparison,
  { mixing, rate, seed }: { mixing: MixingName; rate: number; seed: number },
  { report, ...options }: CompareOptions,
): Promise<FinishedRun> {
  const name = `${mixing}-rate-${rate}-seed-${seed}`;
  const run = join(folder, "runs", name);
  const files = sequenceFiles(run);
  const config: SequenceConfig = {
    format: 1,
    alphabet: kind.alphabet,
    options: { ...sizes, mixing, peak: rate },
    symbols: corpus.train.symbols,
    seed,
    data: { path, tokens: corpus.train.starts.at(-1) ?? 0 },
    plan,
  };
  const known = (await isFile(files.config)) ? await readSequenceConfig(run) : undefined;
  await mkdir(run, { recursive: true });
  if (!known) await writeSequenceConfig(run, config);
  else if (settingsOf(known) !== settingsOf(config)) {
    throw new UserError(`${run} was trained with other settings; name another folder`);
  }
  const done = known ? await curveOf(run) : [];
  const last = done.at(-1);
  if (!last || progressOf(plan, last) < 1) {
    options.signal.throwIfAborted();
    const training = {
      ...{ ...options, scores, watched },
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
  return records.flatMap(({ step, seconds, heldOutNats }) =>
    typeof heldOutNats === "number" ? [{ step, seconds: Number(seconds), nats: heldOutNats }] : [],
  );
}

/** Mean held-out curves of all mixings, against steps or seconds. */
function curves(runs: readonly FinishedRun[], axis: "step" | "seconds", unit: string): string {
  const names = [...new Set(runs.map(({ mixing }) => mixing))];
  return lineChart({
    title: `Held-out loss, mean of seeds`,
    xLabel: axis === "step" ? "steps" : "seconds",
    yLabel: `nats per ${unit}`,
    xScale: "log",
    series: names.map((name) => {
      const curve = meanCurve(runs.filter(({ mixing }) => mixing === name).map((run) => run.curve));
      return {
        name,
        points: curve.map((point) => [point[axis], point.nats] as const),
        dashed: name === "none",
      };
    }),
  });
}
