import { constant, type Tensor } from "../../graph/index.ts";
import type { Initializer } from "../../nn/initializers.ts";

/*
 * The distribution of an integer n between low and high: logistic distributions, each with the mass that it has from n − ½ to
 * n + ½ (Salimans et al. 2017, PixelCNN++), and points of their own at low, at high and at 0; a small part is spread evenly.
 * All of it counts between low and high alone. A third of the logistics is placed from low, a third from high (where one of the
 * samples that the coefficient is made of is black or white), and the rest from the middle between them.
 */

/** How logistics are placed: how many from each end, and from the middle. */
export interface MixtureSize {
  readonly ends: number;
  readonly middle: number;
}

/** Points of mass: low, high, 0, and the part that is spread evenly. */
export const points = 4;
/** Of the even part, that it never vanishes. */
const least = 1e-6;
/** Integers for an output of 1: near an end, where values are as a rule, and elsewhere. */
export const reach = { end: 4, middle: 32 };
/** A logistic is at most so sharp: 1 / scale = e³. */
export const sharpest = 3;
/** Powers of e are at most so high, that products of two are finite in float32. */
const mostPower = 40;

/** How many logistics there are. */
export const logisticsOf = ({ ends, middle }: MixtureSize) => 2 * ends + middle;

/** Numbers that a network says of a distribution: logits of all parts, places and log scales of the logistics. */
export const mixtureWidth = (size: MixtureSize): number => 3 * logisticsOf(size) + points;

/** Where training begins: logistics spread from −32 to 32 around the middle. */
export const startOfMixture =
  (size: MixtureSize): Initializer =>
  (out) => {
    const count = logisticsOf(size);
    const place = points + count;
    const scale = place + count;
    for (let k = 0; k < count; k++) {
      const inMiddle = k - 2 * size.ends;
      out[place + k] = inMiddle < 0 ? 0 : (2 * inMiddle) / Math.max(1, size.middle - 1) - 1;
      out[scale + k] = inMiddle < 0 ? 1 : 2.2;
    }
  };

/** Bits of integers: `said` is `[n, mixtureWidth]`, `ranges` `[n, 3]` holds value, low and high. Returns `[n]`. */
export function valueBits(said: Tensor, ranges: Tensor, size: MixtureSize): Tensor {
  const count = logisticsOf(size);
  const [value, low, high] = ranges.split(1, [1, 1, 1]) as [Tensor, Tensor, Tensor];
  const [logits, places, scales] = said.split(1, [points + count, count, count]) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const row = (of: (k: number) => number) =>
    constant(
      Array.from({ length: count }, (_, k) => of(k)),
      [1, count],
    );
  const { ends } = size;
  const fromLow = (k: number) => (k < ends ? 1 : k < 2 * ends ? 0 : 0.5);
  const fromHigh = (k: number) => 1 - fromLow(k);
  const unit = row((k) => (k < 2 * ends ? reach.end : reach.middle));
  const center = low
    .mul(row(fromLow))
    .add(high.mul(row(fromHigh)))
    .add(places.mul(unit));
  const sharpness = scales.neg().minimum(sharpest).exp();
  // σ(b) − σ(a) = (1 − e^(a−b)) / (1 + e^(−b)) / (1 + e^a). In the tails the difference itself is rounding, and can be below 0.
  const power = (x: Tensor) => x.mul(sharpness).minimum(mostPower).exp();
  const mass = (from: Tensor, to: Tensor) => {
    const fromStart = power(from.sub(center).sub(0.5)).add(1);
    const fromEnd = power(center.sub(to).sub(0.5)).add(1);
    return power(from.sub(to).sub(1)).neg().add(1).div(fromStart.mul(fromEnd));
  };

  const weights = logits.softmax();
  const [atLow, atHigh, atZero, even, logistics] = weights.split(1, [1, 1, 1, 1, count]) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const is = (x: Tensor | number) => value.equal(x).cast("float32");
  const hasZero = low.lessEqual(0).and(high.greaterEqual(0)).cast("float32");
  const spread = even.add(least);
  const sum = (from: Tensor, to: Tensor) =>
    logistics.mul(mass(from, to)).sum(-1, { keepDims: true });
  const here = sum(value, value)
    .add(atLow.mul(is(low)))
    .add(atHigh.mul(is(high)))
    .add(atZero.mul(is(0)))
    .add(spread.div(high.sub(low).add(1)));
  const all = sum(low, high).add(atLow).add(atHigh).add(atZero.mul(hasZero)).add(spread);
  return all
    .log()
    .sub(here.log())
    .mul(1 / Math.LN2)
    .reshape([-1]);
}

/** A distribution of integers that a network said. */
export interface Mixture {
  /** The share of the integers from `from` to `to`, not divided by that of all between low and high. */
  mass(from: number, to: number): number;
}

/** The same distribution in plain numbers; `said` holds one row. */
export function mixtureOf(
  said: ArrayLike<number>,
  low: number,
  high: number,
  size: MixtureSize,
): Mixture {
  const count = logisticsOf(size);
  const { ends } = size;
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < points + count; k++) most = Math.max(most, said[k]!);
  const weights = new Float64Array(points + count);
  let total = 0;
  for (let k = 0; k < weights.length; k++) total += weights[k] = Math.exp(said[k]! - most);
  const centers = new Float64Array(count);
  const sharpness = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const place = said[points + count + k]!;
    const start = k < ends ? low : k < 2 * ends ? high : (low + high) / 2;
    centers[k] = start + place * (k < 2 * ends ? reach.end : reach.middle);
    sharpness[k] = Math.exp(Math.min(sharpest, -said[points + 2 * count + k]!));
  }
  const [atLow, atHigh, atZero, even] = weights as unknown as [number, number, number, number];
  return {
    mass(from, to) {
      const [first, last] = [Math.max(from, low), Math.min(to, high)];
      if (first > last) return 0;
      let sum = ((even + least * total) * (last - first + 1)) / (high - low + 1);
      if (first === low) sum += atLow;
      if (last === high) sum += atHigh;
      if (first <= 0 && last >= 0) sum += atZero;
      for (let k = 0; k < count; k++)
        sum +=
          weights[points + k]! *
          logisticBetween(
            (first - 0.5 - centers[k]!) * sharpness[k]!,
            (last + 0.5 - centers[k]!) * sharpness[k]!,
          );
      return sum / total;
    },
  };
}

/** The mass of the logistic distribution from a to b, without cancellation where both are large. */
function logisticBetween(a: number, b: number): number {
  return a > 0 ? sigmoid(-a) - sigmoid(-b) : sigmoid(b) - sigmoid(a);
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
