import { type Pass, type Planes, pass2, pass3, pass4, pass5, passOdd } from "./passes.ts";
import { type Planes as PlanePair, planes } from "./planes.ts";
import { roots } from "./roots.ts";
import { least, simdFft } from "./simdFft.ts";

/** The discrete Fourier transform of one length, in place on two float64 arrays of this length. */
export interface Fft {
  readonly length: number;
  /** `X[k] = Σ_n x[n] e^(−2πi kn/N)`, not scaled. */
  forward(re: Float64Array, im: Float64Array): void;
  /** `x[n] = 1/N Σ_k X[k] e^(2πi kn/N)`: the inverse of {@link forward}. */
  inverse(re: Float64Array, im: Float64Array): void;
}

/** {@link Fft} of signals that can be left in working memory. */
export interface LendingFft extends Fft {
  /** {@link Fft.inverse} times the length. The result is overwritten by the next transform, of whichever length. */
  lendInverse(re: Float64Array, im: Float64Array): PlanePair;
}

/** Primes with a pass of their own. Lengths with other prime factors use Bluestein's algorithm. */
const primes = [2, 3, 5, 7] as const;

/**
 * Prepares the Fourier transform of `length` samples: Stockham's algorithm with radix 4 and the primes up to 7, and
 * Bluestein's algorithm for other prime factors. The value holds tables and working memory, so it must not be used by two
 * transforms at the same time. Throws RangeError unless the length is an integer from 1 up.
 *
 * @example
 * ```ts
 * const [re, im] = [Float64Array.of(1, 0, 0, 0), new Float64Array(4)];
 * createFft(4).forward(re, im); // in place
 * console.log(re.join(" "), im.map((x) => x + 0).join(" "));
 * // → 1 1 1 1 0 0 0 0
 * ```
 */
export function createFft(length: number): Fft {
  return createInterleavedFft(length, 1);
}

/**
 * The transforms of {@link keptFft}, the last one used in front; how many, and the longest that stay: some 30 MB of tables at most.
 * Longer ones stay until their memory is collected.
 */
const kept: { deref(): LendingFft | undefined }[] = [];
const mostKept = 4;
const longestKept = 2 ** 16;

/**
 * A transform of one signal of `length` samples, for functions that transform the same lengths again and again: its tables take longer
 * than a transform. The last few that were used are kept, long ones only as long as nothing else needs the memory.
 */
export function keptFft(length: number): LendingFft {
  const place = kept.findIndex((reference) => reference.deref()?.length === length);
  const fft = kept[place]?.deref() ?? createInterleavedFft(length, 1);
  if (place >= 0) kept.splice(place, 1);
  kept.unshift(length > longestKept ? new WeakRef(fft) : { deref: () => fft });
  kept.splice(mostKept);
  return fft;
}

/**
 * {@link createFft} for `count` signals at once, sample n of signal i at index n · count + i: the columns of a matrix. Each is
 * transformed with the same bits as alone.
 */
export function createInterleavedFft(length: number, count: number): LendingFft {
  if (!Number.isInteger(length) || length < 1)
    throw new RangeError(
      `the length of a Fourier transform must be an integer from 1 up, not ${length}`,
    );
  const radices = smoothRadices(length);
  const transform = radices ? stockham(length, count, radices) : bluestein(length, count);
  const forward = (re: Float64Array, im: Float64Array) => {
    const result = transform(re, im);
    re.set(result.re);
    im.set(result.im);
  };
  // Exchanging the planes reverses the sign of the exponent.
  return Object.freeze({
    length,
    forward,
    inverse(re: Float64Array, im: Float64Array) {
      forward(im, re);
      const scale = 1 / length;
      for (let n = 0; n < length * count; n++) {
        re[n]! *= scale;
        im[n]! *= scale;
      }
    },
    lendInverse(re: Float64Array, im: Float64Array) {
      const result = transform(im, re);
      return { re: result.im, im: result.re };
    },
  });
}

/**
 * The smallest length from `length` up without a prime factor above 5: fast to transform. Beyond 32 it is a multiple of 8, so that
 * all passes have vectors.
 */
export function fastLength(length: number): number {
  const [from, step] = length > least ? [Math.ceil(length / 8), 8] : [Math.max(1, length), 1];
  for (let n = Math.ceil(from); ; n++) {
    let rest = n;
    for (const p of [2, 3, 5]) while (rest % p === 0) rest /= p;
    if (rest === 1) return step * n;
  }
}

/** Whether a length has no prime factor above 7, which takes a transform several times as long. */
export const isFastLength = (length: number): boolean => smoothRadices(length) !== undefined;

/** A transform of what it only reads, into working memory. */
type Transform = (re: Float64Array, im: Float64Array) => PlanePair;

