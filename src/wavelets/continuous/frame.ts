import { applyFilters, applyFiltersAdjoint } from "./circle.ts";
import { crop, place } from "./cwtMode.ts";
import type { Filter, FilterSet } from "./filters.ts";
import { type Planes, planes } from "./fourier/planes.ts";

/** Where the frame answers less than this share of its most, a frequency counts as not covered by the scales. */
const uncovered = 1e-6;
/** The share of the right side that {@link solvePlaced} may leave, and the most steps it takes. */
const enough = 1e-13;
const mostSteps = 60;

/** m(ω) at the frequencies of the circle, the mean of ω's and −ω's; 0 where the filters cover too little. */
export function frameMultiplier({ fft, filters }: FilterSet): Float64Array {
  const multiplier = new Float64Array(fft.length);
  const gain = new Float64Array(fft.length);
  for (const { weight, fill } of filters) {
    fill(gain);
    for (let k = 0; k < gain.length; k++) {
      const one = gain[k]!; // k is a place of the circle
      const other = gain[k === 0 ? 0 : gain.length - k]!; // so is this
      multiplier[k]! += (weight * (one * one + other * other)) / 2;
    }
  }
  const least = uncovered * multiplier.reduce((most, value) => Math.max(most, value), 0);
  return multiplier.map((value) => (value > least ? value : 0));
}

/** Divides a spectrum by a multiplier; where that is 0, the spectrum becomes 0. */
export function divide({ re, im }: Planes, by: Float64Array): void {
  for (let k = 0; k < by.length; k++) {
    const inverse = by[k]! > 0 ? 1 / by[k]! : 0; // planes and divisor have one length
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
 * Solves A'A x = `right`, A the weighted filters of a signal followed by zeros, seen at the signal's own samples alone:
 * conjugate gradients, preconditioned by what would be the answer if all of the circle were seen.
 */
export function solvePlaced(set: FilterSet, right: Float64Array): Float64Array {
  const length = right.length;
  const multiplier = frameMultiplier(set);
  const precondition = (r: Float64Array): Float64Array => {
    const spectrum = spectrumOf(set, r);
    divide(spectrum, multiplier);
    return samplesOf(set, spectrum, length);
  };
  const x = new Float64Array(length);
  const r = right.slice();
  let z = precondition(r);
  const p = z.slice();
  let product = dot(r, z);
  const target = enough ** 2 * product;
  for (let step = 0; step < mostSteps && product > target; step++) {
    const image = seenAgain(set, p);
    const along = product / dot(p, image);
    for (let n = 0; n < length; n++) {
      x[n]! += along * p[n]!; // all of one length
      r[n]! -= along * image[n]!;
    }
    z = precondition(r);
    const next = dot(r, z);
    for (let n = 0; n < length; n++) p[n] = z[n]! + (next / product) * p[n]!; // as above
    product = next;
  }
  return x;
}

/** A'A x. */
function seenAgain(set: FilterSet, x: Float64Array): Float64Array {
  const rows: { readonly re: Float64Array; readonly im: Float64Array | undefined }[] = [];
  const rootWeight = ({ weight }: Filter) => Math.sqrt(weight);
  applyFilters(set, spectrumOf(set, x), rootWeight, (i, re, im) => {
    rows[i] = { re: re.slice(0, x.length), im: im?.slice(0, x.length) };
  });
  const sum = applyFiltersAdjoint(set, rootWeight, (i, re, im) => {
    const row = rows[i]!; // applyFilters shows every filter
    place(row.re, re);
    if (im && row.im) place(row.im, im);
  });
  return samplesOf(set, sum, x.length);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0); // of one length
}
