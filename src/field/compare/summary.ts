import { deviation, mean, welchP } from "../../compare/welch.ts";
import type { FitRecord } from "./records.ts";
import type { CurvePoint } from "./trial.ts";

/** What a curve is drawn against. */
export type Axis = "step" | "seconds";

/** How well one contender met one input. */
export interface InputSummary {
  readonly input: string;
  /** Real parameters. */
  readonly parameters: number;
  /** Of the last parameters, in dB, seed by seed; none of a fit that diverged. */
  readonly psnr: readonly number[];
  /** Fits that diverged; they are in none of the means. */
  readonly diverged: number;
  readonly mean: number;
  /** Over seeds. */
  readonly deviation: number;
  /** Means over seeds. */
  readonly steps: number;
  readonly seconds: number;
}

/** What a comparison says of one contender. */
export interface ContenderSummary {
  readonly name: string;
  /** Highest learning rate. */
  readonly rate: number;
  /** By which the family's own rate was multiplied. */
  readonly factor: number;
  readonly inputs: readonly InputSummary[];
  /** Fits that diverged. */
  readonly diverged: number;
  /** In dB: the mean over inputs of the means over seeds; NaN where all fits of an input diverged. */
  readonly mean: number;
  /** Over seeds, of the mean over inputs. */
  readonly deviation: number;
  /** Means over inputs. */
  readonly steps: number;
  readonly seconds: number;
  /** In dB at steps and seconds on the way, the mean of all fits; absent where one of them had ended. */
  readonly on: Readonly<Record<Axis, readonly Mark[]>>;
  /** Two-sided Welch's t-test of the seeds' means over inputs against those of the first contender. */
  readonly p?: number;
}

export interface Mark {
  readonly at: number;
  readonly psnr?: number;
}

/** Steps and seconds whose dB are told, as far as the fits go: a few of each, in round numbers. */
export const marks = {
  step: [50, 200, 1000, 2000, 5000, 10_000, 20_000],
  seconds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
} as const satisfies Record<Axis, readonly number[]>;

/** The dB of a curve, straight between its points; undefined before its first and after its last. */
export function psnrAt(curve: readonly CurvePoint[], axis: Axis, at: number): number | undefined {
  const i = curve.findIndex((point) => point[axis] >= at);
  const [before, after] = [curve[i - 1], curve[i]];
  if (after?.[axis] === at) return after.psnr;
  if (!before || !after) return undefined;
  const part = (at - before[axis]) / (after[axis] - before[axis]);
  return before.psnr + part * (after.psnr - before.psnr);
}

/** The mean of curves at some places where all of them are known. */
export function meanCurve(
  curves: readonly (readonly CurvePoint[])[],
  axis: Axis,
  places = 60,
): (readonly [at: number, psnr: number])[] {
  const from = Math.max(...curves.map((curve) => curve[0]?.[axis] ?? Number.NaN));
  const to = Math.min(...curves.map((curve) => curve.at(-1)?.[axis] ?? Number.NaN));
  if (!(from <= to)) return [];
  return Array.from({ length: places }, (_, i) => {
    const at = i === places - 1 ? to : Math.max(from, from * (to / from) ** (i / (places - 1)));
    return [at, mean(curves.map((curve) => psnrAt(curve, axis, at) ?? Number.NaN))] as const;
  }).filter(([at, psnr]) => at > 0 && Number.isFinite(psnr)); // the axes are logarithmic
}

/** Sums up finished fits, contenders in the order of their first one. */
export function summarize(records: readonly FitRecord[]): ContenderSummary[] {
  const names = [...new Set(records.map(({ settings }) => settings.contender))];
  const seedMeans = names.map((name) =>
    seedMeansOf(records.filter(({ settings }) => settings.contender === name)),
  );
  return names.map((name, k) => {
    const own = records.filter(({ settings }) => settings.contender === name);
    const inputs = [...new Set(own.map(({ settings }) => settings.input))].map((input) =>
      inputSummary(
        input,
        own.filter(({ settings }) => settings.input === input),
      ),
    );
    const { peak: rate, factor } = own[0]!.settings; // a name comes from a record
    const whole = own.filter(({ diverged }) => !diverged);
    const means = seedMeans[k]!; // as many as names
    return {
      ...{ name, rate, factor, inputs },
      diverged: own.length - whole.length,
      mean: mean(inputs.map((input) => input.mean)),
      deviation: deviation(means),
      steps: mean(inputs.map(({ steps }) => steps)),
      seconds: mean(inputs.map(({ seconds }) => seconds)),
      on: { step: marksOf(whole, records, "step"), seconds: marksOf(whole, records, "seconds") },
      ...(k > 0 && { p: welchP(means, seedMeans[0]!) }), // there is a first
    };
  });
}

