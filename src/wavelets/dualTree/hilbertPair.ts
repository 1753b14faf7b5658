import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import {
  type Complex,
  convolve,
  minus,
  plus,
  rootsOf,
  solve,
  squareRoot,
  times,
} from "./polynomial.ts";

/** Two orthonormal low-pass filters whose wavelets are approximately Hilbert transforms of each other. */
export interface HilbertPair {
  readonly h: readonly number[];
  /** h delayed by half a sample, with the same magnitude at every frequency. */
  readonly g: readonly number[];
}

/** Design parameters of a Hilbert pair. Its filters have 2 (K + L) taps. */
export interface HilbertPairDesign {
  /** K: vanishing moments of the wavelets, zeros of the filters at the highest frequency. */
  readonly vanishingMoments: number;
  /** L: degree of the all-pass filter. The larger it is, the wider the band in which the delay is half a sample. With 0, g is h. */
  readonly allPassDegree: number;
  /** Which filter of this magnitude: `extremal` has all free zeros inside the unit circle, `symmetric` nearly linear phase. */
  readonly phase: "extremal" | "symmetric";
}

/**
 * A Hilbert pair by the common-factor method (Selesnick, The design of approximate Hilbert transform pairs of wavelet bases,
 * IEEE Transactions on Signal Processing 50, 2002).
 *
 * Wavelets of orthonormal filters are a Hilbert pair if and only if G(ω) = H(ω) e^(−iω/2) for |ω| < π. Both filters share a
 * common factor F,
 *
 *     H(z) = F(z) D(z),   G(z) = F(z) z^(−L) D(1/z),
 *
 * so they have the same magnitude and G/H is the all-pass filter z^(−L) D(1/z) / D(z). Thiran's D makes it maximally flat at
 * ω = 0 with a delay of half a sample. F(z) = (1 + z^(−1))^K Q(z), and Q makes both filters orthonormal: R(z) = Q(z) Q(1/z)
 * solves the linear equations
 *
 *     R(z) S(z) is half-band,   S(z) = (2 + z + 1/z)^K D(z) D(1/z),
 *
 * and Q takes one root of each pair z, 1/z of R: all inside the unit circle (`extremal`), or those for which F is most
 * symmetric (`symmetric`). Without an all-pass filter, L = 0, these are Daubechies' filters with K moments; dbK is extremal.
 *
 * Throws RangeError if K < 1, L < 0 or K + L > 10 (beyond, double precision does not give orthonormal filters).
 *
 * @example
 * ```ts
 * const { h, g } = hilbertPair({ vanishingMoments: 4, allPassDegree: 2, phase: "extremal" });
 * console.log(h.length, g.length);
 * // → 12 12
 * ```
 */
export function hilbertPair(design: HilbertPairDesign): HilbertPair {
  checkOptions(design, pairNames);
  const { vanishingMoments: K, allPassDegree: L } = design;
  const phase = checkOneOf("phase", design.phase, ["extremal", "symmetric"]);
  if (!(Number.isInteger(K) && Number.isInteger(L) && K >= 1 && L >= 0 && K + L <= mostZeros))
    throw new RangeError(
      `vanishingMoments K ≥ 1 and allPassDegree L ≥ 0 must be integers with K + L ≤ ${mostZeros}, not ${K} and ${L}`,
    );
  const d = thiran(L, 1 / 2);
  const S = convolve(power([1, 2, 1], K), convolve(d, d.toReversed()));
  const factors = rootPairs(halfBandFactor(S));
  const withZeros = (Q: readonly number[]) => convolve(power([1, 1], K), Q);
  const extremal = withZeros(product(factors.map(({ inner }) => inner)));
  const F = phase === "extremal" ? extremal : mostSymmetric(choices(factors).map(withZeros));
  const unit = (filter: readonly number[]) => {
    const sum = filter.reduce((a, b) => a + b, 0);
    return Object.freeze(filter.map((x) => (x * Math.SQRT2) / sum));
  };
  return Object.freeze({ h: unit(convolve(F, d)), g: unit(convolve(F, d.toReversed())) });
}

const mostZeros = 10;

