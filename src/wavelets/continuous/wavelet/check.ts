import { describe } from "../../arguments/describe.ts";
import type { ContinuousWavelet } from "./definition.ts";

/** Throws TypeError unless `wavelet` is a {@link ContinuousWavelet}. */
export function checkContinuousWavelet(wavelet: ContinuousWavelet): void {
  if (typeof wavelet !== "object" || wavelet === null || typeof wavelet.spectrum !== "function")
    throw new TypeError(
      `the wavelet must be a continuous wavelet, as continuousWavelet("morlet6") returns it, not ${describe(wavelet)}`,
    );
}
