import type { Random } from "../data/random/random.ts";
import type { Shape } from "../graph/index.ts";

/** Fills a new parameter of `shape`. */
export type Initializer = (values: Float32Array, shape: Shape, random: Random) => void;

export const zeros: Initializer = (values) => {
  values.fill(0);
};

export const ones: Initializer = (values) => {
  values.fill(1);
};

/** Normal deviates of a standard deviation. */
export function normal(deviation: number): Initializer {
  return (values, _, random) => {
    for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
  };
}

/** Deviates that are as likely anywhere in [-bound, bound). */
export function uniform(bound: number): Initializer {
  return (values, _, random) => {
    for (let i = 0; i < values.length; i++) values[i] = bound * (2 * random.uniform() - 1);
  };
}

/** Normal deviates of variance `gain² / rows`: keeps the scale of `x W` for W of [rows, columns] (He et al. 2015). */
export function fanIn(gain = 1): Initializer {
  return (values, shape, random) => normal(gain / Math.sqrt(shape[0] ?? 1))(values, shape, random);
}

/** One number everywhere. */
export const constantly =
  (value: number): Initializer =>
  (values) => {
    values.fill(value);
  };
