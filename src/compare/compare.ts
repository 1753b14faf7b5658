import { UserError } from "../errors/userError.ts";
import type { Plan } from "../train/plan.ts";
import type { Curve } from "./curve.ts";
import { mean } from "./welch.ts";

/** Something that is compared: a model, a mixing, a family; or what it is trained on. */
export interface Named {
  /** Names its trainings, in files and tables; no two variants, nor two inputs, of a comparison share one. */
  readonly name: string;
  /** The rates that it tries, where it does not try those of the comparison: one for what has no learning rate. */
  readonly rates?: readonly number[];
}

/** Variants × inputs × rates × seeds. */
export interface Comparison<Variant extends Named, Input extends Named> {
  readonly variants: readonly Variant[];
  /** What each variant is trained on. */
  readonly inputs: readonly Input[];
  /** Learning rates, or factors of each variant's own, to choose from with the first seed. */
  readonly rates: readonly number[];
  /** How long each rate is tried; as long as `plan` by default. */
  readonly trial?: Plan;
  /** Every variant is trained on every input with the seeds 1 … seeds. */
  readonly seeds: number;
  readonly plan: Plan;
  /** Whether lower or higher values are better. */
  readonly better: "lower" | "higher";
}

/** What one training differs in from the others of its variant and input. */
export interface FitWish {
  readonly rate: number;
  readonly seed: number;
  readonly plan: Plan;
  /** Whether it is a trial of the rate, whose end alone matters. */
  readonly isTrial: boolean;
}

/** A finished training. */
export interface Fit {
  readonly variant: string;
  readonly input: string;
  readonly rate: number;
  readonly seed: number;
  /** Learned parameters. */
  readonly parameters: number;
  /** Other measures of its size, by name. */
  readonly sizes?: Readonly<Record<string, number>>;
  readonly steps: number;
  readonly seconds: number;
  readonly diverged: boolean;
  /** At the end; NaN where it diverged. */
  readonly value: number;
  readonly curve: Curve;
}

/**
 * Tries every rate for every variant with the first seed, then trains with the best one and all seeds. Variants take turns
 * seed by seed, so that a slow hour of the machine affects all alike; `onSeed` sees what has been found after each seed.
 * `run` may keep finished trainings and return them at once, so that an interrupted comparison continues. Throws UserError
 * where there is nothing to compare, or two variants or inputs have one name.
 *
 * @example
 * ```ts
 * const fits = await compare(
 *   {
 *     variants: [{ name: "narrow", width: 16 }, { name: "wide", width: 64 }],
 *     inputs: [{ name: "spirals", points }],
 *     ...{ rates: [1e-3, 3e-3], seeds: 3, plan: { steps: 500 }, better: "lower" },
 *   },
 *   async (variant, input, { rate, seed, plan }) => trainOne(variant, input, { rate, seed, plan }),
 * );
 * const table = variantTable(summarize(fits, { better: "lower" }), columns);
 * ```
 */
export async function compare<Variant extends Named, Input extends Named, F extends Fit>(
  comparison: Comparison<Variant, Input>,
  run: (variant: Variant, input: Input, wish: FitWish) => Promise<F>,
  onSeed: (fits: readonly F[]) => Promise<void> = async () => {},
): Promise<F[]> {
  checkComparison(comparison);
  const { variants, inputs, seeds, plan } = comparison;
  const chosen: (readonly [Variant, number])[] = [];
  for (const variant of variants) {
    chosen.push([variant, await chosenRate(comparison, variant, run)]);
  }
  const fits: F[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    for (const input of inputs) {
      for (const [variant, rate] of chosen) {
        fits.push(await run(variant, input, { rate, seed, plan, isTrial: false }));
      }
    }
    await onSeed(fits);
  }
  return fits;
}

/** Trainings of a comparison that depend on no others: all of a variant that has rates to try, else a single one. */
export interface Arm<Variant, Input> {
  readonly variant: Variant;
  readonly inputs: readonly Input[];
  readonly seeds: readonly number[];
}

