import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkLevels } from "../arguments/levels.ts";
import { type FloatArray, ofKind, zerosLike } from "../arrays/floatArray.ts";
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
   * `swt` (default): parts that move with the signal, which is taken as periodic. `dwt`: the projections on the spaces of
   * the decimated transform.
   */
  readonly transform?: "swt" | "dwt";
  /** Number of levels; the default of the transform by default. */
  readonly levels?: number;
  /** Of the decimated transform only; `periodization` by default, as in PyWavelets. */
  readonly mode?: Mode;
}

/** A signal as a sum of parts, one for each scale. */
export interface Mra<A extends FloatArray = FloatArray> {
  /** `[A_n, D_n, …, D_1]`, coarsest first, each as long as the signal. */
  readonly components: readonly A[];
  readonly transform: "swt" | "dwt";
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/**
 * Multiresolution analysis: what each band of the signal's transform makes alone. The parts add up to the signal and
 * stand in time where it does; their energies need not add up. PyWavelets' values, where the stationary transform is not
 * excluded there (any length is fine here). Throws RangeError as `swt` and `wavedec` do, and for `swt` in another mode
 * than periodization.
 */
export function mra<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  options: MraOptions = {},
): Mra<A> {
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

/** The signal: the sum of the parts. Throws RangeError if there are none or their lengths differ. */
export function imra<A extends FloatArray>({ components }: Pick<Mra<A>, "components">): A {
  return sumOf(components);
}

/** The adjoint of {@link mra}. Throws RangeError as {@link imra} does. */
export function mraAdjoint<A extends FloatArray>(analysis: Mra<A>): A {
  const { components, transform, mode, wavelet } = analysis;
  sumOf(components); // checks the lengths
  const levels = components.length - 1;
  if (transform === "dwt") {
    const bands = components.map((part, i) => {
      const { coefficients } = waverecAdjoint(part, wavelet, { mode, levels });
      return coefficients[i]!; // as many bands as components
    });
    const decomposition: Wavedec<A> = {
      coefficients: bands,
      length: components[0]!.length, // sumOf has seen one
      mode,
      wavelet,
    };
    return wavedecAdjoint(decomposition);
  }
  const transposed = components.map((part) =>
    iswtAdjoint(part, wavelet, { levels, norm: true, trimApprox: true }),
  );
  const [coarsest, ...finer] = transposed;
  const details = finer.map((bands, i) => bands.details[i]!); // as many details as components but one
  return swtAdjoint({ ...coarsest!, details }); // sumOf has seen one
}

/** The adjoint of {@link imra}: the signal itself as each of the `levels` + 1 parts. */
export function imraAdjoint<A extends FloatArray>(
  data: A,
  levels: number,
): { readonly components: readonly A[] } {
  return { components: Array.from({ length: checkLevels(levels) + 1 }, () => data.slice() as A) };
}

/** The options with their defaults, also for matrices. Throws RangeError for `swt` in another mode than periodization. */
export function resolveMraOptions({
  transform = "swt",
  mode = "periodization",
  levels,
}: MraOptions) {
  checkOneOf("transform", transform, ["swt", "dwt"]);
  if (transform === "swt" && mode !== "periodization")
    throw new RangeError(
      `the stationary transform takes signals as periodic: mode ${mode} needs transform "dwt"`,
    );
  return { transform, mode, levels: levels === undefined ? {} : { levels } };
}

function sumOf<A extends FloatArray>(components: readonly A[]): A {
  const [first, ...others] = components;
  if (first === undefined) throw new RangeError("an analysis holds at least one component");
  const sum = Float64Array.from(first);
  for (const part of others) {
    if (part.length !== sum.length)
      throw new RangeError(
        `a component of ${part.length} samples stands among ones of ${sum.length}`,
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