const pairNames = optionNames<HilbertPairDesign>({
  vanishingMoments: true,
  allPassDegree: true,
  phase: true,
});

/**
 * The denominator of Thiran's all-pass filter of degree L, maximally flat about ω = 0 with a delay of τ samples:
 * d_n = (−1)^n (L over n) Π_{k<n} (τ − L + k) / (τ + 1 + k).
 */
export function thiran(L: number, tau: number): number[] {
  const d = [1];
  for (let n = 0; n < L; n++) {
    d.push((-d[n]! * ((L - n) / (n + 1)) * (tau - L + n)) / (tau + 1 + n));
  }
  return d;
}

/** R = Σ_{|k| ≤ M} r_|k| z^k, as r_0 … r_M, for which R S is 1 at z^0 and 0 at all other even powers. */
function halfBandFactor(S: readonly number[]): number[] {
  const half = (S.length - 1) / 2;
  const s = (k: number) => S[half + k] ?? 0;
  const rows = Array.from({ length: half }, (_, i) =>
    Array.from({ length: half }, (_, k) => (k === 0 ? s(2 * i) : s(2 * i - k) + s(2 * i + k))),
  );
  return solve(
    rows,
    rows.map((_, i) => (i === 0 ? 1 : 0)),
  );
}

/** All products of one factor per pair; of two products that are mirror images of each other, only one. */
function choices(pairs: readonly { inner: number[]; outer: number[] }[]): number[][] {
  return Array.from({ length: 2 ** Math.max(0, pairs.length - 1) }, (_, choice) =>
    product(pairs.map(({ inner, outer }, i) => ((choice >> i) & 1 ? outer : inner))),
  );
}

const product = (polynomials: readonly number[][]): number[] =>
  polynomials.reduce((all, next) => convolve(all, next), [1]);

/** The filter that correlates most with its mirror image, at any shift. */
function mostSymmetric(filters: readonly number[][]): number[] {
  const symmetry = (f: readonly number[]) =>
    Math.max(...convolve(f, f)) / f.reduce((sum, x) => sum + x * x, 0);
  return filters.reduce((best, next) => (symmetry(next) > symmetry(best) ? next : best));
}

/** Real factors of R with a root, or a conjugate pair of roots, inside the unit circle; and the factors of their inverses. */
function rootPairs(R: readonly number[]): { inner: number[]; outer: number[] }[] {
  // R = r_0 + 2 Σ r_k T_k(y) of y = (z + 1/z) / 2, a root of which is a pair z, 1/z.
  return rootsOf(fromChebyshev(R.map((r, k) => (k === 0 ? r : 2 * r))))
    .filter(({ re, im }) => im > -1e-9 * Math.abs(re))
    .map((y) => {
      const root = squareRoot(minus(times(y, y), { re: 1, im: 0 }));
      const [a, b] = [plus(y, root), minus(y, root)];
      const isFirst = Math.hypot(a.re, a.im) < 1;
      const isReal = Math.abs(y.im) <= 1e-9 * Math.abs(y.re);
      return {
        inner: realFactor(isFirst ? a : b, isReal),
        outer: realFactor(isFirst ? b : a, isReal),
      };
    });
}

const realFactor = ({ re, im }: Complex, isReal: boolean): number[] =>
  isReal ? [-re, 1] : [re ** 2 + im ** 2, -2 * re, 1];

/** Σ c_k T_k(y) as coefficients of powers of y. */
function fromChebyshev(c: readonly number[]): number[] {
  const sum = new Array<number>(c.length).fill(0);
  let [last, current] = [[0, 1], [1]]; // T_{−1} = T_1
  for (const x of c) {
    for (const [k, value] of current.entries()) sum[k]! += x * value;
    const next = [0, ...current.map((value) => 2 * value)];
    for (const [k, value] of last.entries()) next[k] = (next[k] ?? 0) - value;
    [last, current] = [current, next.slice(0, c.length)];
  }
  return sum;
}

const power = (polynomial: readonly number[], exponent: number): number[] =>
  Array.from({ length: exponent }).reduce<number[]>(
    (product) => convolve(product, polynomial),
    [1],
  );
