import type { BandPlan, PlannedBand } from "./bandPlan.ts";

/** What a code is to spend. */
export interface Pace {
  /** Bytes of the code at the end of the plane in which is chosen what to tell. */
  readonly bytes: number;
  /** Bits that each band of the plan is expected to need in that plane: one part of its rows after another. */
  readonly bits: readonly ArrayLike<number>[];
}

/** Tells what a bit is worth at a row of a band, where so many bits were spent. */
export type Pacer = (band: PlannedBand, row: number, spentBits: number) => number;

/** By which power of its price a plane becomes shorter, roughly: measured were 0.3 at 1 bit per pixel and 0.7 at 0.25. */
const elasticity = 0.45;
/** The part of all expected bits that must have been spent before what was spent counts as much as what was expected. */
const trust = 0.1;
/** The price stays within this factor of the usual one, where rate and distortion hardly notice. */
const mostFactor = 1.25;
/** Rows after which the price is looked at again: 2^this. */
const stripe = 4;

/**
 * Paces the last plane of a code: where it spends more than was expected, bits become dearer, so that fewer coefficients are told in
 * what follows. A change of some percent costs far less than a code whose end is cut off.
 */
export function pacer(plan: BandPlan, { bytes, bits }: Pace, lambda: number): Pacer {
  const expectedOf = new Map(plan.bands.map((band, i) => [band, sumsOf(bits[i] ?? [])]));
  const totalOf = (band: PlannedBand) => expectedOf.get(band)?.at(-1) ?? 0;
  const total = plan.bands.reduce((sum, band) => sum + totalOf(band), 0);
  let own: PlannedBand | undefined;
  let ownStripe = -1;
  let price = lambda;
  let startBits = Number.NaN;
  // Expected bits of finished bands, of all that is finished, and the latter by the prices that they had.
  let [finished, done, priced] = [0, 0, 0];
  return (band, row, spentBits) => {
    if (band === own && row >> stripe === ownStripe) return price;
    if (own === undefined) startBits = spentBits;
    if (own !== undefined && band !== own) finished += totalOf(own);
    [own, ownStripe] = [band, row >> stripe];
    const now = finished + partOf(expectedOf.get(band) ?? [0], (ownStripe << stripe) / band.height);
    priced += (now - done) * (price / lambda) ** -elasticity;
    done = now;
    const surprise = (spentBits - startBits + trust * total) / (priced + trust * total);
    const wanted = (8 * bytes - spentBits) / (surprise * (total - done));
    const factor = wanted > 0 ? wanted ** (-1 / elasticity) : mostFactor;
    price = lambda * Math.min(Math.max(factor, 1 / mostFactor), mostFactor);
    return price;
  };
}

/** Sums of the first 0, 1, … numbers. */
function sumsOf(numbers: ArrayLike<number>): readonly number[] {
  const sums = [0];
  for (let i = 0; i < numbers.length; i++) sums.push(sums[i]! + numbers[i]!);
  return sums;
}

/** What the beginning of a band has of its sums. */
function partOf(sums: readonly number[], part: number): number {
  const place = part * (sums.length - 1);
  const low = sums[Math.floor(place)]!;
  return low + (place - Math.floor(place)) * (sums[Math.ceil(place)]! - low);
}
