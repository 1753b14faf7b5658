/** The discrete Fourier transform of one length, in place on two float64 arrays of this length. */
export interface Fft {
  readonly length: number;
  /** `X[k] = Σ_n x[n] e^(−2πi kn/N)`, not scaled. */
  forward(re: Float64Array, im: Float64Array): void;
  /** `x[n] = 1/N Σ_k X[k] e^(2πi kn/N)`: the inverse of {@link forward}. */
  inverse(re: Float64Array, im: Float64Array): void;
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
 * {@link createFft} for `count` signals at once, sample n of signal i at index n · count + i: the columns of a matrix. Each is
 * transformed with the same bits as alone.
 */
export function createInterleavedFft(length: number, count: number): Fft {
  if (!Number.isInteger(length) || length < 1)
    throw new RangeError(
      `the length of a Fourier transform must be an integer from 1 up, not ${length}`,
    );
  const radices = smoothRadices(length);
  const forward = radices ? stockham(length, count, radices) : bluestein(length, count);
  return Object.freeze({
    length,
    forward,
    inverse(re: Float64Array, im: Float64Array) {
      forward(im, re); // exchanging the arrays reverses the sign of the exponent
      const scale = 1 / length;
      for (let n = 0; n < length * count; n++) {
        re[n]! *= scale;
        im[n]! *= scale;
      }
    },
  });
}

/** The smallest length from `length` up without a prime factor above 5: fast to transform. */
export function fastLength(length: number): number {
  for (let n = Math.max(1, Math.ceil(length)); ; n++) {
    let rest = n;
    for (const p of [2, 3, 5]) while (rest % p === 0) rest /= p;
    if (rest === 1) return n;
  }
}

/** A transform in place. */
type Transform = (re: Float64Array, im: Float64Array) => void;

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

/** e^(−2πi k/n) for k = 0 … count − 1, each from an angle within an eighth of a turn, for full precision. */
function roots(n: number, count: number): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const quarters = Math.round((4 * (k % n)) / n);
    const angle = (2 * Math.PI * ((k % n) - (quarters * n) / 4)) / n;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    const quarter = quarters % 4;
    const swapped = quarter % 2 === 1;
    re[k] = (quarter === 1 || quarter === 2 ? -1 : 1) * (swapped ? s : c);
    im[k] = (quarter === 3 ? 1 : quarter === 2 ? 1 : -1) * (swapped ? c : s);
  }
  return { re, im };
}

/**
 * Stockham's transform, which sorts while it computes: a pass of radix r turns sequences of n values that lie `stride` apart
 * into r times as many sequences of n / r. Interleaved signals are what is left after a pass, so they only begin with a larger
 * stride.
 */
function stockham(length: number, count: number, radices: readonly number[]): Transform {
  const table = roots(length, length);
  const [workRe, workIm] = [new Float64Array(length * count), new Float64Array(length * count)];
  const passes = radices.map((radix, i) => {
    const turn = radices.slice(0, i).reduce((product, r) => product * r, 1);
    const of = { radix, stride: turn * count, turn, n: length / turn, re: table.re, im: table.im };
    if (radix === 4) return (...planes: Planes) => pass4(of, ...planes);
    if (radix === 2) return (...planes: Planes) => pass2(of, ...planes);
    if (radix === 3) return (...planes: Planes) => pass3(of, ...planes);
    if (radix === 5) return (...planes: Planes) => pass5(of, ...planes);
    const small = roots(radix, radix);
    return (...planes: Planes) => passOdd(of, small, ...planes);
  });
  return (re, im) => {
    let [fromRe, fromIm, toRe, toIm]: Planes = [re, im, workRe, workIm];
    for (const pass of passes) {
      pass(fromRe, fromIm, toRe, toIm);
      [fromRe, fromIm, toRe, toIm] = [toRe, toIm, fromRe, fromIm];
    }
    if (fromRe !== re) {
      re.set(fromRe);
      im.set(fromIm);
    }
  };
}

