import { applyFilters, applyFiltersAdjoint } from "./circle.ts";
import { crop, place } from "./cwtMode.ts";
import type { Filter, FilterSet } from "./filters.ts";
import { type Planes, planes } from "./fourier/planes.ts";

/** A frequency counts as not covered by the scales where the frame multiplier is below this share of its maximum. */
const uncovered = 1e-6;
/** The relative residual at which {@link solvePlaced} stops, the most steps, and the residual that it must reach in them. */
const enough = 1e-13;
const mostSteps = 60;
const acceptable = 1e-3;
/**
 * The preconditioner of {@link solvePlaced} divides by at least this share of the largest multiplier. Smaller divisors let
 * frequencies that the scales hardly cover dominate the first steps, and the solution then grows instead of converging.
 */
const leastDivisor = 0.01;

/** m(ω) at the frequencies of the circle, averaged over ω and −ω; 0 where the filters cover too little. */
export function frameMultiplier({ fft, filters }: FilterSet): Float64Array {
  const multiplier = new Float64Array(fft.length);
  const gain = new Float64Array(fft.length);
  for (const { weight, fill } of filters) {
    fill(gain);
    for (let k = 0; k < gain.length; k++) {
      const one = gain[k]!;
      const other = gain[k === 0 ? 0 : gain.length - k]!;
      multiplier[k]! += (weight * (one * one + other * other)) / 2;
    }
  }
  const least = uncovered * multiplier.reduce((most, value) => Math.max(most, value), 0);
  return multiplier.map((value) => (value > least ? value : 0));
}

/** Divides a spectrum by a multiplier; where that is 0, the spectrum becomes 0. */
export function divide({ re, im }: Planes, by: Float64Array): void {
  for (let k = 0; k < by.length; k++) {
    const inverse = by[k]! > 0 ? 1 / by[k]! : 0;
    re[k]! *= inverse;
    im[k]! *= inverse;
  }
}

/** The spectrum of a signal followed by zeros. */
export function spectrumOf({ fft }: FilterSet, signal: Float64Array): Planes {
  const spectrum = planes(fft.length);
  place(signal, spectrum.re);
  fft.forward(spectrum.re, spectrum.im);
  return spectrum;
}

/** The first `length` samples, real parts, of a spectrum; the spectrum is used up. */
export function samplesOf({ fft }: FilterSet, spectrum: Planes, length: number): Float64Array {
  fft.inverse(spectrum.re, spectrum.im);
  const signal = new Float64Array(length);
  crop(spectrum.re, signal);
  return signal;
}

/** The first samples of a spectrum divided by the {@link frameMultiplier}. */
export function divided(set: FilterSet, spectrum: Planes, length: number): Float64Array {
  divide(spectrum, frameMultiplier(set));
  return samplesOf(set, spectrum, length);
}

/**
 * Solves A'A x = `right`, where A applies the weighted filters to a signal followed by zeros and keeps only the signal's own
 * samples. The method is conjugate gradients; the preconditioner is the inverse for outputs that are known on the whole circle.
 * Throws RangeError if it does not converge.
 */
export function solvePlaced(set: FilterSet, right: Float64Array): Float64Array {
  const length = right.length;
  const multiplier = frameMultiplier(set);
  const largest = multiplier.reduce((most, value) => Math.max(most, value), 0);
  const divisor = multiplier.map((value) => Math.max(value, leastDivisor * largest));
  const precondition = (r: Float64Array): Float64Array => {
    const spectrum = spectrumOf(set, r);
    divide(spectrum, divisor);
    return samplesOf(set, spectrum, length);
  };
  const x = new Float64Array(length);
  const r = right.slice();
  let z = precondition(r);
  const p = z.slice();
  let product = dot(r, z);
  const start = product;
  const target = enough ** 2 * product;
  for (let step = 0; step < mostSteps && product > target; step++) {
    const image = seenAgain(set, p);
    const along = product / dot(p, image);
    for (let n = 0; n < length; n++) {
      x[n]! += along * p[n]!;
      r[n]! -= along * image[n]!;
    }
    z = precondition(r);
    const next = dot(r, z);
    for (let n = 0; n < length; n++) p[n] = z[n]! + (next / product) * p[n]!;
    product = next;
  }
  if (!(product <= acceptable ** 2 * start))
    throw new RangeError(
      "the inverse in mode zero did not converge: the scales cover too little of the spectrum",
    );
  return x;
}

/** A'A x. */
function seenAgain(set: FilterSet, x: Float64Array): Float64Array {
  const rows: { readonly re: Float64Array; readonly im: Float64Array | undefined }[] = [];
  const rootWeight = ({ weight }: Filter) => Math.sqrt(weight);
  for (const { filter, re, im } of applyFilters(set, spectrumOf(set, x), rootWeight))
    rows[filter] = { re: re.slice(0, x.length), im: im?.slice(0, x.length) };
  const sum = applyFiltersAdjoint(set, rootWeight, (i, re, im) => {
    const row = rows[i]!;
    place(row.re, re);
    if (im && row.im) place(row.im, im);
  });
  return samplesOf(set, sum, x.length);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
