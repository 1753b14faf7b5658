/** How long to train: a number of steps, repeatable to the bit, or a time. */
export type Plan = { readonly steps: number } | { readonly minutes: number };

/** How far a training is. */
export interface Elapsed {
  /** Steps done. */
  readonly step: number;
  /** Seconds spent, those before an interruption included. */
  readonly seconds: number;
  /** Examples seen. */
  readonly examples: number;
}

/** The fraction of a plan that is done, 1 at its end. */
export function progressOf(
  plan: Plan,
  { step, seconds }: Pick<Elapsed, "step" | "seconds">,
): number {
  const fraction = "steps" in plan ? step / plan.steps : seconds / (60 * plan.minutes);
  return Math.min(1, fraction);
}

/** Before the first step. */
export const nothingDone: Elapsed = { step: 0, seconds: 0, examples: 0 };
