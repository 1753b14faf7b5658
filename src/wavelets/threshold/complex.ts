import { checkOneOf } from "../arguments/checkOneOf.ts";
import { describe } from "../arguments/describe.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import type { ComplexParts } from "../arrays/complex.ts";
import { checkFloats, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { threshold, thresholdFirm } from "./threshold.ts";

/** Options of {@link thresholdComplex}. */
export interface ComplexThresholdOptions {
  /** `soft` by default. The modes that compare signs, `greater` and `less`, have no meaning for complex values. */
  readonly mode?: "soft" | "hard" | "garrote";
  /** The value that replaces what does not pass the threshold; 0 by default. */
  readonly substitute?: number | ComplexParts<number>;
}

const complexModes = ["soft", "hard", "garrote"] as const;
const complexNames = optionNames<ComplexThresholdOptions>({ mode: true, substitute: true });

/**
 * Shrinks or replaces complex values by a threshold of their modulus, as `threshold` does with real values; the argument of
 * each value stays. The values are PyWavelets', except that 0 at threshold 0 stays 0.
 *
 * Throws RangeError for an unknown mode, a threshold that is NaN or negative, and parts of different lengths; TypeError for
 * parts that are not arrays of floats.
 *
 * @example
 * ```ts
 * const z = { re: Float64Array.of(3, 0.5), im: Float64Array.of(4, 0.5) };
 * console.log(thresholdComplex(z, 1).re, thresholdComplex(z, 1).im); // the first has modulus 5, then 4
 * // → Float64Array(2) [ 2.4000000000000004, 0 ] Float64Array(2) [ 3.2, 0 ]
 * ```
 */
export function thresholdComplex<A extends FloatArray>(
  data: ComplexParts<A>,
  value: number,
  options: ComplexThresholdOptions = {},
): ComplexParts<A> {
  checkOptions(options, complexNames);
  const { substitute = 0 } = options;
  const mode = checkOneOf("threshold mode", options.mode ?? "soft", complexModes);
  const moduli = moduliOf(data);
  const shrunk = withModuli(data, moduli, threshold(moduli, value, { mode }));
  if (substitute === 0) return shrunk;
  const by = typeof substitute === "number" ? { re: substitute, im: 0 } : substitute;
  for (let i = 0; i < moduli.length; i++)
    if (moduli[i]! < value) [shrunk.re[i], shrunk.im[i]] = [by.re, by.im];
  return shrunk;
}

/** `thresholdFirm` of complex values: of their modulus; the argument of each value stays. Throws as thresholdFirm does. */
export function thresholdFirmComplex<A extends FloatArray>(
  data: ComplexParts<A>,
  low: number,
  high: number,
): ComplexParts<A> {
  const moduli = moduliOf(data);
  return withModuli(data, moduli, thresholdFirm(moduli, low, high));
}

/** The moduli, in double precision. */
function moduliOf(data: ComplexParts<FloatArray>): Float64Array {
  if (typeof data !== "object" || data === null || !("re" in data && "im" in data))
    throw new TypeError(`complex data must be { re, im }, not ${describe(data)}`);
  const { re, im } = data;
  checkFloats(re, "re");
  checkFloats(im, "im");
  if (re.length !== im.length)
    throw new RangeError(
      `the parts of complex data must have one length, not ${re.length} and ${im.length}`,
    );
  const moduli = new Float64Array(re.length);
  for (let i = 0; i < moduli.length; i++) moduli[i] = Math.sqrt(re[i]! ** 2 + im[i]! ** 2);
  return moduli;
}

/** Complex values of the same arguments with other moduli. */
function withModuli<A extends FloatArray>(
  { re, im }: ComplexParts<A>,
  before: Float64Array,
  after: Float64Array,
): ComplexParts<A> {
  const [newRe, newIm] = [zerosLike(re, re.length), zerosLike(im, im.length)];
  for (let i = 0; i < before.length; i++) {
    // Equal moduli, infinite ones and 0 among them, leave the value as it is.
    const factor = after[i] === before[i] ? 1 : after[i]! / before[i]!;
    newRe[i] = re[i]! * factor;
    newIm[i] = im[i]! * factor;
  }
  return { re: newRe, im: newIm };
}
