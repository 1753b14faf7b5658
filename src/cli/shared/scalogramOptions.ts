import { UserError } from "../../errors/userError.ts";
import { defaultScales } from "../../wavelets/continuous/scales.ts";
import type { ContinuousWavelet } from "../../wavelets/continuous/wavelet/definition.ts";
import type { Options } from "../parser/options.ts";

/** Most values of a transform: of 2^26 the two planes need half a gigabyte in float32. */
const mostValues = 2 ** 26;

/** The lowest frequency that is heard, in Hz: where the scalogram of a sound ends unless more is asked for. */
const lowestHeard = 20;

/** Options of the continuous transform. */
export const scalogramOptions = {
  wavelet: {
    type: "string",
    placeholder: "NAME",
    default: "morlet6",
    help: "continuous wavelet; `ondelette wavelet info` lists all",
  },
  low: {
    type: "number",
    min: 1e-12,
    max: 1e12,
    otherwise: `${lowestHeard} Hz of a sound, or as low as the length allows`,
    help: "lowest frequency, in Hz, or in cycles per sample of an array without --rate",
  },
  high: {
    type: "number",
    min: 1e-12,
    max: 1e12,
    otherwise: "half the rate",
    help: "highest frequency",
  },
  voices: {
    type: "integer",
    min: 1,
    max: 128,
    default: 16,
    help: "frequencies per octave",
  },
  mode: {
    type: "choice",
    choices: ["symmetric", "periodic", "zero"],
    default: "symmetric",
    help: "how the signal continues beyond its ends",
  },
} as const satisfies Options;

/** What is transformed. */
export interface Transformed {
  readonly length: number;
  readonly samplingPeriod: number;
  readonly unit: string;
  /** How many transforms are in memory together; 1 by default. */
  readonly transforms?: 1 | 2;
}

/** The part of a time-frequency plane that a person asked for. */
export interface FrequencyArgs {
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly voices: number;
}

/**
 * The frequencies of a transform, highest first, in equal ratios. Throws UserError for a range that holds none and where the transform would
 * need more memory than half a gigabyte, with what would fit.
 */
export function frequenciesOf(
  { low, high, voices }: FrequencyArgs,
  wavelet: ContinuousWavelet,
  { length, samplingPeriod, unit, transforms = 1 }: Transformed,
): readonly number[] {
  const nyquist = 0.5 / samplingPeriod;
  if (high !== undefined && high > nyquist)
    throw new UserError(
      `--high ${high} is above the Nyquist frequency of ${Number(nyquist.toPrecision(12))} ${frequencyUnit(unit)}` +
        (unit === "s" ? "" : "; with --rate it is in Hz"),
    );
  const { centralFrequency } = wavelet;
  const coarsest = defaultScales(wavelet, length).at(-1)!;
  const reached = centralFrequency / coarsest / samplingPeriod;
  const lowest =
    low ?? Math.min(unit === "s" ? Math.max(reached, lowestHeard) : reached, high ?? nyquist);
  const highest = high ?? nyquist;
  if (!(lowest <= highest))
    throw new UserError(
      `the lowest frequency, ${lowest}, must not be above the highest, ${highest}${high === undefined ? ", half the rate" : ""}`,
    );
  const count = Math.floor(voices * Math.log2(highest / lowest) + 1e-9) + 1;
  if (transforms * count * length > mostValues)
    throw new UserError(
      `${count} frequencies of ${length} samples${transforms === 1 ? "" : " in two transforms"} are more than the ${mostValues} values that fit into memory; ` +
        `take at most ${Math.floor(mostValues / count / transforms)} samples by --start and --duration, or fewer --voices`,
    );
  return Array.from({ length: count }, (_, i) => highest * 2 ** (-i / voices));
}

/** How a frequency is said. */
export const frequencyUnit = (unit: string): string => (unit === "s" ? "Hz" : "cycles per sample");
