import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import {
  add,
  type Laurent,
  monomial,
  multiply,
  negate,
  norm1,
  polyphase,
  trimmed,
} from "./laurent.ts";
import type { LiftingScheme, LiftingStep } from "./liftingScheme.ts";
import { analysisFilters } from "./schemeFilters.ts";

/** The most taps of a filter. The search takes 0.2 s for 28 taps (db14), seconds for 32, and triples with two more taps. */
const mostTaps = 28;
/** The largest coefficient of a step, and the largest scale of a band: both amplify rounding errors by as much. */
const largest = 10;
/** Relative to the largest tap: smaller numbers are errors of divisions or of tables with twelve digits. */
const negligible = 1e-9;
/** Relative to the largest tap: how far the filters of the steps may be from the given filters. */
const tolerance = 1e-7;

/**
 * The lifting steps of a filter bank, by Euclid's algorithm on the even and odd parts of its low-pass filter (Daubechies &
 * Sweldens, 1998). Laurent polynomials can be divided in many ways. All are tried; the result has the smallest largest
 * coefficient, and among equals the smallest sum of magnitudes.
 *
 * The coefficients of the scheme are those of `dwt` in mode periodization, each band shifted by some integer. Throws
 * RangeError for filters with more than 28 taps, if every factoring has a coefficient above 10, and if the filters have no
 * inverse of finite length.
 *
 * @example
 * ```ts
 * const { steps } = liftingSteps("db2");
 * console.log(steps.map(({ type, coefficients }) => `${type} ${coefficients.length}`)); // taps of each step
 * // → [ 'predict 1', 'update 2', 'predict 1' ]
 * ```
 */
export function liftingSteps(wavelet: WaveletLike): LiftingScheme {
  const { name, decLo, decHi } = waveletOf(wavelet);
  const taps = trimmed({ first: 0, coefficients: decLo }).coefficients.length;
  if (taps > mostTaps)
    throw new RangeError(
      `${name} has ${taps} taps; lifting steps are computed for at most ${mostTaps}. dwt takes filters of any length`,
    );
  const low = correlation(decLo);
  const high = correlation(decHi);
  const best = bestFactoring(polyphase(low), polyphase(high), Math.max(...decLo.map(Math.abs)));
  if (best === undefined)
    throw new RangeError(
      `${name} has no lifting steps with coefficients up to ${largest}, and larger ones would lose digits; use dwt`,
    );
  const scheme = Object.freeze({ name, ...best });
  const found = analysisFilters(scheme);
  if (!isShift(found.low, low) || !isShift(found.high, high))
    throw new RangeError(`the filters of ${name} have no inverse of finite length`);
  return scheme;
}

/** A filter as a correlation around sample 2k: Σ_j taps[j] x_{2k + f/2 − j}, as in mode periodization. */
const correlation = (taps: readonly number[]): Laurent =>
  trimmed({ first: 1 - taps.length / 2, coefficients: taps.toReversed() });

type Factors = Omit<LiftingScheme, "name">;
/** The even and the odd part of a filter. */
type Halves = ReturnType<typeof polyphase>;

/**
 * Searches all divisions depth first, and abandons a branch when its coefficients are too large. Steps with coefficients of
 * 91.8 for coif1 and of thousands for coif10 have been published; with a free choice no wavelet up to 28 taps needs one
 * above 5.6.
 *
 * A `predict` step p turns the parts (e, o) into (e − p o, o), an `update` step u into (e, o − u e). At the end the low-pass
 * filter is a multiple of the even samples, and the even part of the high-pass filter is one more `predict` step.
 */
