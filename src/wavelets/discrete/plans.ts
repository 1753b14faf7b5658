import { type Mode, modes } from "../extension/mode.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";

/** Plans by wavelet and key: programs transform the same few shapes again and again. */
export type KeptPlans<Plan> = WeakMap<Wavelet, Map<string | number, Plan>>;

const mostPlans = 256;

/** The plan of a key, made where it was not kept. It is kept with the wavelet if that is immutable. */
export function keptPlan<Plan>(
  kept: KeptPlans<Plan>,
  wavelet: Wavelet,
  key: string | number,
  make: () => Plan,
): Plan {
  let plans = kept.get(wavelet);
  if (!plans) {
    plans = new Map();
    kept.set(wavelet, plans);
  }
  const known = plans.get(key);
  if (known) return known;
  const made = make();
  if (isFrozen(wavelet)) {
    if (plans.size >= mostPlans) plans.clear();
    plans.set(key, made);
  }
  return made;
}

/** A cheap key for the most frequent plans, those of lines. */
export const lineKey = (length: number, mode: Mode): number =>
  modes.length * length + modes.indexOf(mode);

const isFrozen = (wavelet: Wavelet): boolean => {
  const { decLo, decHi, recLo, recHi } = wavelet;
  return [wavelet, decLo, decHi, recLo, recHi].every(Object.isFrozen);
};
