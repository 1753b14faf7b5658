import { checkLevels } from "../arguments/levels.ts";
import { add, type Laurent, monomial, multiply, norm1, spread } from "./laurent.ts";
import {
  type LiftingLike,
  type LiftingScheme,
  type LiftingStep,
  schemeOf,
} from "./liftingScheme.ts";
import { geometry } from "./lineLifting.ts";

/** The filters of a scheme: low_k = Σ_m low[m] x_{2k + m}, high_k = Σ_m high[m] x_{2k + m}. */
export interface SchemeFilters {
  readonly low: Laurent;
  readonly high: Laurent;
}

/** The analysis filters of a scheme. */
export function analysisFilters(like: LiftingLike): SchemeFilters {
  const scheme = schemeOf(like);
  const all = filtersAfterSteps(scheme);
  const { even, odd } = all.at(-1) ?? start;
  return {
    low: multiply(even, monomial(scheme.lowScale, 0)),
    high: multiply(odd, monomial(scheme.highScale, 0)),
  };
}

/** The even and the odd sample as polynomials in the signal, before the first step. */
const start = { even: monomial(1, 0), odd: monomial(1, 1) };

/** The same after each step. */
function filtersAfterSteps({ steps }: LiftingScheme): { even: Laurent; odd: Laurent }[] {
  let { even, odd } = start;
  return steps.map(({ type, first, coefficients }) => {
    const filter = spread({ first, coefficients }, 2);
    if (type === "predict") odd = add(odd, multiply(filter, even));
    else even = add(even, multiply(filter, odd));
    return { even, odd };
  });
}

/**
 * The largest M for which no signal of integers from −M to M can exceed 32 bits in `levels` levels of the integer transform,
 * of a signal or of a matrix (`dimensions` 2). Most signals of a larger range fit too; the transform throws if one does not.
 * Throws RangeError unless `levels` is an integer from 0 to 53 and `dimensions` is 1 or 2.
 *
 * @example
 * ```ts
 * console.log(integerRange("cdf5/3", 5));
 * // → 212097147
 * ```
 */
export function integerRange(scheme: LiftingLike, levels: number, dimensions: 1 | 2 = 1): number {
  checkLevels(levels);
  if (dimensions !== 1 && dimensions !== 2)
    throw new RangeError(`dimensions must be 1 or 2, not ${dimensions}`);
  const { after, low, either } = growth(schemeOf(scheme));
  const most = 2 ** 31 - 1;
  let range = most;
  const split = (entering: Bound) => {
    for (const bound of after) {
      const { gain, error } = follow(entering, bound);
      range = Math.min(range, (most - error) / gain);
    }
  };
  let bound: Bound = { gain: 1, error: 0 };
  for (let level = 0; level < levels; level++) {
    split(bound);
    if (dimensions === 2) {
      split(follow(bound, either));
      bound = follow(bound, low);
    }
    bound = follow(bound, low);
  }
  return Math.max(0, Math.floor(range));
}

/** Numbers are at most `gain` M + `error`. */
interface Bound {
  readonly gain: number;
  readonly error: number;
}

/** The bound after a step that turns inputs of at most 1 into `gain` and `error`. */
const follow = (entering: Bound, { gain, error }: Bound): Bound => ({
  gain: gain * entering.gain,
  error: gain * entering.error + error,
});

/** Bounds after each step of a level, of its low-pass coefficients, and of all coefficients. */
function growth(scheme: LiftingScheme): {
  readonly after: readonly Bound[];
  readonly low: Bound;
  readonly either: Bound;
} {
  const filters = filtersAfterSteps(scheme);
  const isSymmetric = scheme.steps.every(isSymmetricStep);
  let even: Bound = { gain: 1, error: 0 };
  let odd = even;
  const after = scheme.steps.map((step, i) => {
    const isPredict = step.type === "predict";
    const [target, source] = isPredict ? [odd, even] : [even, odd];
    const norm = norm1(step);
    const { even: ofEven, odd: ofOdd } = filters[i]!;
    // At the ends symmetric steps act as on the reflected signal, so the norm of the filter bounds them. Other steps are
    // bounded step by step.
    const gain = isSymmetric ? norm1(isPredict ? ofOdd : ofEven) : target.gain + norm * source.gain;
    const bound = { gain, error: target.error + norm * source.error + 1 };
    if (isPredict) odd = bound;
    else even = bound;
    return bound;
  });
  const either = {
    gain: Math.max(even.gain, odd.gain),
    error: Math.max(even.error, odd.error),
  };
  return { after, low: even, either };
}

/** Whether a step is symmetric about the element that it changes. */
function isSymmetricStep(step: LiftingStep): boolean {
  const { offset } = geometry(step);
  const { coefficients } = step;
  return (
    offset === 1 - coefficients.length &&
    coefficients.every((x, j) => x === coefficients.at(-1 - j))
  );
}