function inputSummary(input: string, records: readonly FitRecord[]): InputSummary {
  const whole = records.filter(({ diverged }) => !diverged);
  const psnr = whole.map((record) => record.psnr);
  return {
    ...{ input, psnr, parameters: records[0]?.parameters ?? Number.NaN },
    diverged: records.length - whole.length,
    mean: mean(psnr),
    deviation: deviation(psnr),
    steps: mean(whole.map(({ steps }) => steps)),
    seconds: mean(whole.map(({ seconds }) => seconds)),
  };
}

/** The mean over inputs for each seed of which no fit diverged and none is missing. */
function seedMeansOf(records: readonly FitRecord[]): number[] {
  const inputs = new Set(records.map(({ settings }) => settings.input)).size;
  const bySeed = Map.groupBy(records, ({ settings }) => settings.seed);
  return [...bySeed.values()]
    .map((fits) => (fits.length === inputs ? mean(fits.map(({ psnr }) => psnr)) : Number.NaN))
    .filter((psnr) => !Number.isNaN(psnr));
}

/** The mean dB of fits at the marks that lie before the end of any fit that is compared. */
function marksOf(own: readonly FitRecord[], all: readonly FitRecord[], axis: Axis): Mark[] {
  const most = Math.max(0, ...all.map(({ curve }) => curve.at(-1)?.[axis] ?? 0));
  return marks[axis]
    .filter((at) => at < most)
    .map((at) => {
      const psnr = mean(own.map(({ curve }) => psnrAt(curve, axis, at) ?? Number.NaN));
      return Number.isNaN(psnr) ? { at } : { at, psnr };
    });
}

/** The summary as tables in Markdown, best contender first: in all, by input, and on the way. */
export function summaryTable(contenders: readonly ContenderSummary[]): string {
  const ranked = contenders.toSorted(
    (a, b) => Number(a.diverged > 0) - Number(b.diverged > 0) || b.mean - a.mean || 0,
  );
  const inputs = contenders[0]?.inputs.map(({ input }) => input) ?? [];
  const ways = (["step", "seconds"] as const).map((axis) => {
    const places = contenders[0]?.on[axis].map(({ at }) => at) ?? [];
    return { axis, places };
  });
  const several = inputs.length > 1;
  const main = markdown(
    [
      ...["model", "rate", "parameters"],
      `PSNR in dB, ${several ? `mean of ${inputs.length} inputs` : inputs[0]} (± s.d. over seeds)`,
      ...["steps", "seconds", "ms per step", "diverged", `p against ${contenders[0]?.name}`],
    ],
    ranked.map((contender) => {
      const { name, rate, factor, mean, deviation, steps, seconds, diverged, p } = contender;
      const fits = contender.inputs.reduce((sum, { psnr }) => sum + psnr.length, diverged);
      return [
        name,
        `${Number(rate.toPrecision(3))}${factor === 1 ? "" : ` (× ${factor})`}`,
        span(contender.inputs.map(({ parameters }) => parameters)),
        withDeviation(mean, deviation),
        figure(steps, 0),
        figure(seconds, 1),
        figure((1000 * seconds) / steps, 1),
        diverged === 0 ? "-" : `${diverged} of ${fits}`,
        p === undefined || Number.isNaN(p) ? "-" : p < 1e-4 ? "< 0.0001" : p.toFixed(4),
      ];
    }),
  );
  const byInput = markdown(
    ["PSNR in dB", ...inputs],
    ranked.map(({ name, inputs: own }) => [
      name,
      ...inputs.map((input) => {
        const found = own.find((summary) => summary.input === input);
        return found ? withDeviation(found.mean, found.deviation) : "-";
      }),
    ]),
  );
  const onTheWay = markdown(
    [
      "PSNR in dB after",
      ...ways.flatMap(({ axis, places }) =>
        places.map((at) => (axis === "step" ? `${at} steps` : `${at} s`)),
      ),
    ],
    ranked.map(({ name, on }) => [
      name,
      ...ways.flatMap(({ axis }) => on[axis].map(({ psnr }) => figure(psnr ?? Number.NaN, 2))),
    ]),
  );
  const anyMark = ways.some(({ places }) => places.length > 0);
  return [main, ...(several ? [byInput] : []), ...(anyMark ? [onTheWay] : [])].join("\n");
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [
    `| ${head.join(" | ")} |`,
    `|${"---|".repeat(head.length)}`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
  ].join("\n");
}

const figure = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : "-";

const withDeviation = (mean: number, deviation: number): string =>
  Number.isNaN(mean)
    ? "-"
    : `${mean.toFixed(2)} ± ${Number.isNaN(deviation) ? "?" : deviation.toFixed(2)}`;

function span(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? `${least}` : `${least} … ${most}`;
}