/** Radices whose product is `length`, fours first; undefined if a prime above 7 divides it. */
function smoothRadices(length: number): number[] | undefined {
  const radices: number[] = [];
  let rest = length;
  for (const radix of [4, ...primes]) {
    while (rest % radix === 0) {
      radices.push(radix);
      rest /= radix;
    }
  }
  return rest === 1 ? radices : undefined;
}

/**
 * Stockham's transform, which sorts while it computes: a pass of radix r turns sequences of n values that lie `stride` apart
 * into r times as many sequences of n / r. Interleaved signals are what is left after a pass, so they only begin with a larger
 * stride.
 */
function stockham(length: number, count: number, radices: readonly number[]): Transform {
  const table = roots(length, length);
  const size = length * count;
  const passes = radices.map((radix, i): Pass => {
    const turn = radices.slice(0, i).reduce((product, r) => product * r, 1);
    return { radix, stride: turn * count, turn, n: length / turn, ...table };
  });
  const plain = passes.map(plainPass);
  let own: readonly [PlanePair, PlanePair] | undefined;
  return (re, im) => {
    const vectors = simdFft(table, size);
    if (!vectors) own ??= [planes(size), planes(size)];
    const pairs = vectors?.pairs ?? own!; // made above
    pairs[0].re.set(re);
    pairs[0].im.set(im);
    passes.forEach((pass, i) => {
      const [from, to] = [(i % 2) as 0 | 1, ((i + 1) % 2) as 0 | 1]; // remainders of 2
      if (vectors?.run(pass, from)) return;
      plain[i]!(pairs[from].re, pairs[from].im, pairs[to].re, pairs[to].im);
    });
    return pairs[(passes.length % 2) as 0 | 1]; // as above
  };
}

/** A pass in plain TypeScript. */
function plainPass(pass: Pass): (...planes: Planes) => void {
  const { radix } = pass;
  if (radix === 4) return (...planes) => pass4(pass, ...planes);
  if (radix === 2) return (...planes) => pass2(pass, ...planes);
  if (radix === 3) return (...planes) => pass3(pass, ...planes);
  if (radix === 5) return (...planes) => pass5(pass, ...planes);
  const small = roots(radix, radix);
  return (...planes) => passOdd(pass, small, ...planes);
}

/** Bluestein's algorithm: kn = (k² + n² − (k − n)²) / 2 turns the transform into a convolution, computed at a fast length. */
function bluestein(length: number, count: number): Transform {
  if (count > 1) return oneByOne(bluestein(length, 1), length, count);
  const size = fastLength(2 * length - 1);
  const inner = stockham(size, 1, smoothRadices(size)!); // a fast length
  const root = roots(2 * length, 2 * length);
  const chirpRe = new Float64Array(length);
  const chirpIm = new Float64Array(length);
  const [kernelRe, kernelIm] = [new Float64Array(size), new Float64Array(size)];
  for (let n = 0, square = 0; n < length; n++) {
    chirpRe[n] = root.re[square]!;
    chirpIm[n] = root.im[square]!;
    kernelRe[n] = kernelRe[(size - n) % size] = chirpRe[n]!;
    kernelIm[n] = kernelIm[(size - n) % size] = -chirpIm[n]!;
    square = (square + 2 * n + 1) % (2 * length);
  }
  const kernel = inner(kernelRe, kernelIm);
  for (let n = 0; n < size; n++) {
    kernelRe[n] = kernel.re[n]! / size;
    kernelIm[n] = kernel.im[n]! / size;
  }
  const { re, im } = planes(size);
  return (x, y) => {
    multiply(x, y, chirpRe, chirpIm, re, im, length);
    re.fill(0, length);
    im.fill(0, length);
    const spectrum = inner(re, im);
    multiply(spectrum.re, spectrum.im, kernelRe, kernelIm, re, im, size);
    const product = inner(im, re); // exchanged planes: the inverse, times the size
    multiply(product.im, product.re, chirpRe, chirpIm, re, im, length);
    return { re: re.subarray(0, length), im: im.subarray(0, length) };
  };
}

/** A transform of interleaved signals, of each in turn. */
function oneByOne(transform: Transform, length: number, count: number): Transform {
  const one = planes(length);
  const all = planes(length * count);
  return (re, im) => {
    for (let i = 0; i < count; i++) {
      for (let n = 0; n < length; n++) {
        one.re[n] = re[n * count + i]!;
        one.im[n] = im[n * count + i]!;
      }
      const result = transform(one.re, one.im);
      for (let n = 0; n < length; n++) {
        all.re[n * count + i] = result.re[n]!;
        all.im[n * count + i] = result.im[n]!;
      }
    }
    return all;
  };
}

function multiply(
  aRe: Float64Array,
  aIm: Float64Array,
  bRe: Float64Array,
  bIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
  count: number,
): void {
  for (let n = 0; n < count; n++) {
    const re = aRe[n]! * bRe[n]! - aIm[n]! * bIm[n]!;
    toIm[n] = aRe[n]! * bIm[n]! + aIm[n]! * bRe[n]!;
    toRe[n] = re;
  }
}
