import { type Mode, modes } from "../extension/mode.ts";
import type { StepMaker } from "../filterBank/axisStep.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import type { Along } from "./along.ts";

/** Plans by wavelet and key: programs transform the same few shapes again and again. */
export type KeptPlans<Plan> = WeakMap<Wavelet, Map<string | number, Plan>>;

const mostPlans = 256;

/** A new plan, which is kept with the wavelet if that is immutable. */
export function keepPlan<Plan>(
  kept: KeptPlans<Plan>,
  wavelet: Wavelet,
  key: string | number,
  plan: Plan,
): Plan {
  if (!isFrozen(wavelet)) return plan;
  let plans = kept.get(wavelet);
  if (!plans) {
    plans = new Map();
    kept.set(wavelet, plans);
  }
  if (plans.size >= mostPlans) plans.clear();
  plans.set(key, plan);
  return plan;
}

/** The step of a line of so many samples: the one that was kept, or a new one. */
export function lineStep<Step>(
  kept: KeptPlans<Step>,
  make: StepMaker<Step>,
  { wavelet, mode }: Along,
  length: number,
): Step {
  const key = lineKey(length, mode);
  const known = kept.get(wavelet)?.get(key);
  return known ?? keepPlan(kept, wavelet, key, make(wavelet, mode, length));
}

/** A cheap key for the most frequent plans, those of lines. */
export const lineKey = (length: number, mode: Mode): number =>
  modes.length * length + modes.indexOf(mode);

const isFrozen = (wavelet: Wavelet): boolean => {
  const { decLo, decHi, recLo, recHi } = wavelet;
  return [wavelet, decLo, decHi, recLo, recHi].every(Object.isFrozen);
};
