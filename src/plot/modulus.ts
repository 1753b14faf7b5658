import { describe } from "../wavelets/arguments/describe.ts";
import { checkPositive } from "../wavelets/arguments/numbers.ts";
import type { FloatArray } from "../wavelets/arrays/floatArray.ts";
import type { Ridge } from "../wavelets/continuous/squeezing/ridges.ts";
import { checkStart, type PlotOptions, plotNames, type StartOption, spoken } from "./options.ts";
import { ridgeLines } from "./ridgeLines.ts";
import { roundTicks } from "./svg/colorBar.ts";
import { colorIndex, magnitudes } from "./svg/colors.ts";
import type { Box, Frame } from "./svg/frame.ts";
import { timeFrequencyPicture } from "./timeFrequency.ts";

/** Options of a plot of moduli over time and frequency. */
export interface ModulusOptions extends PlotOptions, StartOption {
  /** The unit of the transform's sampling period, such as "s"; samples by default. */
  readonly unit?: string;
  /** Colors in decibels, down to so many below the largest modulus; in proportion to the modulus by default. */
  readonly decibels?: number;
  /** Ridges of the transform, drawn as lines. */
  readonly ridges?: readonly Ridge[];
}

/** Names of {@link ModulusOptions}. */
export const modulusNames = {
  ...plotNames,
  unit: true,
  decibels: true,
  start: true,
  ridges: true,
} as const;

/** A complex plane over time and frequency. */
export interface ModulusPlane {
  readonly re: FloatArray;
  readonly im: FloatArray | undefined;
  readonly frequencies: readonly number[];
  readonly length: number;
  readonly samplingPeriod: number;
}

/** What a plot of moduli says beside them. */
export interface ModulusHead {
  readonly title: string;
  /** "The modulus of …", before how many frequencies there are. */
  readonly what: string;
  /** The wavelet's name. */
  readonly by: string;
  /** Drawn over the colors, under ridges. */
  over?(frame: Frame, box: Box): string;
}

/**
 * The picture of the moduli of a plane. Where a column of pixels has many samples it shows the largest. Throws RangeError for decibels that are
 * not positive, a start that is no number and ridges of another length.
 */
export function modulusPicture(
  plane: ModulusPlane,
  options: ModulusOptions & { readonly width: number; readonly height: number },
  { title, what, by, over }: ModulusHead,
): string {
  const { unit = "", decibels, start = 0, ridges = [], width, height } = options;
  checkStart(start);
  if (decibels !== undefined) checkPositive("the decibels", decibels);
  const { re, im, length, frequencies, samplingPeriod } = plane;
  checkRidges(ridges, length);
  const modulus = (row: number, from: number, to: number) => {
    let most = 0;
    for (let at = row * length + from, end = row * length + to; at < end; at++) {
      const size = im ? re[at]! ** 2 + im[at]! ** 2 : re[at]! ** 2;
      if (size > most) most = size;
    }
    return Math.sqrt(most);
  };
  const rowMost = frequencies.map((_, row) => modulus(row, 0, length));
  const most = Math.max(...rowMost);
  const loudest = rowMost.indexOf(most);
  const when = Array.from({ length }).findIndex((_, n) => modulus(loudest, n, n + 1) === most);
  const share = (size: number) =>
    decibels === undefined ? size / most : 1 + (20 * Math.log10(size / most)) / decibels;
  const per = unit === "s" ? " Hz" : ` cycles per ${unit || "sample"}`;
  const [low, high] = [Math.min(...frequencies), Math.max(...frequencies)];
  const lines = ridges.map(
    ({ frequencies: line }) =>
      ` A ridge goes from ${spoken(line[0]!)} to ${spoken(line[length - 1]!)}${per}.`,
  );
  return timeFrequencyPicture({
    title: options.title ?? title,
    description:
      `${what} of ${length} samples at ${frequencies.length} frequencies from ${spoken(low)} to ` +
      `${spoken(high)}${per}, by ${by}. It is largest, ${spoken(most)}, at ${spoken(frequencies[loudest]!)}${per} ` +
      `and ${unit ? `${spoken(start + when * samplingPeriod)} ${unit}` : `sample ${start + when}`}.${lines.join("")}`,
    ...{ frequencies, length, samplingPeriod, start, unit, palette: magnitudes() },
    color: (row, from, to) => (most > 0 ? colorIndex(share(modulus(row, from, to))) : 0),
    bar: decibels === undefined ? amplitudeTicks(most) : decibelTicks(decibels),
    over: (frame, box) =>
      (over?.(frame, box) ?? "") + ridgeLines(ridges, frame, { start, samplingPeriod }),
    ...{ width, height },
  });
}

function checkRidges(ridges: readonly Ridge[], length: number): void {
  if (!Array.isArray(ridges))
    throw new TypeError(
      `the ridges must be a list, as ridges(…) returns it, not ${describe(ridges)}`,
    );
  for (const ridge of ridges)
    if (ridge?.frequencies?.length !== length)
      throw new RangeError(
        `a ridge has ${ridge?.frequencies?.length ?? "no"} samples instead of ${length}`,
      );
}

const amplitudeTicks = (most: number) => ({ label: "modulus", ticks: roundTicks(0, most || 1) });

const decibelTicks = (decibels: number) => ({
  label: "dB of the largest modulus",
  ticks: roundTicks(-decibels, 0),
});
