import { optionNames } from "../wavelets/arguments/options.ts";
import { type Cwt, checkCwt } from "../wavelets/continuous/cwt.ts";
import { coneShade } from "./cone.ts";
import { type ModulusOptions, modulusNames, modulusPicture } from "./modulus.ts";
import { sized } from "./options.ts";

/** Options of {@link plotScalogram}. */
export interface ScalogramOptions extends ModulusOptions {
  /** Whether what the extension beyond the ends affects is faded; true by default. */
  readonly cone?: boolean;
}

const names = optionNames<ScalogramOptions>({ ...modulusNames, cone: true });

/**
 * The modulus of a continuous wavelet transform as an SVG picture: time to the right, frequency upward on a logarithmic axis, a color bar,
 * and the cone of influence, outside of which the extension beyond the ends counts. Where a column of pixels has many
 * samples it shows the largest. The colors are a small raster inside the picture, whatever the size of the transform.
 *
 * Throws TypeError for anything but a result of `cwt` or an unknown option, RangeError for sizes and decibels out of range and for ridges of
 * another length.
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
  const given = sized(options, names, [760, 420]);
  const { wavelet, frequencies, length, samplingPeriod } = transform;
  const range = [Math.min(...frequencies), Math.max(...frequencies)] as const;
  const period = wavelet.eFolding * wavelet.centralFrequency;
  const { start = 0, cone = true } = given;
  return modulusPicture(transform, given, {
    title: `Scalogram by ${wavelet.name}`,
    ...{ what: "The modulus of the wavelet transform", by: wavelet.name },
    over: (frame, box) =>
      cone ? coneShade(frame, box, [start, length * samplingPeriod], range, (f) => period / f) : "",
  });
}
