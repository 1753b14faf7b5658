import type { Named } from "../../compare/compare.ts";
import type { Plan } from "../../train/plan.ts";
import type { FieldFamily, FieldSize, Init } from "../family.ts";
import { countParameters, widthFor } from "../fit/sizing.ts";
import type { Signal } from "../signal/signal.ts";

/** A kind of field that is compared with others. */
export interface FieldVariant extends Named {
  /** Names its fits, in files too; no two variants of a comparison share one. */
  readonly name: string;
  readonly family: FieldFamily;
  /** Where atoms start, in the families that have atoms. */
  readonly init: Init;
}

/**
 * A family once for each way that its atoms may start, or once where it has none. The usual start, on the maxima, adds
 * nothing to its name.
 */
export function variantsOf(
  name: string,
  family: FieldFamily,
  starts: readonly Init[],
): FieldVariant[] {
  // What is solved has no learning rate to try.
  if (family.kind === "solved") return [{ name, family, init: "maxima", rates: [1] }];
  if (!family.start) return [{ name, family, init: "maxima" }];
  return starts.map((init) => {
    return { name: init === "maxima" ? name : `${name}-${init}`, family, init };
  });
}

/** What variants are fitted to. */
export interface ComparedInput {
  /** Names its fits, likewise. */
  readonly name: string;
  readonly signal: Signal;
}

/** What is compared, and how. */
export interface FieldComparison {
  readonly variants: readonly FieldVariant[];
  readonly inputs: readonly ComparedInput[];
  /** Real parameters of every variant, as near as a whole width comes. */
  readonly parameters: number;
  /** Factors of each family's own learning rate to choose from, by the mean over inputs of a trial's PSNR. */
  readonly factors: readonly number[];
  /** How long each factor is tried, with the first seed; as long as `plan` by default. */
  readonly trial?: Plan;
  /** Every variant is fitted to every input with the seeds 1 … seeds. */
  readonly seeds: number;
  /** Points of a step; all of them where there are fewer. */
  readonly batch: number;
  readonly plan: Plan;
}

/** Larger deviations of the number of parameters are reported. */
const tolerance = 0.02;

/** Reports variants whose number of parameters differs from the wish by more than the tolerance. */
export function checkSizes(
  { variants, inputs, parameters }: FieldComparison,
  notice: (sentence: string) => void,
): void {
  for (const { name, family } of variants) {
    for (const { name: input, signal } of inputs) {
      const count = countParameters(family, sizeFor(family, signal, parameters));
      if (Math.abs(count / parameters - 1) > tolerance) {
        const percent = (100 * (count / parameters - 1)).toFixed(1);
        notice(
          `${name} has ${count} parameters for ${input}, ${percent} % off the ${parameters} that were asked for: no width comes nearer`,
        );
      }
    }
  }
}

/** The size of a family for a signal whose parameters come nearest to the wish. */
export function sizeFor(
  family: FieldFamily,
  { size, channels }: Signal,
  parameters: number,
): FieldSize {
  const dimensions = size.length;
  const wish = { dimensions, channels, grid: size };
  return { ...wish, width: widthFor(family, { ...wish, parameters }) };
}