function bestFactoring(low: Halves, high: Halves, scale: number): Factors | undefined {
  let best: { factors: Factors; magnitude: number; sum: number } | undefined;
  const clean = (x: Laurent) => trimmed(x, negligible * scale);

  const finish = ({ even }: Halves, steps: readonly LiftingStep[], magnitude: number) => {
    const rest = steps.reduce(remaining, high);
    const [lowScale = 0] = even.coefficients;
    const odd = clean(rest.odd);
    const [highScale = 0] = odd.coefficients;
    if (odd.coefficients.length !== 1) return;
    const last = multiply(clean(rest.even), monomial(1 / highScale, -odd.first));
    const all = last.coefficients.length === 0 ? steps : [...steps, stepOf("predict", last)];
    const scales = [lowScale, highScale].flatMap((x) => [Math.abs(x), 1 / Math.abs(x)]);
    const most = Math.max(magnitude, magnitudeOf(last), ...scales);
    const sum = all.reduce((total, step) => total + norm1(step), 0);
    if (most > largest) return;
    // Rounding must not decide between equals.
    const isBetter =
      best === undefined ||
      most < best.magnitude * (1 - 1e-6) ||
      (most < best.magnitude * (1 + 1e-6) && sum < best.sum);
    if (!isBetter) return;
    const factors = { steps: Object.freeze(all), lowScale, highScale };
    best = { factors, magnitude: most, sum };
  };

  const search = (halves: Halves, steps: readonly LiftingStep[], magnitude: number): void => {
    const limit = Math.min(largest, best?.magnitude ?? largest) * (1 + 1e-6);
    if (magnitude > limit) return;
    const [evens, odds] = [halves.even.coefficients.length, halves.odd.coefficients.length];
    if (odds === 0) {
      if (evens === 1) finish(halves, steps, magnitude);
      return;
    }
    if (evens === 0) return;
    const types =
      evens === odds
        ? (["update", "predict"] as const)
        : ([evens > odds ? "predict" : "update"] as const);
    for (const type of types) {
      const [a, b] = type === "predict" ? [halves.even, halves.odd] : [halves.odd, halves.even];
      for (const quotient of quotients(a, b, type === "predict" && odds === 1)) {
        const step = stepOf(type, quotient);
        const next = remaining(halves, step);
        const cleaned = { even: clean(next.even), odd: clean(next.odd) };
        search(cleaned, [...steps, step], Math.max(magnitude, magnitudeOf(quotient)));
      }
    }
  };
  search({ even: clean(low.even), odd: clean(low.odd) }, [], 0);
  return best?.factors;
}

/** The parts of a filter that acts after a step, from those of the filter that includes the step. */
function remaining({ even, odd }: Halves, step: LiftingStep): Halves {
  return step.type === "predict"
    ? { even: add(even, negate(multiply(step, odd))), odd }
    : { even, odd: add(odd, negate(multiply(step, even))) };
}

/**
 * The quotients of a by b. Each eliminates some coefficients of a from its start and the others from its end, until fewer
 * than those of b are left, or one if one must stay.
 */
function quotients(a: Laurent, b: Laurent, oneMustStay: boolean): Laurent[] {
  const [m, n] = [a.coefficients.length, b.coefficients.length];
  const count = m - n + (oneMustStay ? 0 : 1);
  if (count < 1) return [];
  return Array.from({ length: count + 1 }, (_, fromBegin) => {
    const rest = [...a.coefficients];
    const terms = new Array<number>(m - n + 1).fill(0);
    const take = (term: number, tap: number) => {
      const factor = rest[term + tap]! / b.coefficients[tap]!;
      terms[term] = factor;
      for (const [j, x] of b.coefficients.entries()) rest[term + j]! -= factor * x;
    };
    for (let k = 0; k < fromBegin; k++) take(k, 0);
    for (let k = 0; k < count - fromBegin; k++) take(m - n - k, n - 1);
    return trimmed({ first: a.first - b.first, coefficients: terms });
  });
}

const magnitudeOf = ({ coefficients }: Laurent): number =>
  Math.max(0, ...coefficients.map(Math.abs));

const stepOf = (type: LiftingStep["type"], { first, coefficients }: Laurent): LiftingStep =>
  Object.freeze({ type, first, coefficients: Object.freeze(coefficients) });

/** Whether two filters agree up to a shift by an even number of samples. */
function isShift(found: Laurent, given: Laurent): boolean {
  const scale = magnitudeOf(given);
  const moved = { ...trimmed(found, tolerance * scale) };
  const target = trimmed(given, tolerance * scale);
  if ((moved.first - target.first) % 2 !== 0) return false;
  return magnitudeOf(add(negate({ ...moved, first: target.first }), target)) <= tolerance * scale;
}
