import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { checkFloats, checkSignal, type FloatArray } from "../arrays/floatArray.ts";
import type { NdArray } from "../arrays/ndArray.ts";
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
import { iswt, iswtAdjoint, type Swt, swt, swtAdjoint } from "../undecimated/swt.ts";
import { ownBands, type Parts, partsOf, sumOfParts } from "./parts.ts";

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
  const line = (samples: A) => ({ shape: [samples.length], data: samples });
  const parts =
    transform === "dwt"
      ? partsOf<A, Wavedec<A>>(wavedec(data, wavelet, { mode, ...levels }), (bands) =>
          line(waverec(bands)),
        )
      : partsOf<A, Swt<A>>(swt(data, wavelet, { ...levels, ...asParts }), (bands) =>
          line(iswt(bands)),
        );
  return { components: componentsOf(parts), transform, mode, wavelet };
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
  return sumOfParts(partsFrom(analysis.components)).data;
}

/** The adjoint of {@link mra}. Throws RangeError as {@link imra} does. */
export function mraAdjoint<A extends FloatArray>(analysis: Mra<A>): A {
  imra(analysis); // checks the lengths
  const { components, transform, mode, wavelet } = analysis;
  const levels = components.length - 1;
  const parts = partsFrom(components);
  if (transform === "dwt") {
    const bandsOf = ({ data }: NdArray<A>) => waverecAdjoint(data, wavelet, { mode, levels });
    const { length } = components[0]!;
    return wavedecAdjoint({
      coefficients: componentsOf(ownBands(parts, bandsOf)),
      length,
      mode,
      wavelet,
    });
  }
  const bandsOf = ({ data }: NdArray<A>) => iswtAdjoint(data, wavelet, { levels, ...asParts });
  const [coarsest, ...details] = componentsOf(ownBands(parts, bandsOf));
  const whole = bandsOf(parts.approximation);
  return swtAdjoint({ ...whole, approximations: [coarsest!], details });
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

/** How a stationary transform is computed for an analysis. */
export const asParts = { norm: true, trimApprox: true } as const;

/** The parts of a signal as a list, coarsest first. */
function componentsOf<A extends FloatArray>({ approximation, details }: Parts<A>): A[] {
  return [approximation.data, ...details.map(({ d }) => d!.data)];
}

/** The inverse of {@link componentsOf}. */
function partsFrom<A extends FloatArray>(components: readonly A[]): Parts<A> {
  const [approximation, ...details] = components.map((data): NdArray<A> => {
    checkFloats(data, "a component");
    return { shape: [data.length], data };
  });
  if (!approximation) throw new RangeError("an analysis needs at least one component");
  return { approximation, details: details.map((d) => ({ d })) };
}
