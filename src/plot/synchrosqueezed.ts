import { optionNames } from "../wavelets/arguments/options.ts";
import {
  checkSynchrosqueezed,
  type Synchrosqueezed,
} from "../wavelets/continuous/squeezing/synchrosqueeze.ts";
import { type ModulusOptions, modulusNames, modulusPicture } from "./modulus.ts";
import { sized } from "./options.ts";

const names = optionNames<ModulusOptions>(modulusNames);

/**
 * The modulus of a synchrosqueezed transform as an SVG picture, like `plotScalogram`, with ridges if they are given.
 *
 * Throws TypeError for anything but a result of `synchrosqueeze` or an unknown option, RangeError for sizes and decibels out of range and for ridges
 * of another length.
 *
 * @example
 * ```ts
 * const chirp = Float64Array.from({ length: 400 }, (_, n) => Math.sin(n / 3 + (n * n) / 4000));
 * const squeezed = synchrosqueeze(chirp, scalesFor({ from: 2, to: 40, voices: 32 }), "morlet6");
 * const svg = plotSynchrosqueezed(squeezed, { ridges: ridges(squeezed) });
 * console.log(svg.includes("<title>Synchrosqueezed transform by morlet6</title>"));
 * // → true
 * ```
 */
export function plotSynchrosqueezed(
  transform: Synchrosqueezed,
  options: ModulusOptions = {},
): string {
  checkSynchrosqueezed(transform);
  const { name } = transform.wavelet;
  return modulusPicture(transform, sized(options, names, [760, 420]), {
    title: `Synchrosqueezed transform by ${name}`,
    ...{ what: "The modulus of the synchrosqueezed wavelet transform", by: name },
  });
}
