import type { ContinuousWavelet, Definition } from "./definition.ts";
import { integratePieces, octaveCuts } from "./quadrature.ts";

/** A spectrum is only rounding error below this share of its peak. */
const negligible = 2 ** -56;

/** The properties of a wavelet that follow from its spectrum: moments of |ψ̂|² and its extent. */
export function spectralMeasures(
  definition: Definition,
): Pick<
  ContinuousWavelet,
  "admissibility" | "energy" | "extent" | "frequencySpread" | "meanFrequency" | "timeSpread"
> {
  const { spectrum, slope, breaks = [] } = definition;
  const extent = extentOf(definition);
  const sides = [
    { sign: 1, end: extent.positive },
    { sign: -1, end: extent.negative },
  ].filter(({ end }) => end > 0);
  const moment = (f: (omega: number) => number, weight: (size: number) => number): number =>
    sides.reduce((sum, { sign, end }) => {
      const at = (size: number) => f(sign * size) ** 2 * weight(size);
      return sum + integratePieces(at, octaveCuts(end, 40, 6, breaks));
    }, 0);
  const total = moment(spectrum, () => 1);
  const mean = moment(spectrum, (size) => size) / total;
  return {
    extent: Object.freeze(extent),
    energy: total / (2 * Math.PI),
    meanFrequency: mean,
    frequencySpread: Math.sqrt(moment(spectrum, (size) => (size - mean) ** 2) / total),
    admissibility: spectrum(0) === 0 ? moment(spectrum, (size) => 1 / size) : Infinity,
    timeSpread: jumps(definition) ? Infinity : Math.sqrt(moment(slope, () => 1) / total),
  };
}

/** Whether the spectrum is discontinuous: then |ψ|² decays as 1/t², and t² has no mean. */
function jumps({ spectrum, breaks = [], peakFrequency }: Definition): boolean {
  const step = 1e-9 * peakFrequency;
  const peak = Math.abs(spectrum(peakFrequency));
  return breaks.some((x) => Math.abs(spectrum(x + step) - spectrum(x - step)) > 1e-3 * peak);
}

function extentOf({ spectrum, peakFrequency }: Definition): ContinuousWavelet["extent"] {
  const size = (omega: number) => Math.abs(spectrum(omega));
  const least = negligible * Math.max(size(peakFrequency), size(-peakFrequency));
  const points = 4096;
  const side = (sign: 1 | -1): number => {
    const seen = (from: number, to: number) => {
      for (let i = points; i >= 0; i--) {
        if (size(sign * (from + ((to - from) * i) / points)) > least)
          return from + ((to - from) * (i + 1)) / points;
      }
      return 0;
    };
    // No spectrum here increases beyond its peak: once an octave is empty, all higher ones are.
    let end = seen(0, 4 * peakFrequency);
    for (let from = 4 * peakFrequency; end >= from; from *= 2) {
      const further = seen(from, 2 * from);
      if (further === 0) break;
      end = further;
    }
    return end;
  };
  return { negative: side(-1), positive: side(1) };
}
