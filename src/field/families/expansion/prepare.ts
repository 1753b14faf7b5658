import { quality } from "../../signal/quality.ts";
import type { Signal } from "../../signal/signal.ts";
import { fromCellMeans } from "./cellMeans.ts";
import { denoise } from "./denoise.ts";
import { samplesOf } from "./sparseFit.ts";

/** What samples are: values at points, or means over the cells between them, as those of a sensor. */
export type SampleKind = (typeof sampleKinds)[number];
export const sampleKinds = ["points", "means"] as const;

/** What is done to a signal before a field is fitted to it. */
export interface Preparation {
  /** Noise to take away: its standard deviation, from -1 to 1 being 1, or `auto` to estimate it; none by default. */
  readonly denoise?: number | "auto";
  /** `points` by default. */
  readonly samples?: SampleKind;
}

/** A signal for a field to go through, and what was done to it. */
export interface Prepared {
  readonly signal: Signal;
  /** The standard deviation of the noise that was taken away, likewise, and how near the result is to what was given, in dB. */
  readonly noise?: { readonly sigma: number; readonly psnr: number };
}

/** From the least to the greatest value of a signal. */
const range = 2;

/** Takes noise away (`denoise`, BayesShrink), then makes points of means (`fromCellMeans`), which would sharpen noise. */
export function prepare(given: Signal, { denoise: strength, samples }: Preparation): Prepared {
  const sharpen = samples === "means" ? fromCellMeans : (signal: Signal) => signal;
  if (strength === undefined) return { signal: sharpen(given) };
  const known = strength === "auto" ? {} : { sigma: range * strength };
  const { expansion, sigma } = denoise(given, known);
  const signal = { ...given, values: samplesOf(expansion) };
  return {
    signal: sharpen(signal),
    noise: { sigma: sigma / range, psnr: quality(given, signal).psnr },
  };
}
