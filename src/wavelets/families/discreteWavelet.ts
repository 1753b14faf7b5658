import type { Wavelet } from "../filterBank/wavelet.ts";
import type { LowPassPair } from "./constructions/lowPassPair.ts";

/** Whether ψ is even, odd, approximately one of both, or neither. */
export type Symmetry = "symmetric" | "antisymmetric" | "near symmetric" | "asymmetric";

/** The properties of a wavelet besides its filters. */
export interface WaveletProperties {
  /** As in PyWavelets: "Daubechies", "Symlets", "Biorthogonal"; "custom" for your own filter bank. */
  readonly family: string;
  /** Whether analysis and synthesis use the same functions, up to rounding. */
  readonly orthogonal: boolean;
  /** Whether synthesis inverts analysis, up to rounding or to the 10⁻¹² of its table. True for every orthogonal wavelet. */
  readonly biorthogonal: boolean;
  /** The zeros of decHi at ω = 0: polynomials of lower degree have no details. */
  readonly vanishingMoments: number;
  /** The zeros of recHi at ω = 0. */
  readonly dualVanishingMoments: number;
  /** The symmetry of ψ. Both sides of a biorthogonal wavelet have the same. */
  readonly symmetry: Symmetry;
  /** Length of the support of ψ, in units of its shifts. Both sides have the same. */
  readonly supportWidth: number;
}

/** A {@link Wavelet} with its properties: an immutable value. It prints as one line, and as a table in Node's console. */
export interface DiscreteWavelet extends Wavelet, WaveletProperties {
  toString(): string;
}

/**
 * The wavelet of two low-pass filters. Each high-pass filter is the other side's low-pass filter with alternating signs, which
 * cancels the aliasing of down-sampling: g[n] = (−1)ⁿ⁺¹ h̃[n] for analysis, (−1)ⁿ h[n] for synthesis.
 */
export function fromLowPass(
  name: string,
  { decLo, recLo }: LowPassPair,
  properties: Omit<WaveletProperties, "supportWidth">,
): DiscreteWavelet {
  const decHi = recLo.map((tap, n) => (n % 2 === 0 ? -tap : tap));
  const recHi = decLo.map((tap, n) => (n % 2 === 0 ? tap : -tap));
  return discreteWavelet({ name, decLo, decHi, recLo, recHi }, properties);
}

/** The wavelet with four given filters, which are frozen. */
export function discreteWavelet(
  { name, decLo, decHi, recLo, recHi }: Wavelet,
  properties: Omit<WaveletProperties, "supportWidth">,
): DiscreteWavelet {
  const value: Wavelet & WaveletProperties = {
    ...properties,
    name,
    decLo: Object.freeze(decLo),
    decHi: Object.freeze(decHi),
    recLo: Object.freeze(recLo),
    recHi: Object.freeze(recHi),
    supportWidth: (span(decLo) + span(recLo)) / 2 - 1,
  };
  const hidden = (print: () => string) => ({ value: print, enumerable: false });
  Object.defineProperties(value, {
    toString: hidden(() => line(value)),
    [Symbol.for("nodejs.util.inspect.custom")]: hidden(() => card(value)),
  });
  return Object.freeze(value);
}

/** The number of taps from the first nonzero tap to the last. */
function span(taps: readonly number[]): number {
  return taps.findLastIndex((tap) => tap !== 0) - taps.findIndex((tap) => tap !== 0) + 1;
}

const kind = ({ orthogonal, biorthogonal }: WaveletProperties): string => {
  if (orthogonal) return "orthogonal";
  return biorthogonal ? "biorthogonal" : "nearly orthogonal";
};

const moments = ({ vanishingMoments, dualVanishingMoments }: WaveletProperties): string =>
  vanishingMoments === dualVanishingMoments
    ? `${vanishingMoments}`
    : `${vanishingMoments} (dual ${dualVanishingMoments})`;

function line(w: Wavelet & WaveletProperties): string {
  return (
    `${w.name}: ${w.family}, ${kind(w)}, ${w.symmetry}, vanishing moments ${moments(w)}, ` +
    `support width ${w.supportWidth}, filters of ${w.decLo.length}`
  );
}

function card(w: Wavelet & WaveletProperties): string {
  const taps = (filter: readonly number[]) => {
    const shown = filter.slice(0, 6).map((tap) => `${Number(tap.toPrecision(6)) + 0}`);
    return `[${shown.join(", ")}${filter.length > 6 ? ", …" : ""}]`;
  };
  return [
    `Wavelet ${w.name} (${w.family})`,
    `  kind               ${kind(w)}`,
    `  symmetry           ${w.symmetry}`,
    `  vanishing moments  ${moments(w)}`,
    `  support width      ${w.supportWidth}`,
    `  filter length      ${w.decLo.length}`,
    `  decLo  ${taps(w.decLo)}`,
    `  decHi  ${taps(w.decHi)}`,
    `  recLo  ${taps(w.recLo)}`,
    `  recHi  ${taps(w.recHi)}`,
  ].join("\n");
}
