import { checkCount } from "../arguments/numbers.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { type ComplexParts, onParts } from "../arrays/complex.ts";
import { cellMeans } from "../families/waveletFunctions.ts";
import { turned } from "./fourier/complex.ts";
import { type AnyWavelet, knownWavelet } from "./frequency.ts";
import { checkContinuousWavelet } from "./wavelet/check.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";
import { integrate, integratePieces } from "./wavelet/quadrature.ts";

/** Options of {@link integrateWavelet}. */
export interface IntegrateWaveletOptions {
  /** The J of the step 2⁻ᴶ between points, from 1 to 16; 8 by default. */
  readonly level?: number;
  /** Whether to integrate the ψ of analysis of a discrete wavelet instead of the ψ of synthesis; false by default. */
  readonly dual?: boolean;
}

/** The integral of a ψ from −∞ to each of the points x, which are multiples of 2⁻ᴶ. */
export interface WaveletIntegral {
  readonly x: Float64Array;
  readonly re: Float64Array;
  /** The imaginary part; undefined for real wavelets. */
  readonly im: Float64Array | undefined;
}

const integrateNames = optionNames<IntegrateWaveletOptions>({ level: true, dual: true });

/** Where the points of a wavelet end that decays too slowly to end by itself, as in PyWavelets. */
const slowReach = 20;
/** The most points of a continuous wavelet. */
const mostPoints = 2 ** 22;

/**
 * ∫ ψ(t) dt from −∞ to x at all multiples x of 2⁻ᴶ where ψ is not zero, exact to rounding: for discrete wavelets from their exact
 * means over the cells between these points, for continuous ones by quadrature of each cell. (PyWavelets'
 * `integrate_wavelet` sums samples, with an error of about one step.) A wavelet without an end, such as shan, has points from −20
 * to 20, and its integral up to −20 is computed from its spectrum.
 *
 * Throws RangeError for an unknown name, a level that is not an integer from 1 to 16, `dual` for a continuous wavelet, more than
 * 2^22 points, and for the ψ of rbio3.1 and the dual of bior3.1, which are not integrable; TypeError for arguments of the wrong
 * type.
 *
 * @example
 * ```ts
 * const { x, re } = integrateWavelet("haar", { level: 2 }); // up to the middle ψ is 1, behind it −1
 * console.log(x.join(" "), "|", re.map((y) => Math.round(100 * y)).join(" "));
 * // → 0 0.25 0.5 0.75 1 | 0 25 50 25 0
 * ```
 */
export function integrateWavelet(
  wavelet: AnyWavelet,
  options: IntegrateWaveletOptions = {},
): WaveletIntegral {
  checkOptions(options, integrateNames);
  const { level = 8, dual = false } = options;
  checkCount("the level", level, 16);
  const known = knownWavelet(wavelet);
  if (!("psi" in known)) {
    const { psi, step } = cellMeans(known, level, dual);
    const areas = psi.y.map((mean) => mean * step);
    return { x: multiples(0, areas.length, step), re: runningSum(areas, 0), im: undefined };
  }
  checkContinuousWavelet(known);
  if (dual) throw new RangeError(`${known.name} is a continuous wavelet and has no dual`);
  return integralOf(known, 2 ** -level);
}

function integralOf(wavelet: ContinuousWavelet, step: number): WaveletIntegral {
  const { psi, psiLine, complex, reach, name } = wavelet;
  const side = Math.ceil((reach === Infinity ? slowReach : reach) / step);
  if (2 * side >= mostPoints)
    throw new RangeError(
      `the integral of ${name} in steps of ${step} has ${2 * side + 1} points; use a lower level`,
    );
  const start = reach === Infinity ? integralUpTo(wavelet, -side * step) : { re: 0, im: 0 };
  const ahead = psiLine && areasAhead(wavelet, psiLine, step, side);
  const partOf = (part: "re" | "im") => {
    // ψ(−t) is the conjugate of ψ(t), with the opposite sign for odd n
    const mirror = (part === "re") === (wavelet.quarterTurns % 2 === 0) ? 1 : -1;
    const area = (cell: number): number => {
      if (!ahead) return integrate((t) => psi(t)[part], cell * step, (cell + 1) * step);
      return cell < 0 ? mirror * ahead[part][-1 - cell]! : ahead[part][cell]!;
    };
    const areas = Float64Array.from({ length: 2 * side }, (_, i) => area(i - side));
    return runningSum(areas, start[part]);
  };
  return {
    x: multiples(-side, 2 * side, step),
    re: partOf("re"),
    im: complex ? partOf("im") : undefined,
  };
}