/**
 * A comparison in arms, which can be run in any order and anywhere. Throws UserError as {@link compare} does.
 */
export function armsOf<Variant extends Named, Input extends Named>(
  comparison: Comparison<Variant, Input>,
): Arm<Variant, Input>[] {
  checkComparison(comparison);
  const { variants, inputs, rates } = comparison;
  const seeds = Array.from({ length: comparison.seeds }, (_, i) => i + 1);
  const tries = (variant: Variant) => (variant.rates ?? rates).length > 1;
  return [
    ...variants.filter(tries).map((variant) => ({ variant, inputs, seeds })),
    ...seeds.flatMap((seed) =>
      inputs.flatMap((input) =>
        variants
          .filter((variant) => !tries(variant))
          .map((variant) => ({ variant, inputs: [input], seeds: [seed] })),
      ),
    ),
  ];
}

/** How many trainings an arm is, trials included. */
export const trainingsOf = <Variant extends Named, Input extends Named>(
  { variant, inputs, seeds }: Arm<Variant, Input>,
  { rates }: Pick<Comparison<Variant, Input>, "rates">,
): number => inputs.length * (seeds.length + triedRates(variant, rates).length);

/** Runs an arm: the very trainings of it that {@link compare} runs. */
export async function runArm<Variant extends Named, Input extends Named, F extends Fit>(
  comparison: Comparison<Variant, Input>,
  { variant, inputs, seeds }: Arm<Variant, Input>,
  run: (variant: Variant, input: Input, wish: FitWish) => Promise<F>,
): Promise<void> {
  const { plan } = comparison;
  const rate = await chosenRate(comparison, variant, run);
  for (const seed of seeds) {
    for (const input of inputs) await run(variant, input, { rate, seed, plan, isTrial: false });
  }
}

/** The rates that a variant tries; none where there is nothing to choose. */
function triedRates(variant: Named, rates: readonly number[]): readonly number[] {
  const own = variant.rates ?? rates;
  return own.length > 1 ? own : [];
}

/** The best rate of a variant, by the mean over the inputs with the first seed. */
async function chosenRate<Variant extends Named, Input extends Named>(
  { inputs, rates, plan, trial = plan, better }: Comparison<Variant, Input>,
  variant: Variant,
  run: (variant: Variant, input: Input, wish: FitWish) => Promise<Fit>,
): Promise<number> {
  const sign = better === "lower" ? 1 : -1;
  const isTrial = trial !== plan;
  const tried: { readonly rate: number; readonly value: number }[] = [];
  for (const rate of triedRates(variant, rates)) {
    const values: number[] = [];
    for (const input of inputs) {
      values.push((await run(variant, input, { rate, seed: 1, plan: trial, isTrial })).value);
    }
    tried.push({ rate, value: mean(values) });
  }
  // A rate with which any training diverged is out; where all are, the smallest stands for them.
  const [best] = tried
    .filter(({ value }) => !Number.isNaN(value))
    .toSorted((a, b) => sign * (a.value - b.value));
  return best?.rate ?? Math.min(...(variant.rates ?? rates));
}

/** Throws UserError where there is nothing to compare, or two variants or inputs have one name. */
function checkComparison({ variants, inputs, rates, seeds }: Comparison<Named, Named>): void {
  const lists = { variant: variants, input: inputs, "learning rate": rates };
  for (const [what, list] of Object.entries(lists)) {
    if (list.length === 0) throw new UserError(`a comparison needs at least one ${what}`);
  }
  if (!(Number.isInteger(seeds) && seeds >= 1)) {
    throw new UserError(`a comparison needs at least one random seed, not ${seeds}`);
  }
  for (const [what, list] of Object.entries({ variants, inputs })) {
    const names = list.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) throw new UserError(`two ${what} are named "${twice}"`);
  }
}
