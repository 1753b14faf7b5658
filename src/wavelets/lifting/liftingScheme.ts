import { checkOneOf } from "../arguments/checkOneOf.ts";
import { describe } from "../arguments/describe.ts";

/**
 * One lifting step. The even samples of a signal are s_k = x_{2k}, the odd ones d_k = x_{2k+1}. With coefficients
 * c_0, c_1, … a `predict` step changes the odd samples by the even ones, an `update` step the even samples by the odd ones:
 *
 * - predict  `d_k += Σ_j c_j s_{k + first + j}`
 * - update   `s_k += Σ_j c_j d_{k + first + j}`
 */
export interface LiftingStep {
  readonly type: "predict" | "update";
  readonly first: number;
  readonly coefficients: readonly number[];
  /** For integers a step adds `⌊Σ + rounding⌋`. 1/2 by default: rounds to nearest. */
  readonly rounding?: number;
}

/**
 * A wavelet as a sequence of lifting steps and two factors (Sweldens, The lifting scheme, 1996). Low-pass coefficients are
 * `lowScale s_k`, high-pass ones `highScale d_k`. Integers are not multiplied by the factors.
 */
export interface LiftingScheme {
  readonly name: string;
  readonly steps: readonly LiftingStep[];
  readonly lowScale: number;
  readonly highScale: number;
}

/**
 * The names of lifting schemes. Numbers such as 5/3 are the numbers of taps of the low-pass and the high-pass analysis
 * filter. High-pass coefficients are prediction errors, so their signs can be opposite to those of the filter bank.
 *
 * - `haar`     for integers the S transform: mean, rounded down, and difference
 * - `db2`      Daubechies, two vanishing moments, orthogonal
 * - `cdf5/3`   bior2.2; for integers JPEG 2000's reversible transform
 * - `cdf9/3`   bior2.4, the (2, 4) of Calderbank, Daubechies, Sweldens & Yeo
 * - `cdf9/7`   bior4.4; JPEG 2000's irreversible transform, for integers with each step rounded (9/7-F)
 * - `9/7-M`    interpolating, the (4, 2) of Calderbank et al.
 * - `13/7-T`   interpolating, the (4, 4) of Calderbank et al.
 */
export type LiftingName = "haar" | "db2" | "cdf5/3" | "cdf9/3" | "cdf9/7" | "9/7-M" | "13/7-T";

const predict = (first: number, ...coefficients: number[]): LiftingStep =>
  Object.freeze({ type: "predict", first, coefficients: Object.freeze(coefficients) });
const update = (first: number, ...coefficients: number[]): LiftingStep =>
  Object.freeze({ type: "update", first, coefficients: Object.freeze(coefficients) });

/** A step that adds `factor` times the sum of the neighbors on both sides. */
const fromBoth = {
  predict: (factor: number) => predict(0, factor, factor),
  update: (factor: number) => update(-1, factor, factor),
};

const root3 = Math.sqrt(3);

/** Steps and the low factor; the high factor is its inverse. */
const table: Readonly<Record<LiftingName, readonly [lowScale: number, ...LiftingStep[]]>> = {
  haar: [Math.SQRT2, predict(0, -1), Object.freeze({ ...update(0, 1 / 2), rounding: 0 })],
  // Daubechies & Sweldens (Factoring wavelet transforms into lifting steps, 1998) start with −√3; no coefficient of this
  // factoring exceeds 0.58.
  db2: [
    (root3 + 1) / Math.sqrt(6),
    predict(1, -1 / root3),
    update(-1, root3 / 4, (6 - 3 * root3) / 4),
    predict(0, -1 / 3),
  ],
  "cdf5/3": [Math.SQRT2, fromBoth.predict(-1 / 2), fromBoth.update(1 / 4)],
  "cdf9/3": [Math.SQRT2, fromBoth.predict(-1 / 2), update(-2, -3 / 64, 19 / 64, 19 / 64, -3 / 64)],
  // Daubechies & Sweldens.
  "cdf9/7": [
    1.149604398860241,
    fromBoth.predict(-1.586134342059924),
    fromBoth.update(-0.052980118572961),
    fromBoth.predict(0.882911075530934),
    fromBoth.update(0.443506852043971),
  ],
  "9/7-M": [Math.SQRT2, predict(-1, 1 / 16, -9 / 16, -9 / 16, 1 / 16), fromBoth.update(1 / 4)],
  "13/7-T": [
    Math.SQRT2,
    predict(-1, 1 / 16, -9 / 16, -9 / 16, 1 / 16),
    update(-2, -1 / 32, 9 / 32, 9 / 32, -1 / 32),
  ],
};

/** All names of {@link liftingScheme}. */
export const liftingNames: readonly LiftingName[] = Object.freeze(
  Object.keys(table) as LiftingName[],
);

/**
 * The lifting scheme of a name: an immutable value. `liftingSteps` computes one from a filter bank. Throws RangeError for
 * any other name.
 *
 * @example
 * ```ts
 * console.log(liftingScheme("cdf5/3").steps.map(({ type, coefficients }) => `${type} ${coefficients}`));
 * // → [ 'predict -0.5,-0.5', 'update 0.25,0.25' ]
 * ```
 */
export function liftingScheme(name: LiftingName): LiftingScheme {
  const [lowScale, ...steps] = table[checkOneOf("lifting scheme", name, liftingNames)];
  return Object.freeze({ name, steps: Object.freeze(steps), lowScale, highScale: 1 / lowScale });
}

/** A lifting scheme, or the name of one. */
export type LiftingLike = LiftingName | LiftingScheme;

/** The scheme that is given, or the scheme of a name. Throws TypeError for anything else. */
export function schemeOf(like: LiftingLike): LiftingScheme {
  if (typeof like === "string") return liftingScheme(like);
  if (typeof like !== "object" || like === null || !Array.isArray(like.steps))
    throw new TypeError(
      `the scheme must be a name such as "cdf5/3" or a LiftingScheme, not ${describe(like)}`,
    );
  return like;
}
