import { checkPositive } from "../wavelets/arguments/numbers.ts";
import { optionNames } from "../wavelets/arguments/options.ts";
import { type Cwt, checkCwt } from "../wavelets/continuous/cwt.ts";
import { coneShade } from "./cone.ts";
import {
  checkStart,
  type PlotOptions,
  plotNames,
  type StartOption,
  sized,
  spoken,
} from "./options.ts";
import { roundTicks } from "./svg/colorBar.ts";
import { colorIndex, magnitudes } from "./svg/colors.ts";
import { timeFrequencyPicture } from "./timeFrequency.ts";

/** Options of {@link plotScalogram}. */
export interface ScalogramOptions extends PlotOptions, StartOption {
  /** The unit of the transform's sampling period, such as "s"; samples by default. */
  readonly unit?: string;
  /** Colors in decibels, down to so many below the largest modulus; in proportion to the modulus by default. */
  readonly decibels?: number;
  /** Whether what the extension beyond the ends affects is faded; true by default. */
  readonly cone?: boolean;
}

const names = optionNames<ScalogramOptions>({
  ...plotNames,
  unit: true,
  decibels: true,
  cone: true,
  start: true,
});

/**
 * The modulus of a continuous wavelet transform as an SVG picture: time to the right, frequency upward on a logarithmic axis, a color bar,
 * and the cone of influence, outside of which the extension beyond the ends counts. Where a column of pixels has many
 * samples it shows the largest. The colors are a small raster inside the picture, whatever the size of the transform.
 *
 * Throws TypeError for anything but a result of `cwt` or an unknown option, RangeError for sizes and decibels out of range.
 *
 * @example
 * ```ts
 * const rate = 1000; // samples a second
 * const chirp = Float64Array.from({ length: 1000 }, (_, n) => Math.sin(2 * Math.PI * (20 + n / 10) * (n / rate)));
 * const scales = { frequencies: Array.from({ length: 60 }, (_, i) => 400 * 2 ** (-i / 10)) };
 * const transform = cwt(chirp, scales, "morlet6", { samplingPeriod: 1 / rate, norm: "l1" });
 * console.log(plotScalogram(transform, { unit: "s" }).slice(0, 4));
 * // → <svg
 * ```
 */
export function plotScalogram(transform: Cwt, options: ScalogramOptions = {}): string {
  checkCwt(transform);
  const {
    unit = "",
    decibels,
    cone = true,
    start = 0,
    ...rest
  } = sized(options, names, [760, 420]);
  checkStart(start);
  if (decibels !== undefined) checkPositive("the decibels", decibels);
  const { re, im, length, frequencies, wavelet, samplingPeriod } = transform;
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
  const [low, high] = [Math.min(...frequencies), Math.max(...frequencies)];
  const share = (size: number) =>
    decibels === undefined ? size / most : 1 + (20 * Math.log10(size / most)) / decibels;
  const per = unit === "s" ? " Hz" : ` cycles per ${unit || "sample"}`;
  const bar = decibels === undefined ? amplitudeTicks(most) : decibelTicks(decibels);
  return timeFrequencyPicture({
    title: rest.title ?? `Scalogram by ${wavelet.name}`,
    description:
      `The modulus of the wavelet transform of ${length} samples at ${frequencies.length} frequencies from ${spoken(low)} to ` +
      `${spoken(high)}${per}, by ${wavelet.name}. It is largest, ${spoken(most)}, at ${spoken(frequencies[loudest]!)}${per} ` +
      `and ${unit ? `${spoken(start + when * samplingPeriod)} ${unit}` : `sample ${start + when}`}.`,
    ...{ frequencies, length, samplingPeriod, start, unit, palette: magnitudes() },
    color: (row, from, to) => (most > 0 ? colorIndex(share(modulus(row, from, to))) : 0),
    bar,
    over: (frame, box) =>
      cone
        ? coneShade(
            frame,
            box,
            [start, length * samplingPeriod],
            [low, high],
            (frequency) => (wavelet.eFolding * wavelet.centralFrequency) / frequency,
          )
        : "",
    ...{ width: rest.width, height: rest.height },
  });
}

const amplitudeTicks = (most: number) => ({ label: "modulus", ticks: roundTicks(0, most || 1) });

const decibelTicks = (decibels: number) => ({
  label: "dB of the largest modulus",
  ticks: roundTicks(-decibels, 0),
});
