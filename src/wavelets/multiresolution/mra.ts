import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import {
  checkFloats,
  checkSignal,
  type FloatArray,
  ofKind,
  zerosLike,
} from "../arrays/floatArray.ts";
import {
  type Wavedec,
  wavedec,
  wavedecAdjoint,
  waverec,
  waverecAdjoint,
} from "../discrete/wavedec.ts";
import type { Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { iswt, iswtAdjoint, swt, swtAdjoint } from "../undecimated/swt.ts";

/** Options of a multiresolution analysis. */
export interface MraOptions {
  /**
   * `swt` (default): parts that shift with the signal, which is extended periodically. `dwt`: the projections on the
   * spaces of the decimated transform.
   */
  readonly transform?: "swt" | "dwt";
  /** Number of levels; the same default as `swt` or `wavedec`. */
  readonly levels?: number;
  /** Boundary mode of `dwt`; `periodization` by default, as in PyWavelets. `swt` takes no other. */
  readonly mode?: Mode;
}

/** A signal as a sum of parts, one per scale. */
export interface Mra<A extends FloatArray = FloatArray> {
  /** `[A_n, D_n, …, D_1]`, coarsest first, each as long as the signal. */
  readonly components: readonly A[];
  readonly transform: "swt" | "dwt";
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

const mraOptions = optionNames<MraOptions>({ transform: true, levels: true, mode: true });

/**
 * Multiresolution analysis: the part of the signal that each band of its transform makes on its own. The parts add up to
 * the signal and stay aligned with it; their energies need not add up. The values are PyWavelets', but any length is
 * allowed. Throws as `swt` and `wavedec` do, and RangeError for `swt` in another mode than periodization.
 *
 * @example
 * ```ts
 * const { components } = mra(Float64Array.of(1, 2, 3, 4), "haar", { levels: 1 }); // smooth part, detail
 * console.log(components[0].map((x, i) => Math.round(x + components[1][i])));
 * // → Float64Array(4) [ 1, 2, 3, 4 ]
 * ```
 */
export function mra<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  options: MraOptions = {},
): Mra<A> {
  checkSignal(data);
  const wavelet = waveletOf(like);
  const { transform, mode, levels } = resolveMraOptions(options);
  const rest = { transform, mode, wavelet };
  if (transform === "dwt") {
    const whole = wavedec(data, wavelet, { mode, ...levels });
    const bands = whole.coefficients;
    const alone = (band: A, i: number) => bands.map((other, j) => (i === j ? band : zeros(other)));
    const part = (band: A, i: number) => waverec({ ...whole, coefficients: alone(band, i) });
    return { ...rest, components: bands.map(part) };
  }
  const whole = swt(data, wavelet, { ...levels, norm: true, trimApprox: true });
  const none = zeros(data);
  const nothing = { ...whole, approximations: [none], details: whole.details.map(() => none) };
  const details = whole.details.map((band, i) =>
    iswt({ ...nothing, details: nothing.details.with(i, band) }),
  );
  return {
    ...rest,
    components: [iswt({ ...nothing, approximations: whole.approximations }), ...details],
  };
}

/**
 * The inverse of {@link mra}: the sum of the parts. Throws RangeError if there are none or their lengths differ.
 *
 * @example
 * ```ts
 * console.log(imra(mra(Float64Array.of(1, 2, 3, 4), "db2")).map((x) => Math.round(x)));
 * // → Float64Array(4) [ 1, 2, 3, 4 ]
 * ```
 */
export function imra<A extends FloatArray>(analysis: Pick<Mra<A>, "components">): A {
  checkResult(analysis, "components", "mra");
  return sumOf(analysis.components);
}

/** The adjoint of {@link mra}. Throws RangeError as {@link imra} does. */
export function mraAdjoint<A extends FloatArray>(analysis: Mra<A>): A {
  checkResult(analysis, "components", "mra");
  const { components, transform, mode, wavelet } = analysis;
  sumOf(components); // checks the lengths
  const levels = components.length - 1;
  if (transform === "dwt") {
    const bands = components.map((part, i) => {
      const { coefficients } = waverecAdjoint(part, wavelet, { mode, levels });
      return coefficients[i]!;
    });
    const decomposition: Wavedec<A> = {
      coefficients: bands,
      length: components[0]!.length,
      mode,
      wavelet,
    };
    return wavedecAdjoint(decomposition);
  }
  const transposed = components.map((part) =>
    iswtAdjoint(part, wavelet, { levels, norm: true, trimApprox: true }),
  );
  const [coarsest, ...finer] = transposed;
  const details = finer.map((bands, i) => bands.details[i]!);
  return swtAdjoint({ ...coarsest!, details });
}

/** The adjoint of {@link imra}: a copy of the signal as each of the `levels` + 1 parts. */
export function imraAdjoint<A extends FloatArray>(
  data: A,
  levels: number,
): { readonly components: readonly A[] } {
  checkSignal(data);
  return { components: Array.from({ length: checkLevels(levels) + 1 }, () => data.slice() as A) };
}

/**
 * The options with their defaults, for signals and matrices. Throws TypeError for unknown options, RangeError for `swt` in
 * another mode than periodization.
 */
export function resolveMraOptions(options: MraOptions) {
  checkOptions(options, mraOptions);
  const { transform = "swt", mode = "periodization", levels } = options;
  checkOneOf("transform", transform, ["swt", "dwt"]);
  if (transform === "swt" && mode !== "periodization")
    throw new RangeError(
      `transform "swt" extends signals periodically; mode ${mode} needs transform "dwt"`,
    );
  return { transform, mode, levels: levels === undefined ? {} : { levels } };
}

function sumOf<A extends FloatArray>(components: readonly A[]): A {
  const [first, ...others] = components;
  if (first === undefined) throw new RangeError("an analysis needs at least one component");
  for (const part of components) checkFloats(part, "a component");
  const sum = Float64Array.from(first);
  for (const part of others) {
    if (part.length !== sum.length)
      throw new RangeError(
        `all components must have the same length, not ${sum.length} and ${part.length}`,
      );
    part.forEach((value, i) => {
      sum[i]! += value;
    });
  }
  return ofKind(first, sum);
}

function zeros<A extends FloatArray>(like: A): A {
  return zerosLike(like, like.length);
}
