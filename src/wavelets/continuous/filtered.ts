import type { FloatArray } from "../arrays/floatArray.ts";
import { modulo } from "../arrays/modulo.ts";
import { applyFilters, type FilterOutput } from "./circle.ts";
import { cwtModeRules } from "./cwtMode.ts";
import { aliases, amplitude, type CwtGeometry, type Filter, filterSet } from "./filters.ts";
import { fastLength, isFastLength, keptFft, type LendingFft } from "./fourier/fft.ts";
import type { Planes } from "./fourier/planes.ts";
import { applyFiltersMirrored } from "./mirrored.ts";

/** A circle and the spectrum of the signal on it. */
interface Circle {
  readonly fft: LendingFft;
  readonly signal: Planes;
  readonly apply: typeof applyFilters;
}

/** Filters that have a circle in common, from a place of the list on. */
interface Part extends Circle {
  readonly first: number;
  readonly filters: readonly Filter[];
}

/**
 * The outputs of the filters of a transform for a signal, in order. Where the circle of the extended signal has a length that is slow
 * to transform, wavelets that reach less far have a circle of their own, to within 1e-14. The
 * first `length` samples of an output are those of the transform. An output is overwritten by the next one, and by any other transform. Without `residual` there is no scaling function.
 */
export function* filtered(
  geometry: CwtGeometry,
  data: FloatArray,
  residual: boolean,
): Generator<FilterOutput> {
  for (const { first, fft, filters, signal, apply } of parts(geometry, data, residual))
    for (const { filter, re, im } of apply({ fft, filters }, signal, amplitude))
      yield { filter: first + filter, re, im };
}

function parts(geometry: CwtGeometry, data: FloatArray, residual: boolean): readonly Part[] {
  const { length, mode, scales } = geometry;
  const { fft, filters: all } = filterSet(geometry);
  const filters = residual ? all : all.slice(0, -1);
  const samples = new Float64Array(fft.length);
  cwtModeRules[mode].extend(Float64Array.from(data), samples, 1);
  const fast = isFastLength(fft.length);
  const whole: Circle = {
    fft,
    signal: spectrumOn(fft, fast ? samples : samples.slice()), // other circles need the samples
    apply: mode === "symmetric" ? applyFiltersMirrored : applyFilters,
  };
  if (fast) return [{ ...whole, first: 0, filters }];
  const classes = scales.map((scale) => reachClass(geometry, scale));
  const circles = new Map<number, Circle>();
  const circleOf = (i: number): Circle => {
    const reach = classes[i];
    if (reach === undefined) return whole;
    const circle = circles.get(reach) ?? nearCircle(samples, length, reach);
    circles.set(reach, circle);
    return circle;
  };
  const list: Part[] = [];
  for (let first = 0, end = 0; first < filters.length; first = end) {
    while (end < filters.length && classes[end] === classes[first]) end++;
    list.push({ ...circleOf(first), first, filters: filters.slice(first, end) });
  }
  return list;
}

/**
 * How many samples a wavelet reaches to either side, rounded up to a few shares of the length, so that few circles are made. Undefined
 * if it has something beyond the Nyquist frequency, or reaches further than the signal is long; otherwise it is a filter of so many
 * samples, and needs no circle of the whole extension.
 */
function reachClass({ length, wavelet }: CwtGeometry, scale: number): number | undefined {
  if (aliases(scale, wavelet)) return undefined;
  const shares = [1 / 16, 1 / 4, 1].map((share) => Math.ceil(share * length));
  return shares.find((reach) => wavelet.reach * scale <= reach);
}

/** A circle of a fast length with the signal and what `reach` samples beside it are, from the samples of the whole circle. */
function nearCircle(samples: Float64Array, length: number, reach: number): Circle {
  const size = fastLength(length + 2 * reach);
  const fft = keptFft(size);
  const end = length + Math.ceil((size - length) / 2);
  const near = new Float64Array(size);
  for (let n = end - size, at = modulo(n, samples.length); n < end; n++, at++) {
    if (at === samples.length) at = 0;
    near[n < 0 ? n + size : n] = samples[at]!;
  }
  return { fft, signal: spectrumOn(fft, near), apply: applyFilters };
}

/** The spectrum of samples, which it overwrites. */
function spectrumOn(fft: LendingFft, samples: Float64Array): Planes {
  const spectrum = { re: samples, im: new Float64Array(samples.length) };
  fft.forward(spectrum.re, spectrum.im);
  return spectrum;
}
