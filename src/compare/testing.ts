import type { Fit } from "./compare.ts";

/** A training of 100 steps of 0.1 s whose value comes to `value` in a straight line from 0; NaN stands for one that diverged. */
export function someFit(value: number, changes: Partial<Fit> = {}): Fit {
  const diverged = Number.isNaN(value);
  const curve = [0, 50, 100].map((step) => ({
    step,
    seconds: step / 10,
    value: (value * step) / 100,
  }));
  return {
    ...{ variant: "siren", input: "waves", rate: 1, seed: 1, parameters: 500 },
    ...{ steps: 100, seconds: 10, diverged, value, curve: diverged ? [] : curve },
    ...changes,
  };
}

/** Fits of one variant to one input, a seed for each value. */
export const seedsOf = (variant: string, input: string, ...values: readonly number[]): Fit[] =>
  values.map((value, i) => someFit(value, { variant, input, seed: i + 1 }));
