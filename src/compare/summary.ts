import { bootstrap, type Interval } from "./bootstrap.ts";
import type { Fit } from "./compare.ts";
import { type Axis, meanCurve, reaches, valueAt } from "./curve.ts";
import { deviation, mean, welchP } from "./welch.ts";

/** How one variant did on one input. */
export interface InputSummary {
  readonly input: string;
  readonly parameters: number;
  /** Other measures of its size, by name. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** At the end, seed by seed; trainings that diverged are left out, here and in all means. */
  readonly values: readonly number[];
  /** Trainings that diverged. */
  readonly diverged: number;
  readonly mean: number;
  /** Over seeds. */
  readonly deviation: number;
  /** Means over seeds. */
  readonly steps: number;
  readonly seconds: number;
}

/** What a comparison says of one variant. */
export interface VariantSummary {
  readonly name: string;
  readonly rate: number;
  readonly inputs: readonly InputSummary[];
  /** Trainings that diverged. */
  readonly diverged: number;
  /** The mean over inputs of the means over seeds; NaN where all trainings on an input diverged. */
  readonly mean: number;
  /** Over seeds, of the mean over inputs. */
  readonly deviation: number;
  /** Of the mean, by the {@link bootstrap} over seeds. */
  readonly interval: Interval;
  /** Means over inputs. */
  readonly steps: number;
  readonly seconds: number;
  /** The mean of all trainings after some steps and seconds; absent where one of them had ended. */
  readonly marks: Readonly<Record<Axis, readonly Mark[]>>;
  /** Seconds of a training step; measured where `stepSeconds` was given. */
  readonly secondsPerStep: number;
  /**
   * Share of the baseline's steps and seconds that this variant saves: 1 minus what it takes to reach the baseline's final
   * value. Negative where it takes longer; absent where it never gets there, or where one of them takes no steps at all.
   */
  readonly stepsSaved?: number;
  readonly secondsSaved?: number;
  /** Two-sided Welch's t-test of the seeds' means over inputs against the baseline's. */
  readonly p?: number;
  /** How much more the variant has than the baseline, seed by seed, with an interval by the {@link bootstrap} over seeds. */
  readonly more?: { readonly mean: number; readonly interval: Interval };
  /** The interval of `stepsSaved` by the same; -Infinity where the baseline's final value is not reached. */
  readonly stepsSavedInterval?: Interval;
}

export interface Mark {
  readonly at: number;
  readonly value?: number;
}

/** Steps and seconds at which values are shown, as far as the trainings go. */
export const marks = {
  step: [50, 200, 1000, 2000, 5000, 10_000, 20_000],
  seconds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
} as const satisfies Record<Axis, readonly number[]>;

export interface SummaryOptions {
  readonly better: "lower" | "higher";
  /** What the others are tested against; the first variant by default. */
  readonly baseline?: string;
  /** Seconds of a step by variant, measured side by side; else those of the trainings. */
  readonly stepSeconds?: ReadonlyMap<string, number>;
}

/** Sums up finished trainings, variants in the order of their first one. */
export function summarize(
  fits: readonly Fit[],
  { better, baseline, stepSeconds }: SummaryOptions,
): VariantSummary[] {
  const names = [...new Set(fits.map(({ variant }) => variant))];
  const base = baseline ?? names[0];
  const of = (name: string | undefined) => fits.filter(({ variant }) => variant === name);
  const stepCurve = (name: string | undefined) =>
    meanCurve(
      of(name).flatMap((fit) => (fit.diverged ? [] : [fit.curve])),
      "step",
    );
  const baseCurve = stepCurve(base);
  const baseMeans = seedMeans(of(base));
  const baseEnd = baseCurve.at(-1)?.[0] ?? 0;
  const perStep = (name: string | undefined) => {
    const own = of(name).filter(({ diverged }) => !diverged);
    const measured = mean(own.map(({ seconds, steps }) => seconds / steps));
    return stepSeconds?.get(name ?? "") ?? measured;
  };
  return names.map((name) => {
    const own = of(name);
    const whole = own.filter(({ diverged }) => !diverged);
    const inputs = [...new Set(own.map(({ input }) => input))].map((input) =>
      inputSummary(
        input,
        own.filter((fit) => fit.input === input),
      ),
    );
    const means = seedMeans(own);
    const curve = stepCurve(name);
    const takesSteps = (curve.at(-1)?.[0] ?? 0) > 0;
    const reached =
      name !== base && takesSteps ? reaches(curve, mean(baseMeans), better) : undefined;
    const secondsPerStep = perStep(name);
    return {
      ...{ name, rate: own[0]!.rate, inputs, secondsPerStep },
      diverged: own.length - whole.length,
      mean: mean(inputs.map((input) => input.mean)),
      deviation: deviation(means),
      interval: bootstrap(means.length, (indices) => mean(indices.map((i) => means[i]!))), // indices of means
      steps: mean(inputs.map(({ steps }) => steps)),
      seconds: mean(inputs.map(({ seconds }) => seconds)),
      marks: { step: marksOf(whole, fits, "step"), seconds: marksOf(whole, fits, "seconds") },
      ...(reached !== undefined &&
        baseEnd > 0 && {
          stepsSaved: 1 - reached / baseEnd,
          secondsSaved: 1 - (reached * secondsPerStep) / (baseEnd * perStep(base)),
        }),
      ...(name !== base && {
        p: welchP(means, baseMeans),
        ...againstBaseline(own, of(base), better),
      }),
    };
  });
}

