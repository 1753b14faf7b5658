import { checkFilterLengths, type Wavelet } from "../filterBank/wavelet.ts";
import {
  type DiscreteWavelet,
  discreteWavelet,
  fromLowPass,
  type Symmetry,
} from "./discreteWavelet.ts";
import { type WaveletLike, waveletOf } from "./wavelet.ts";

/** How {@link filterBank} checks what it is given. */
export interface FilterBankOptions {
  /** The largest error of reconstruction of one sample; 1e-9 by default, Infinity accepts any filters. */
  readonly tolerance?: number;
}

/**
 * A wavelet of one's own four filters, in PyWavelets' order: `decLo` and `decHi` are convolved with a signal, `recLo` and
 * `recHi` with the coefficients. All have one even length; zeros around shorter ones place them. Its properties are measured
 * from the filters, to 1e-9. Throws RangeError if the lengths are not so, if a tap is not finite, or if synthesis does not
 * undo analysis.
 */
export function filterBank(
  bank: Wavelet,
  { tolerance = 1e-9 }: FilterBankOptions = {},
): DiscreteWavelet {
  expectFilters(bank);
  const error = reconstructionError(bank);
  if (!(error <= tolerance))
    throw new RangeError(
      `the filters of "${bank.name}" do not reconstruct: a sample comes back wrong by up to ${error.toPrecision(3)}. ` +
        "Of each filter and its order PyWavelets' conventions hold; { tolerance: Infinity } accepts the filters as they are",
    );
  const copy = {
    name: bank.name,
    decLo: [...bank.decLo],
    decHi: [...bank.decHi],
    recLo: [...bank.recLo],
    recHi: [...bank.recHi],
  };
  return discreteWavelet(copy, measured(bank, error));
}

/**
 * The orthogonal wavelet of a scaling filter, in the order of `recLo`; it is scaled to the sum √2. Throws RangeError as
 * {@link filterBank} does: the filter must be orthogonal to its even shifts.
 */
export function orthogonalWavelet(
  name: string,
  scalingFilter: readonly number[],
  options: FilterBankOptions = {},
): DiscreteWavelet {
  const sum = scalingFilter.reduce((a, b) => a + b, 0);
  if (!(Math.abs(sum) > 0 && Number.isFinite(sum)))
    throw new RangeError(
      `the taps of a scaling filter must add up to √2 or a multiple of it, not to ${sum}`,
    );
  const recLo = scalingFilter.map((tap) => (tap * Math.SQRT2) / sum);
  const pair = { decLo: recLo.toReversed(), recLo };
  const unmeasured = { family: "custom", orthogonal: true, biorthogonal: true } as const;
  const moments = { vanishingMoments: 0, dualVanishingMoments: 0, symmetry: "asymmetric" } as const;
  return filterBank(fromLowPass(name, pair, { ...unmeasured, ...moments }), options);
}

/**
 * The bank that analyzes as another synthesizes: filters exchanged and turned around, like PyWavelets'
 * `inverse_filter_bank`. Of an orthogonal wavelet it is the wavelet itself, of bior4.4 it is rbio4.4.
 */
export function inverseFilterBank(wavelet: WaveletLike): DiscreteWavelet {
  const bank = waveletOf(wavelet);
  const turned = {
    name: `inverse of ${bank.name}`,
    decLo: bank.recLo.toReversed(),
    decHi: bank.recHi.toReversed(),
    recLo: bank.decLo.toReversed(),
    recHi: bank.decHi.toReversed(),
  };
  return filterBank(turned, { tolerance: Number.POSITIVE_INFINITY });
}

/**
 * The largest error of a sample after one step of analysis and synthesis of a signal of impulses: how far
 * decLo∗recLo + decHi∗recHi is from twice an impulse in the middle, and the same with alternating signs from nothing.
 */
export function reconstructionError({ decLo, decHi, recLo, recHi }: Wavelet): number {
  const middle = decLo.length - 1;
  let largest = 0;
  for (let n = 0; n <= 2 * middle; n++) {
    let [straight, alias] = [0, 0];
    for (let i = Math.max(0, n - middle); i <= Math.min(n, middle); i++) {
      const product = decLo[i]! * recLo[n - i]! + decHi[i]! * recHi[n - i]!;
      straight += product;
      alias += i % 2 === 0 ? product : -product;
    }
    const wrong = Math.abs(straight - (n === middle ? 2 : 0)) + Math.abs(alias);
    largest = Math.max(largest, wrong / 2);
  }
  return largest;
}

function expectFilters(bank: Wavelet): void {
  checkFilterLengths(bank);
  const { decLo, decHi, recLo, recHi } = bank;
  for (const [name, taps] of Object.entries({ decLo, decHi, recLo, recHi })) {
    const place = taps.findIndex((tap) => !Number.isFinite(tap));
    if (place >= 0)
      throw new RangeError(`tap ${place} of ${name} of "${bank.name}" is ${taps[place]}`);
  }
}

const exactness = 1e-9;

function measured(bank: Wavelet, error: number) {
  const { decLo, decHi, recLo, recHi } = bank;
  const same = (a: readonly number[], b: readonly number[]) =>
    a.every((tap, i) => Math.abs(tap - b[b.length - 1 - i]!) <= exactness);
  const biorthogonal = error <= exactness;
  // Filters of few digits have moments of few digits, and a long exact one has moments that are small without vanishing.
  const digits = Math.min(exactness, Math.max(1e-13, 10 * error));
  return {
    family: "custom",
    orthogonal: biorthogonal && same(decLo, recLo) && same(decHi, recHi),
    biorthogonal,
    vanishingMoments: vanishingMoments(decHi, digits),
    dualVanishingMoments: vanishingMoments(recHi, digits),
    symmetry: symmetryOf(recHi),
  };
}

/** Moments Σ g[n] xᵏ from k = 0 on that vanish, beside Σ |g[n] xᵏ|; x is −1 at one end of the filter and 1 at the other. */
function vanishingMoments(taps: readonly number[], digits: number): number {
  const middle = (taps.length - 1) / 2;
  for (let k = 0; k < taps.length; k++) {
    const terms = taps.map((tap, n) => tap * ((n - middle) / middle) ** k);
    const moment = terms.reduce((a, b) => a + b, 0);
    const size = terms.reduce((a, b) => a + Math.abs(b), 0);
    if (Math.abs(moment) > digits * size) return k;
  }
  return taps.length;
}

function symmetryOf(taps: readonly number[]): Symmetry {
  const first = taps.findIndex((tap) => tap !== 0);
  const shown = taps.slice(first, taps.findLastIndex((tap) => tap !== 0) + 1);
  const mirrored = (sign: number) =>
    shown.every((tap, i) => Math.abs(tap - sign * shown[shown.length - 1 - i]!) <= exactness);
  if (mirrored(1)) return "symmetric";
  return mirrored(-1) ? "antisymmetric" : "asymmetric";
}
