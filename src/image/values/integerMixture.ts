import { decay, weightBits } from "../../nn/integer/decay.ts";
import { expOf, sigmoidOf } from "../../nn/integer/elementary.ts";
import { mlpUnits } from "../../nn/integer/mlp.ts";
import { lookUp, tabulate } from "../../nn/integer/table.ts";
import { logisticsOf, type Mixture, type MixtureSize, points, reach, sharpest } from "./mixture.ts";

/*
 * The distribution of `mixtureOf` in integers: what a network says is in units of 2^−12, weights of parts in units of 2^−24 of
 * the largest, masses of logistics in units of 2^−22. So the mass of 100 parts stays below 2^53, where float64 is exact.
 */
const said = mlpUnits.said;
const one = 2 ** said;
const half = one / 2;
/** No integer that is asked about. */
const nowhere = -(2 ** 31);
const massBits = 22;
/** More parts could leave the range of exact integers. */
export const mostParts = 100;

/** The logistic function, of units of 2^−16 to units of masses. */
const placeBits = 16;
const logistic = tabulate(sigmoidOf, {
  ...{ from: placeBits, to: massBits },
  ...{ between: [-20, 20], entries: 6 },
});

/** e^sharpest, in units of 2^−12: what decays from there is a sharpness in units of 2^−20. */
const sharpestUnits = Math.round(expOf(sharpest) * 2 ** 12);
const sharpnessBits = 20;

/** What undoes the bits that products have too many: of a sharpness, and of a place on the logistic function. */
const toSharpness = 2 ** (sharpnessBits - weightBits - 12);
const toPlace = 2 ** (placeBits - sharpnessBits - said);
/** A weight of 1 and a millionth, in units of masses. */
const whole = 2 ** massBits;
const millionth = 2 ** (massBits - 20);

/** Makes distributions of what a network says of a coefficient between low and high; a new one takes the place of the last. */
export type IntegerMixtures = (told: Int32Array, low: number, high: number) => Mixture;

/** Sums below a few integers are kept: the tokens of a coefficient ask about the same ones again. */
const kept = 8;

/**
 * The same distributions as those of `mixtureOf`, of numbers in units of 2^−12. Masses are integers, and as a whole they have no
 * fixed sum; what is between low and high is never 0.
 */
export function integerMixtures(size: MixtureSize): IntegerMixtures {
  const count = logisticsOf(size);
  const placed = size.ends;
  const weights = new Float64Array(points + count);
  const centers = new Float64Array(count);
  const sharpness = new Float64Array(count);
  const keptAt = new Int32Array(kept);
  const keptSums = new Float64Array(kept);
  let next = 0;
  let low = 0;
  let high = 0;
  let each = 0;
  /** The mass of all logistics below the middle between n and n + 1. */
  const below = (n: number) => {
    for (let i = 0; i < kept; i++) if (keptAt[i] === n) return keptSums[i]!;
    const place = (2 * n + 1) * half;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const z = Math.floor((place - centers[k]!) * sharpness[k]! * toPlace);
      sum += weights[points + k]! * lookUp(logistic, z);
    }
    keptAt[next] = n;
    keptSums[next] = sum;
    next = (next + 1) % kept;
    return sum;
  };
  const mixture: Mixture = {
    mass(from, to) {
      const first = from > low ? from : low;
      const last = to < high ? to : high;
      if (first > last) return 0;
      let ends = 0;
      if (first === low) ends += weights[0]!;
      if (last === high) ends += weights[1]!;
      if (first <= 0 && last >= 0) ends += weights[2]!;
      return ends * whole + each * (last - first + 1) + below(last) - below(first - 1);
    },
  };
  return (told, least, greatest) => {
    low = least;
    high = greatest;
    keptAt.fill(nowhere);
    let most = told[0]!;
    for (let k = 1; k < points + count; k++) if (told[k]! > most) most = told[k]!;
    let total = 0;
    for (let k = 0; k < weights.length; k++) total += weights[k] = decay(most - told[k]!);
    for (let k = 0; k < count; k++) {
      const start = k < placed ? low * one : k < 2 * placed ? high * one : (low + high) * half;
      centers[k] = start + told[points + count + k]! * (k < 2 * placed ? reach.end : reach.middle);
      const blur = Math.max(0, sharpest * one + told[points + 2 * count + k]!);
      sharpness[k] = Math.floor(decay(blur) * sharpestUnits * toSharpness);
    }
    // What each integer has of the even part, and of a millionth of all.
    each = Math.floor((weights[3]! * whole + total * millionth) / (high - low + 1));
    return mixture;
  };
}
