import {
  type MaximaOptions,
  type ModulusMaximum,
  modulusMaxima,
  modulusMaxima1,
  modulusMaxima3,
} from "../../wavelets/index.ts";
import { graySignal } from "./graySignal.ts";
import type { Signal } from "./signal.ts";

/** A modulus maximum of a signal of one, two or three axes. */
export interface Singularity extends ModulusMaximum {
  /** Of a volume: the place along its first axis, and radians toward it out of the plane that `angle` lies in. */
  readonly z?: number;
  readonly elevation?: number;
}

/**
 * The wavelet modulus maxima of a picture's luma, or of a volume or a sound, its channels mixed to one; finest scale first. A
 * sound's have y 0, and angle 0 where it rises and π where it falls.
 */
export function singularitiesOf(
  signal: Signal,
  scales: readonly number[],
  options: MaximaOptions = {},
): Singularity[] {
  const { size, values: data } = graySignal(signal);
  const [width = 1, height, depth] = size.toReversed();
  if (height === undefined) {
    return modulusMaxima1(data, scales, options).map(({ sign, ...maximum }) => {
      return { ...maximum, y: 0, angle: sign > 0 ? 0 : Math.PI };
    });
  }
  if (depth === undefined) return modulusMaxima({ height, width, data }, scales, options);
  return modulusMaxima3({ depth, height, width, data }, scales, options);
}

/** The maxima of one scale in numbers. */
export interface ScaleSummary {
  readonly scale: number;
  readonly count: number;
  /** Absent where there is none, or where chains of one scale have no exponent. */
  readonly medianExponent?: number;
}

/** Counts maxima and takes the median of their exponents, scale by scale. */
export function summarizeScales(
  maxima: readonly Singularity[],
  scales: readonly number[],
): ScaleSummary[] {
  return scales.map((scale) => {
    const own = maxima.filter((maximum) => maximum.scale === scale);
    const exponents = own.map(({ exponent }) => exponent).filter(Number.isFinite);
    const count = own.length;
    return exponents.length === 0
      ? { scale, count }
      : { scale, count, medianExponent: median(exponents) };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [Math.floor, Math.ceil].map(
    (round) => sorted[round((sorted.length - 1) / 2)],
  );
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
