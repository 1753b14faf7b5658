import type { Reading } from "../tokenLanguage.ts";

/** Distance, in thresholds, that a refinement moves a coefficient: half the interval that remains. */
export const refinementStep: Readonly<Record<Reading, number>> = { A: 0.5, B: 0.25 };

/** A newly significant coefficient is known to lie in [T, 2T): it is put in the middle. */
export const discoveryValue = 1.5;

/** The known value after one refinement: away from zero if `up`, toward it otherwise. */
export function refine(known: number, distance: number, up: boolean): number {
  return known > 0 === up ? known + distance : known - distance;
}
