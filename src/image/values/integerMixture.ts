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

/**
 * The same distribution as `mixtureOf`, of numbers in units of 2^−12. Masses are integers, and as a whole they have no fixed
 * sum; what is between low and high is never 0.
 */
export function integerMixture(
  told: Int32Array,
  low: number,
  high: number,
  size: MixtureSize,
): Mixture {
  const count = logisticsOf(size);
  const placed = size.ends;
  let most = told[0]!;
  for (let k = 1; k < points + count; k++) most = Math.max(most, told[k]!);
  const weights = new Float64Array(points + count);
  let total = 0;
  for (let k = 0; k < weights.length; k++) total += weights[k] = decay(most - told[k]!);
  const centers = new Float64Array(count);
  const sharpness = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const start = k < placed ? low * one : k < 2 * placed ? high * one : (low + high) * (one / 2);
    centers[k] = start + told[points + count + k]! * (k < 2 * placed ? reach.end : reach.middle);
    const blur = Math.max(0, sharpest * one + told[points + 2 * count + k]!);
    sharpness[k] = Math.floor(decay(blur) * sharpestUnits * toSharpness);
  }
  const [atLow, atHigh, atZero, even] = weights as unknown as [number, number, number, number];
  // What each integer has of the even part, and of a millionth of all.
  const each = Math.floor((even * whole + total * millionth) / (high - low + 1));
  /** The mass of a logistic below the middle between n and n + 1. */
  const below = (k: number, n: number) => {
    const distance = (2 * n + 1) * (one / 2) - centers[k]!;
    return lookUp(logistic, Math.floor(distance * sharpness[k]! * toPlace));
  };
  return {
    mass(from, to) {
      const [first, last] = [Math.max(from, low), Math.min(to, high)];
      if (first > last) return 0;
      let ends = 0;
      if (first === low) ends += atLow;
      if (last === high) ends += atHigh;
      if (first <= 0 && last >= 0) ends += atZero;
      let sum = ends * whole + each * (last - first + 1);
      for (let k = 0; k < count; k++)
        sum += weights[points + k]! * (below(k, last) - below(k, first - 1));
      return sum;
    },
  };
}
