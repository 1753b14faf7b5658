import type { Preparation, Prepared } from "../../family.ts";
import { quality } from "../../signal/quality.ts";
import type { Signal } from "../../signal/signal.ts";
import { fromCellMeans } from "./cellMeans.ts";
import { denoise } from "./denoise.ts";
import { samplesOf } from "./sparseFit.ts";

/** Range of values from -1 to 1. */
const range = 2;

/** Removes noise (`denoise`, BayesShrink), then converts cell means to point values (`fromCellMeans`): that would amplify noise. */
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
