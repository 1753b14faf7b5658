import type { Reading } from "../tokenLanguage.ts";

/** Distance, in thresholds, by which a refinement moves a coefficient: half of its remaining interval. */
export const refinementStep: Readonly<Record<Reading, number>> = { A: 0.5, B: 0.25 };

/** The value of a newly significant coefficient, in thresholds: the middle of its interval [T, 2T). */
export const discoveryValue = 1.5;

/** The known value after one refinement: away from zero if `up`, toward it otherwise. */
export function refine(known: number, distance: number, up: boolean): number {
  return known > 0 === up ? known + distance : known - distance;
}
