import {
  dwt,
  dwtAdjoint,
  dwtCoefficientCount,
  idwt,
  type Mode,
  type WaveletLike,
} from "ondelette/wavelets";

/** Which coefficients of one axis see which samples. The transform of a picture has two such axes. */
export interface Axis {
  readonly length: number;
  readonly wavelet: WaveletLike;
  readonly mode: Mode;
}

/** The first and the last of consecutive places. */
export type Run = readonly [first: number, last: number];

/** A band of one axis at a level, from 1, the finest. */
export type AxisBand = "low" | "high";

/** The numbers of samples before level 1, before level 2, and so on, up to those after the last level. */
function lengthsOf({ length, wavelet, mode }: Axis, levels: number): number[] {
  const lengths = [length];
  for (let level = 1; level <= levels; level++)
    lengths.push(dwtCoefficientCount(lengths.at(-1)!, wavelet, mode)); // not empty
  return lengths;
}

/** The coefficients of every level that depend on a sample: where the transform of a unit impulse there is not 0. */
export function seeing(
  axis: Axis,
  levels: number,
  sample: number,
): Readonly<Record<AxisBand, readonly Run[]>>[] {
  let low = impulse(axis.length, sample);
  return Array.from({ length: levels }, () => {
    const { approximation, detail } = dwt(low, axis.wavelet, { mode: axis.mode });
    low = approximation;
    return { low: runsOf(approximation), high: runsOf(detail) };
  });
}

/**
 * The two functions of a coefficient, at all samples: the coefficient is the inner product of the signal with `measures`, and
 * adds its multiple of `builds` to the reconstruction.
 */
export function atomsOf(
  axis: Axis,
  {
    level,
    band,
    place,
  }: { readonly level: number; readonly band: AxisBand; readonly place: number },
): { readonly measures: Float64Array; readonly builds: Float64Array } {
  const lengths = lengthsOf(axis, level);
  const { wavelet, mode } = axis;
  const back = (step: typeof idwt<Float64Array>) => {
    let values = impulse(lengths[level]!, place); // a length a level
    for (let l = level; l >= 1; l--) {
      const none = new Float64Array(values.length);
      const isHigh = l === level && band === "high";
      const [approximation, detail] = isHigh ? [none, values] : [values, none];
      const known = dwt(new Float64Array(lengths[l - 1]!), wavelet, { mode });
      values = step({ ...known, approximation, detail });
    }
    return values;
  };
  return { measures: back(dwtAdjoint), builds: back(idwt) };
}

/** Runs of places where values are not 0 beyond rounding. */
export function runsOf(values: Float64Array): Run[] {
  const least = 1e-11 * values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const runs: [number, number][] = [];
  values.forEach((x, i) => {
    if (Math.abs(x) <= least) return;
    const last = runs.at(-1);
    // One tap that is 0 splits no run.
    if (last && i - last[1] <= 2) last[1] = i;
    else runs.push([i, i]);
  });
  return runs;
}

function impulse(length: number, at: number): Float64Array {
  const values = new Float64Array(length);
  values[at] = 1;
  return values;
}
