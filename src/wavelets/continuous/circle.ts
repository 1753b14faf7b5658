import type { Filter, FilterSet } from "./filters.ts";
import { quarterTurn } from "./fourier/complex.ts";
import { type Planes, planes } from "./fourier/planes.ts";

/** The output or input of a filter on the whole circle; the imaginary part only if the filter is complex. */
type Line = (filter: number, re: Float64Array, im: Float64Array | undefined) => void;

/**
 * Filters a signal, given by its spectrum, with the conjugate of every filter times `factor`, and passes the outputs to
 * `take`. Two real filters share one Fourier transform.
 */
export function applyFilters(
  { fft, filters }: FilterSet,
  spectrum: Planes,
  factor: (filter: Filter) => number,
  take: Line,
): void {
  const gain = new Float64Array(fft.length);
  const { re, im } = planes(fft.length);
  for (const [first, second] of batches(filters)) {
    re.fill(0);
    im.fill(0);
    addFiltered(re, im, gain, filters[first], spectrum, factor, false);
    addFiltered(re, im, gain, filters[second ?? -1], spectrum, factor, true);
    fft.inverse(re, im);
    const complex = filters[first]?.complex;
    take(first, re, complex ? im : undefined);
    if (second !== undefined) take(second, im, undefined);
  }
}

/**
 * The adjoint of {@link applyFilters}: the spectrum of the sum of all filters' outputs, each filter times `factor`, of inputs
 * that `give` writes over the whole circle.
 */
export function applyFiltersAdjoint(
  { fft, filters }: FilterSet,
  factor: (filter: Filter) => number,
  give: Line,
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
      filter.fill(gain);
      const unit = quarterTurn(filter.turns);
      const size = factor(filter);
      if (second === undefined) {
        addProduct(sum.re, sum.im, gain, re, im, size * unit.re, size * unit.im);
      } else {
        separate(re, im, half, partner);
        addProduct(sum.re, sum.im, gain, half.re, half.im, size * unit.re, size * unit.im);
      }
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
 * Adds a signal, filtered with the conjugate of a filter times `factor`, to the spectrum in `re` and `im`, shifted by `offset`.
 * The output of a `partner` is real and goes into the imaginary plane, so it is multiplied by i.
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
  filter.fill(gain);
  const unit = quarterTurn(filter.turns);
  const size = factor(filter);
  const [a, b] = partner ? [unit.im, unit.re] : [unit.re, -unit.im];
  addProduct(re, im, gain, signal.re, signal.im, size * a, size * b, offset);
}

/** Adds gain · (a + ib) · (x + iy), shifted circularly by `offset`. */
function addProduct(
  re: Float64Array,
  im: Float64Array,
  gain: Float64Array,
  x: Float64Array,
  y: Float64Array,
  a: number,
  b: number,
  offset = 0,
): void {
  const count = gain.length;
  for (let k = 0; k < count; k++) {
    const g = gain[k]!;
    if (g === 0) continue;
    const to = k + offset < count ? k + offset : k + offset - count;
    re[to]! += g * (a * x[k]! - b * y[k]!);
    im[to]! += g * (a * y[k]! + b * x[k]!);
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
