import { turned } from "../fourier/complex.ts";
import type { ContinuousWavelet, Definition } from "./definition.ts";
import { eFoldingTime, reachOf } from "./envelope.ts";
import { spectralMeasures } from "./measures.ts";

/** The wavelet of a definition, with all properties that are computed from it. */
export function continuous(definition: Definition): ContinuousWavelet {
  const { quarterTurns, spectrum, peakFrequency, breaks } = definition;
  return Object.freeze({
    ...definition,
    ...(breaks && { breaks: Object.freeze(breaks) }),
    psiHat: (omega: number) => turned(spectrum(omega), quarterTurns),
    centralFrequency: peakFrequency / (2 * Math.PI),
    ...spectralMeasures(definition),
    eFolding: eFoldingTime(definition),
    reach: reachOf(definition),
  });
}
