import { checkOneOf } from "../arguments/checkOneOf.ts";

/**
 * One lifting step. A signal's even places are s_k = x_{2k}, its odd ones d_k = x_{2k+1}. With coefficients c_0, c_1, … a
 * `predict` step changes odd places by what even ones say, an `update` step even places by odd ones:
 *
 * - predict  `d_k += Σ_j c_j s_{k + first + j}`
 * - update   `s_k += Σ_j c_j d_{k + first + j}`
 */
export interface LiftingStep {
  readonly type: "predict" | "update";
  readonly first: number;
  readonly coefficients: readonly number[];
  /** On whole numbers a step adds `⌊Σ + rounding⌋`; 1/2, to the nearest, where nothing is said. */
  readonly rounding?: number;
}

/**
 * A wavelet as lifting steps in their order, then two factors (Sweldens, The lifting scheme, 1996). Low coefficients are
 * `lowScale s_k`, high ones `highScale d_k`; whole numbers are not multiplied.
 */
export interface LiftingScheme {
  readonly name: string;
  readonly steps: readonly LiftingStep[];
  readonly lowScale: number;
  readonly highScale: number;
}

/**
 * The names that {@link liftingScheme} knows. Numbers such as 5/3 are taps of the low and of the high analysis filter. High
 * coefficients are what a prediction leaves, so their signs may be opposite to those of the filter bank.
 *
 * - `haar`     on whole numbers the S transform: mean, rounded down, and difference
 * - `db2`      Daubechies, two vanishing moments, orthogonal
 * - `cdf5/3`   bior2.2; on whole numbers JPEG 2000's reversible transform
 * - `cdf9/3`   bior2.4, the (2, 4) of Calderbank, Daubechies, Sweldens & Yeo
 * - `cdf9/7`   bior4.4; JPEG 2000's irreversible transform, on whole numbers with each step rounded (9/7-F)
 * - `9/7-M`    interpolating, the (4, 2) of Calderbank et al.
 * - `13/7-T`   interpolating, the (4, 4) of Calderbank et al.
 */
export type LiftingName = "haar" | "db2" | "cdf5/3" | "cdf9/3" | "cdf9/7" | "9/7-M" | "13/7-T";

const predict = (first: number, ...coefficients: number[]): LiftingStep =>
  Object.freeze({ type: "predict", first, coefficients: Object.freeze(coefficients) });
const update = (first: number, ...coefficients: number[]): LiftingStep =>
  Object.freeze({ type: "update", first, coefficients: Object.freeze(coefficients) });

/** A step whose places have a neighbor on both sides: it adds `factor` times their sum. */
const fromBoth = {
  predict: (factor: number) => predict(0, factor, factor),
  update: (factor: number) => update(-1, factor, factor),
};

const root3 = Math.sqrt(3);

/** Steps and the low factor; the high factor is its inverse. */
const table: Readonly<Record<LiftingName, readonly [lowScale: number, ...LiftingStep[]]>> = {
  haar: [Math.SQRT2, predict(0, -1), Object.freeze({ ...update(0, 1 / 2), rounding: 0 })],
  // Daubechies & Sweldens (Factoring wavelet transforms into lifting steps, 1998) begin with −√3; this factoring has no
  // coefficient above 0.58.
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

/** Every name that {@link liftingScheme} knows. */
export const liftingNames: readonly LiftingName[] = Object.freeze(
  Object.keys(table) as LiftingName[],
);

/**
 * The scheme of a name, an immutable value. `liftingSteps` makes one of a filter bank. Throws RangeError for any other
 * name.
 */
export function liftingScheme(name: LiftingName): LiftingScheme {
  const [lowScale, ...steps] = table[checkOneOf("lifting scheme", name, liftingNames)];
  return Object.freeze({ name, steps: Object.freeze(steps), lowScale, highScale: 1 / lowScale });
}

/** A lifting scheme, or the name of one. */
export type LiftingLike = LiftingName | LiftingScheme;

/** The scheme itself, whichever was given. */
export const schemeOf = (like: LiftingLike): LiftingScheme =>
  typeof like === "string" ? liftingScheme(like) : like;
