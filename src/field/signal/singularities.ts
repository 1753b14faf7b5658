import type { MaximaOptions } from "../../wavelets/singularities/maximaOptions.ts";
import { type ModulusMaximum, modulusMaxima } from "../../wavelets/singularities/modulusMaxima.ts";
import { modulusMaxima1 } from "../../wavelets/singularities/modulusMaxima1.ts";
import { modulusMaxima3 } from "../../wavelets/singularities/modulusMaxima3.ts";
import { graySignal } from "./graySignal.ts";
import type { Signal } from "./signal.ts";

/** A modulus maximum of a signal of one, two or three axes. */
export interface Singularity extends ModulusMaximum {
  /** Only of a volume: the position along its first axis, and the angle toward that axis out of the plane of the others. */
  readonly z?: number;
  readonly elevation?: number;
}

/**
 * The wavelet modulus maxima of a signal, finest scale first: of a picture's luma, or of the mean channel of a sound or a
 * volume. Maxima of a sound have y 0, and angle 0 where the sound rises and π where it falls.
 *
 * @example
 * ```ts
 * const edges = singularitiesOf(await loadSignal("photo.png"), [1, 2, 4], { threshold: 0.05 });
 * ```
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

/** Statistics of the maxima of one scale. */
export interface ScaleSummary {
  readonly scale: number;
  readonly count: number;
  /** Absent if no maximum has an exponent: a chain needs two scales for one. */
  readonly medianExponent?: number;
}

/** The number of maxima and the median of their exponents, scale by scale. */
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