type Planes = [fromRe: Float64Array, fromIm: Float64Array, toRe: Float64Array, toIm: Float64Array];

/** One pass: sequences of `n` values, `stride` apart; the roots of unity of the whole length, of which each `turn`th is one of n. */
interface Pass {
  readonly radix: number;
  readonly stride: number;
  readonly turn: number;
  readonly n: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function pass4({ stride, turn, n, re, im }: Pass, ...[xr, xi, yr, yi]: Planes): void {
  const quarter = n / 4;
  const hop = stride * quarter;
  for (let p = 0; p < quarter; p++) {
    const w1r = re[p * turn]!;
    const w1i = im[p * turn]!;
    const w2r = re[2 * p * turn]!;
    const w2i = im[2 * p * turn]!;
    const w3r = re[3 * p * turn]!;
    const w3i = im[3 * p * turn]!;
    let y = 4 * stride * p;
    for (let a = stride * p, end = a + stride; a < end; a++, y++) {
      const c = a + 2 * hop;
      const sumR = xr[a]! + xr[c]!;
      const sumI = xi[a]! + xi[c]!;
      const differenceR = xr[a]! - xr[c]!;
      const differenceI = xi[a]! - xi[c]!;
      const b = a + hop;
      const d = c + hop;
      const oddSumR = xr[b]! + xr[d]!;
      const oddSumI = xi[b]! + xi[d]!;
      const oddR = xr[b]! - xr[d]!;
      const oddI = xi[b]! - xi[d]!;
      yr[y] = sumR + oddSumR;
      yi[y] = sumI + oddSumI;
      const r1 = differenceR + oddI;
      const i1 = differenceI - oddR;
      yr[y + stride] = r1 * w1r - i1 * w1i;
      yi[y + stride] = r1 * w1i + i1 * w1r;
      const r2 = sumR - oddSumR;
      const i2 = sumI - oddSumI;
      yr[y + 2 * stride] = r2 * w2r - i2 * w2i;
      yi[y + 2 * stride] = r2 * w2i + i2 * w2r;
      const r3 = differenceR - oddI;
      const i3 = differenceI + oddR;
      yr[y + 3 * stride] = r3 * w3r - i3 * w3i;
      yi[y + 3 * stride] = r3 * w3i + i3 * w3r;
    }
  }
}

function pass2({ stride, turn, n, re, im }: Pass, ...[xr, xi, yr, yi]: Planes): void {
  const half = n / 2;
  const hop = stride * half;
  for (let p = 0; p < half; p++) {
    const wr = re[p * turn]!;
    const wi = im[p * turn]!;
    let y = 2 * stride * p;
    for (let a = stride * p, end = a + stride; a < end; a++, y++) {
      const r = xr[a]! - xr[a + hop]!;
      const i = xi[a]! - xi[a + hop]!;
      yr[y] = xr[a]! + xr[a + hop]!;
      yi[y] = xi[a]! + xi[a + hop]!;
      yr[y + stride] = r * wr - i * wi;
      yi[y + stride] = r * wi + i * wr;
    }
  }
}

function pass3({ stride, turn, n, re, im }: Pass, ...[xr, xi, yr, yi]: Planes): void {
  const third = n / 3;
  const hop = stride * third;
  const sine = Math.sqrt(0.75);
  for (let p = 0; p < third; p++) {
    const w1r = re[p * turn]!;
    const w1i = im[p * turn]!;
    const w2r = re[2 * p * turn]!;
    const w2i = im[2 * p * turn]!;
    let y = 3 * stride * p;
    for (let a = stride * p, end = a + stride; a < end; a++, y++) {
      const b = a + hop;
      const c = b + hop;
      const sumR = xr[b]! + xr[c]!;
      const sumI = xi[b]! + xi[c]!;
      const differenceR = sine * (xr[b]! - xr[c]!);
      const differenceI = sine * (xi[b]! - xi[c]!);
      const middleR = xr[a]! - 0.5 * sumR;
      const middleI = xi[a]! - 0.5 * sumI;
      yr[y] = xr[a]! + sumR;
      yi[y] = xi[a]! + sumI;
      const r1 = middleR + differenceI;
      const i1 = middleI - differenceR;
      yr[y + stride] = r1 * w1r - i1 * w1i;
      yi[y + stride] = r1 * w1i + i1 * w1r;
      const r2 = middleR - differenceI;
      const i2 = middleI + differenceR;
      yr[y + 2 * stride] = r2 * w2r - i2 * w2i;
      yi[y + 2 * stride] = r2 * w2i + i2 * w2r;
    }
  }
}

const [cos72, cos144] = [(Math.sqrt(5) - 1) / 4, (-Math.sqrt(5) - 1) / 4] as const;
const [sin72, sin144] = [Math.sqrt(1 - cos72 ** 2), Math.sqrt(1 - cos144 ** 2)] as const;

function pass5({ stride, turn, n, re, im }: Pass, ...[xr, xi, yr, yi]: Planes): void {
  const fifth = n / 5;
  const hop = stride * fifth;
  for (let p = 0; p < fifth; p++) {
    const w1r = re[p * turn]!;
    const w1i = im[p * turn]!;
    const w2r = re[2 * p * turn]!;
    const w2i = im[2 * p * turn]!;
    const w3r = re[3 * p * turn]!;
    const w3i = im[3 * p * turn]!;
    const w4r = re[4 * p * turn]!;
    const w4i = im[4 * p * turn]!;
    let y = 5 * stride * p;
    for (let a = stride * p, end = a + stride; a < end; a++, y++) {
      const b = a + hop;
      const c = b + hop;
      const d = c + hop;
      const e = d + hop;
      const outerR = xr[b]! + xr[e]!;
      const outerI = xi[b]! + xi[e]!;
      const innerR = xr[c]! + xr[d]!;
      const innerI = xi[c]! + xi[d]!;
      const outR = xr[b]! - xr[e]!;
      const outI = xi[b]! - xi[e]!;
      const inR = xr[c]! - xr[d]!;
      const inI = xi[c]! - xi[d]!;
      yr[y] = xr[a]! + outerR + innerR;
      yi[y] = xi[a]! + outerI + innerI;
      const even1R = xr[a]! + cos72 * outerR + cos144 * innerR;
      const even1I = xi[a]! + cos72 * outerI + cos144 * innerI;
      const even2R = xr[a]! + cos144 * outerR + cos72 * innerR;
      const even2I = xi[a]! + cos144 * outerI + cos72 * innerI;
      const odd1R = sin72 * outI + sin144 * inI;
      const odd1I = sin72 * outR + sin144 * inR;
      const odd2R = sin144 * outI - sin72 * inI;
      const odd2I = sin144 * outR - sin72 * inR;
      const r1 = even1R + odd1R;
      const i1 = even1I - odd1I;
      yr[y + stride] = r1 * w1r - i1 * w1i;
      yi[y + stride] = r1 * w1i + i1 * w1r;
      const r2 = even2R + odd2R;
      const i2 = even2I - odd2I;
      yr[y + 2 * stride] = r2 * w2r - i2 * w2i;
      yi[y + 2 * stride] = r2 * w2i + i2 * w2r;
      const r3 = even2R - odd2R;
      const i3 = even2I + odd2I;
      yr[y + 3 * stride] = r3 * w3r - i3 * w3i;
      yi[y + 3 * stride] = r3 * w3i + i3 * w3r;
      const r4 = even1R - odd1R;
      const i4 = even1I + odd1I;
      yr[y + 4 * stride] = r4 * w4r - i4 * w4i;
      yi[y + 4 * stride] = r4 * w4i + i4 * w4r;
    }
  }
}

/** An odd radix, by its definition with values paired: `x[v] ± x[r − v]` meet cosines and sines alone. */
function passOdd(
  { radix, stride, turn, n, re, im }: Pass,
  small: { re: Float64Array; im: Float64Array },
  ...[xr, xi, yr, yi]: Planes
): void {
  const part = n / radix;
  const hop = stride * part;
  const pairs = (radix - 1) / 2;
  const [plusR, plusI] = [new Float64Array(pairs), new Float64Array(pairs)];
  const [minusR, minusI] = [new Float64Array(pairs), new Float64Array(pairs)];
  for (let p = 0; p < part; p++) {
    for (let q = 0; q < stride; q++) {
      const a = q + stride * p;
      const aR = xr[a]!;
      const aI = xi[a]!;
      let totalR = aR;
      let totalI = aI;
      for (let v = 0, b = a + hop, c = a + (radix - 1) * hop; v < pairs; v++, b += hop, c -= hop) {
        plusR[v] = xr[b]! + xr[c]!;
        plusI[v] = xi[b]! + xi[c]!;
        minusR[v] = xr[b]! - xr[c]!;
        minusI[v] = xi[b]! - xi[c]!;
        totalR += plusR[v]!;
        totalI += plusI[v]!;
      }
      const y = q + stride * radix * p;
      yr[y] = totalR;
      yi[y] = totalI;
      for (let u = 1; u <= pairs; u++) {
        let evenR = aR;
        let evenI = aI;
        let oddR = 0;
        let oddI = 0;
        for (let v = 0, root = u; v < pairs; v++) {
          const c = small.re[root]!;
          const s = small.im[root]!;
          evenR += plusR[v]! * c;
          evenI += plusI[v]! * c;
          oddR -= minusI[v]! * s;
          oddI += minusR[v]! * s;
          root += u;
          if (root >= radix) root -= radix;
        }
        turned(evenR + oddR, evenI + oddI, re, im, u * p * turn, yr, yi, y + u * stride);
        const w = radix - u;
        turned(evenR - oddR, evenI - oddI, re, im, w * p * turn, yr, yi, y + w * stride);
      }
    }
  }
}

/** `to[y] = (r + i·j) · root[k]`. */
function turned(
  r: number,
  i: number,
  re: Float64Array,
  im: Float64Array,
  k: number,
  toRe: Float64Array,
  toIm: Float64Array,
  y: number,
): void {
  const wr = re[k]!;
  const wi = im[k]!;
  toRe[y] = r * wr - i * wi;
  toIm[y] = r * wi + i * wr;
}

/** Bluestein's algorithm: kn = (k² + n² − (k − n)²) / 2 turns the transform into a convolution, computed at a fast length. */
function bluestein(length: number, count: number): Transform {
  if (count > 1) return oneByOne(bluestein(length, 1), length, count);
  const size = fastLength(2 * length - 1);
  const inner = createFft(size);
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
  inner.forward(kernelRe, kernelIm);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  return (x, y) => {
    re.fill(0);
    im.fill(0);
    multiply(x, y, chirpRe, chirpIm, re, im, length);
    inner.forward(re, im);
    multiply(re, im, kernelRe, kernelIm, re, im, size);
    inner.inverse(re, im);
    multiply(re, im, chirpRe, chirpIm, x, y, length);
  };
}

/** A transform of interleaved signals, of each in turn. */
function oneByOne(transform: Transform, length: number, count: number): Transform {
  const [x, y] = [new Float64Array(length), new Float64Array(length)];
  return (re, im) => {
    for (let i = 0; i < count; i++) {
      for (let n = 0; n < length; n++) {
        x[n] = re[n * count + i]!;
        y[n] = im[n * count + i]!;
      }
      transform(x, y);
      for (let n = 0; n < length; n++) {
        re[n * count + i] = x[n]!;
        im[n * count + i] = y[n]!;
      }
    }
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
