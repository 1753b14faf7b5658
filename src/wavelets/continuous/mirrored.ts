import { addFiltered, type FilterOutput } from "./circle.ts";
import type { Filter, FilterSet } from "./filters.ts";
import { type Planes, planes } from "./fourier/planes.ts";

/** Filters that make one complex signal: a complex filter, or two real filters as real and imaginary part. */
interface Group {
  readonly first: number;
  readonly second: number | undefined;
  readonly complex: boolean;
  /** 1 or −1: the output for a mirrored signal is mirrored, up to this factor and conjugation. */
  readonly mirror: number;
}

/**
 * What `applyFilters` does, for a signal that is its own mirror image about the middle of the circle (`symmetric`), in half the
 * time; an output is the first half of the circle, of which the second is the mirror image. With
 * `parity` −1 the signal is the negative of its mirror image, as the derivative of a mirrored signal is.
 *
 * Two groups of outputs A and C share one Fourier transform: half a turn of the spectrum gives A + (−1)ⁿ C, and the two
 * have opposite symmetry about the middle. So each is had from one place and its mirror image.
 */
export function* applyFiltersMirrored(
  set: FilterSet,
  spectrum: Planes,
  factor: (filter: Filter) => number,
  parity: 1 | -1 = 1,
): Generator<FilterOutput> {
  const { fft, filters } = set;
  const half = fft.length / 2;
  const gain = new Float64Array(fft.length);
  const { re, im } = planes(fft.length);
  const other = planes(half);
  for (const [one, two] of pairs(groups(filters, parity))) {
    re.fill(0);
    im.fill(0);
    addFiltered(re, im, gain, filters[one.first], spectrum, factor, false);
    addFiltered(re, im, gain, filters[one.second ?? -1], spectrum, factor, true);
    if (two) {
      addFiltered(re, im, gain, filters[two.first], spectrum, factor, false, half);
      addFiltered(re, im, gain, filters[two.second ?? -1], spectrum, factor, true, half);
    }
    const mixed = fft.lendInverse(re, im);
    if (two) unmix(mixed, other, one);
    const imaginary = mixed.im.subarray(0, half);
    // The next transform may run before the second output is asked for.
    if (one.second !== undefined) im.set(imaginary);
    const kept = one.second === undefined ? imaginary : im.subarray(0, half);
    yield* outputs(one, mixed.re.subarray(0, half), kept);
    if (two) yield* outputs(two, other.re, other.im);
  }
}

function* outputs(
  { first, second, complex }: Group,
  re: Float64Array,
  im: Float64Array,
): Generator<FilterOutput> {
  yield { filter: first, re, im: complex ? im : undefined };
  if (second !== undefined) yield { filter: second, re: im, im: undefined };
}

/** Leaves A in the first half of a mixture A + (−1)ⁿ C, and C in `other`. */
function unmix({ re, im }: Planes, other: Planes, { mirror, complex }: Group): void {
  const last = re.length - 1;
  const mirrorIm = complex ? -mirror : mirror;
  for (let n = 0, sign = 0.5; n < other.re.length; n++, sign = -sign) {
    const imageR = mirror * re[last - n]!;
    const imageI = mirrorIm * im[last - n]!;
    other.re[n] = sign * (re[n]! - imageR);
    other.im[n] = sign * (im[n]! - imageI);
    re[n] = (re[n]! + imageR) / 2;
    im[n] = (im[n]! + imageI) / 2;
  }
}

function groups(filters: readonly Filter[], parity: 1 | -1): readonly Group[] {
  const list: Group[] = [];
  let waiting: Group | undefined;
  for (const [i, { complex, turns }] of filters.entries()) {
    const mirror = turns % 2 === 0 ? parity : -parity;
    if (!complex && waiting?.mirror === mirror) {
      list.push({ ...waiting, second: i });
      waiting = undefined;
      continue;
    }
    const group = { first: i, second: undefined, complex, mirror };
    if (complex) list.push(group);
    else {
      if (waiting) list.push(waiting);
      waiting = group;
    }
  }
  return waiting ? [...list, waiting] : list;
}

/** Adjacent groups with the same symmetry, in pairs. */
function pairs(list: readonly Group[]): readonly (readonly [Group, Group | undefined])[] {
  const result: [Group, Group | undefined][] = [];
  for (const group of list) {
    const last = result.at(-1);
    const alike = last?.[0].complex === group.complex && last[0].mirror === group.mirror;
    if (last && last[1] === undefined && alike) last[1] = group;
    else result.push([group, undefined]);
  }
  return result;
}