/** A variant beside the baseline, over the seeds that both have whole. */
function againstBaseline(
  own: readonly Fit[],
  base: readonly Fit[],
  better: "lower" | "higher",
): Pick<VariantSummary, "more" | "stepsSavedInterval"> {
  const seeds = [...new Set(own.map(({ seed }) => seed))].filter((seed) =>
    [own, base].every((fits) => seedMeans(fits.filter((fit) => fit.seed === seed)).length > 0),
  );
  if (seeds.length < 2) return {}; // one seed says nothing of others
  const fitsOf = (fits: readonly Fit[], indices: readonly number[]) =>
    indices.flatMap((i) => fits.filter(({ seed }) => seed === seeds[i]));
  const endOf = (fits: readonly Fit[]) => mean(fits.map(({ value }) => value));
  const more = (indices: readonly number[]) =>
    endOf(fitsOf(own, indices)) - endOf(fitsOf(base, indices));
  const saved = (indices: readonly number[]) => {
    const curveOf = (fits: readonly Fit[]) =>
      meanCurve(
        fits.map(({ curve }) => curve),
        "step",
      );
    const baseFits = fitsOf(base, indices);
    const end = curveOf(baseFits).at(-1)?.[0] ?? 0;
    const reached = reaches(curveOf(fitsOf(own, indices)), endOf(baseFits), better);
    return reached === undefined || end === 0 ? Number.NEGATIVE_INFINITY : 1 - reached / end;
  };
  const { length } = seeds;
  return {
    more: { mean: more([...seeds.keys()]), interval: bootstrap(length, more) },
    stepsSavedInterval: bootstrap(length, saved),
  };
}

function inputSummary(input: string, fits: readonly Fit[]): InputSummary {
  const whole = fits.filter(({ diverged }) => !diverged);
  const values = whole.map(({ value }) => value);
  return {
    ...{ input, values, parameters: fits[0]?.parameters ?? Number.NaN },
    ...(fits[0]?.sizes && { sizes: fits[0].sizes }),
    diverged: fits.length - whole.length,
    mean: mean(values),
    deviation: deviation(values),
    steps: mean(whole.map(({ steps }) => steps)),
    seconds: mean(whole.map(({ seconds }) => seconds)),
  };
}

/** The mean over inputs for each seed of which no training diverged and none is missing. */
function seedMeans(fits: readonly Fit[]): number[] {
  const inputs = new Set(fits.map(({ input }) => input)).size;
  return [...new Set(fits.map(({ seed }) => seed))]
    .map((seed) => fits.filter((fit) => fit.seed === seed))
    .map((own) => (own.length === inputs ? mean(own.map(({ value }) => value)) : Number.NaN))
    .filter((value) => !Number.isNaN(value));
}

/** Mean values at the marks that lie before the end of any training that is compared. */
function marksOf(own: readonly Fit[], all: readonly Fit[], axis: Axis): Mark[] {
  const most = Math.max(0, ...all.map(({ curve }) => curve.at(-1)?.[axis] ?? 0));
  return marks[axis]
    .filter((at) => at < most)
    .map((at) => {
      const value = mean(own.map(({ curve }) => valueAt(curve, axis, at) ?? Number.NaN));
      return Number.isNaN(value) ? { at } : { at, value };
    });
}
