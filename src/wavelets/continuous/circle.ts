import type { Band, Filter, FilterSet } from "./filters.ts";
import { type Complex, quarterTurn } from "./fourier/complex.ts";
import { type Planes, planes } from "./fourier/planes.ts";

/** The output of a filter, by its place in the set, on the whole circle; the imaginary part only if the filter is complex. */
export interface FilterOutput {
  readonly filter: number;
  readonly re: Float64Array;
  readonly im: Float64Array | undefined;
}

/**
 * Filters a signal, given by its spectrum, with the conjugate of every filter times `factor`. Two real filters share one Fourier
 * transform. An output is overwritten by the next one, and by any other transform; those transforms may run
 * between two outputs.
 */
export function* applyFilters(
  { fft, filters }: FilterSet,
  spectrum: Planes,
  factor: (filter: Filter) => number,
): Generator<FilterOutput> {
  const gain = new Float64Array(fft.length);
  const { re, im } = planes(fft.length);
  for (const [first, second] of batches(filters)) {
    re.fill(0);
    im.fill(0);
    addFiltered(re, im, gain, filters[first], spectrum, factor, false);
    addFiltered(re, im, gain, filters[second ?? -1], spectrum, factor, true);
    const output = fft.lendInverse(re, im);
    if (second === undefined) {
      yield { filter: first, re: output.re, im: filters[first]?.complex ? output.im : undefined };
      continue;
    }
    im.set(output.im); // the next transform may run before it is asked for
    yield { filter: first, re: output.re, im: undefined };
    yield { filter: second, re: im, im: undefined };
  }
}

/**
 * The adjoint of {@link applyFilters}: the spectrum of the sum of all filters' outputs, each filter times `factor`, of inputs
 * that `give` writes over the whole circle.
 */
export function applyFiltersAdjoint(
  { fft, filters }: FilterSet,
  factor: (filter: Filter) => number,
  give: (filter: number, re: Float64Array, im: Float64Array | undefined) => void,
): Planes {
  const gain = new Float64Array(fft.length);
  const sum = planes(fft.length);
  const { re, im } = planes(fft.length);
  const half = planes(fft.length);
  for (const [first, second] of batches(filters)) {
    const complex = filters[first]?.complex;
    im.fill(0);
    give(first, re, complex ? im : undefined);
    if (second !== undefined) give(second, im, undefined);
    fft.forward(re, im);
    for (const [i, partner] of [
      [first, false],
      [second, true],
    ] as const) {
      const filter = i === undefined ? undefined : filters[i];
      if (!filter) continue;
      const band = filter.fill(gain);
      const unit = quarterTurn(filter.turns);
      const size = factor(filter);
      if (second !== undefined) separate(re, im, half, partner);
      const from = second === undefined ? { re, im } : half;
      addProduct(sum, { gain, band }, from, { re: size * unit.re, im: size * unit.im });
    }
  }
  return sum;
}

/** Indices of filters that share a Fourier transform: complex filters alone, real filters in pairs. */
function batches(filters: readonly Filter[]): readonly (readonly [number, number | undefined])[] {
  const places = [...filters.keys()];
  const real = places.filter((i) => !filters[i]?.complex);
  return [
    ...places.filter((i) => filters[i]?.complex).map((i) => [i, undefined] as const),
    ...real.flatMap((i, k) => (k % 2 === 0 ? [[i, real[k + 1]] as const] : [])),
  ];
}

/**
 * Adds a signal, filtered with the conjugate of a filter times `factor`, to the spectrum in `re` and `im`, shifted by `offset`,
 * divided by the length as an inverse transform needs it. The output of a `partner` is real and goes into the imaginary plane, so it
 * is multiplied by i.
 */
export function addFiltered(
  re: Float64Array,
  im: Float64Array,
  gain: Float64Array,
  filter: Filter | undefined,
  signal: Planes,
  factor: (filter: Filter) => number,
  partner: boolean,
  offset = 0,
): void {
  if (!filter) return;
  const band = filter.fill(gain);
  const unit = quarterTurn(filter.turns);
  const size = factor(filter) / gain.length;
  const [a, b] = partner ? [unit.im, unit.re] : [unit.re, -unit.im];
  addProduct({ re, im }, { gain, band }, signal, { re: size * a, im: size * b }, offset);
}

/** Adds gain · factor · signal, shifted circularly by `offset`. */
function addProduct(
  to: Planes,
  { gain, band }: { readonly gain: Float64Array; readonly band: Band },
  signal: Planes,
  factor: Complex,
  offset = 0,
): void {
  const count = gain.length;
  const add = (from: number, end: number, shift: number) => {
    if (from < end) addPart(to, gain, signal, factor, { from, end, shift });
  };
  for (const [from, end] of [
    [0, band.positive + 1],
    [count - band.negative, count],
  ] as const) {
    const turn = Math.max(from, Math.min(end, count - offset)); // from here on the end of the circle is passed
    add(from, turn, offset);
    add(turn, end, offset - count);
  }
}

function addPart(
  to: Planes,
  gain: Float64Array,
  signal: Planes,
  { re: a, im: b }: Complex,
  { from, end, shift }: { readonly from: number; readonly end: number; readonly shift: number },
): void {
  const { re: toRe, im: toIm } = to;
  const { re, im } = signal;
  for (let k = from; k < end; k++) {
    const g = gain[k]!;
    toRe[k + shift] = toRe[k + shift]! + g * (a * re[k]! - b * im[k]!);
    toIm[k + shift] = toIm[k + shift]! + g * (a * im[k]! + b * re[k]!);
  }
}

/** The spectrum of the real part (or of the imaginary part) of a signal, from the signal's spectrum. */
function separate(re: Float64Array, im: Float64Array, to: Planes, imaginary: boolean): void {
  const count = re.length;
  for (let k = 0; k < count; k++) {
    const other = k === 0 ? 0 : count - k;
    if (imaginary) {
      to.re[k] = (im[k]! + im[other]!) / 2;
      to.im[k] = (re[other]! - re[k]!) / 2;
    } else {
      to.re[k] = (re[k]! + re[other]!) / 2;
      to.im[k] = (im[k]! - im[other]!) / 2;
    }
  }
}