/**
 * The integrals of ψ over the cells behind 0, from points on a line by Boole's rule. They lie so densely that its error, which
 * grows with the sixth power of their distance, is about that of rounding.
 */
function areasAhead(
  { extent }: ContinuousWavelet,
  psiLine: NonNullable<ContinuousWavelet["psiLine"]>,
  step: number,
  cells: number,
): ComplexParts<Float64Array> {
  const needed = 64 * step * Math.max(extent.negative, extent.positive);
  const perCell = 4 * 2 ** Math.max(0, Math.ceil(Math.log2(needed / 4)));
  const apart = step / perCell;
  const boole = [7, 32, 12, 32, 7].map((weight) => (weight * 2 * apart) / 45);
  return onParts(psiLine(apart, cells * perCell + 1), (values) =>
    Float64Array.from({ length: cells }, (_, cell) => {
      let area = 0;
      for (let i = cell * perCell; i < (cell + 1) * perCell; i += 4)
        for (let j = 0; j <= 4; j++) area += boole[j]! * values[i + j]!;
      return area;
    }),
  );
}

/**
 * ∫ ψ from −∞ to t from the spectrum iⁿ g: half of ψ̂(0), and ∫ ψ̂(ω) e^(iωt) / (2π iω) dω as a principal value, whose two sides
 * are taken together.
 */
function integralUpTo(
  { spectrum, quarterTurns, extent, breaks = [] }: ContinuousWavelet,
  t: number,
) {
  const end = Math.max(extent.negative, extent.positive);
  const pieces = Math.ceil((end * Math.abs(t)) / Math.PI) + 64; // at most half a wave in each
  const even = Array.from({ length: pieces + 1 }, (_, i) => (end * i) / pieces);
  const cuts = [...even, ...breaks.filter((x) => x < end)].toSorted((a, b) => a - b);
  const sides = (wave: (omega: number) => number, sign: 1 | -1) =>
    integratePieces(
      (omega) => (wave(omega * t) * (spectrum(omega) + sign * spectrum(-omega))) / omega,
      cuts,
    ) /
    (2 * Math.PI);
  // (g(ω) e^(iωt) − g(−ω) e^(−iωt)) / iω has the real part (g(ω) + g(−ω)) sin(ωt) / ω.
  const [re, im] = [sides(Math.sin, 1) + spectrum(0) / 2, -sides(Math.cos, -1)];
  const [a, b] = [turned(re, quarterTurns), turned(im, quarterTurns)];
  return { re: a.re - b.im, im: a.im + b.re };
}

/** count + 1 multiples of the step, from the first on. */
const multiples = (first: number, count: number, step: number): Float64Array =>
  Float64Array.from({ length: count + 1 }, (_, i) => (first + i) * step);

/** The sums of the first 0, 1, … areas, from a start. */
function runningSum(areas: Float64Array, start: number): Float64Array {
  const sums = new Float64Array(areas.length + 1).fill(start);
  let [sum, lost] = [start, 0]; // what rounding has taken from the sum (Kahan)
  for (let i = 0; i < areas.length; i++) {
    const next = areas[i]! - lost;
    const grown = sum + next;
    lost = grown - sum - next;
    sum = grown;
    sums[i + 1] = sum;
  }
  return sums;
}
