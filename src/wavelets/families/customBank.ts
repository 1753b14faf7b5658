import { describe } from "../arguments/describe.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import {
  type DiscreteWavelet,
  discreteWavelet,
  fromLowPass,
  type Symmetry,
} from "./discreteWavelet.ts";
import { type WaveletLike, waveletOf } from "./wavelet.ts";

/** Options of {@link filterBank}. */
export interface FilterBankOptions {
  /** The largest reconstruction error of a sample; 1e-9 by default. Infinity accepts any filters. */
  readonly tolerance?: number;
}

const bankOptions = optionNames<FilterBankOptions>({ tolerance: true });

/**
 * A wavelet from your own four filters, in PyWavelets' order: `decLo` and `decHi` are convolved with a signal, `recLo` and
 * `recHi` with the coefficients. All have the same even length; pad shorter ones with zeros to align them. The properties are
 * measured from the filters to 1e-9. Throws RangeError if the lengths differ, if a tap is not finite, or if synthesis does not
 * invert analysis.
 *
 * @example
 * ```ts
 * const s = Math.SQRT1_2;
 * const mine = filterBank({ name: "mine", decLo: [s, s], decHi: [-s, s], recLo: [s, s], recHi: [s, -s] });
 * console.log(mine.orthogonal, mine.vanishingMoments);
 * // → true 1
 * ```
 */
export function filterBank(bank: Wavelet, options: FilterBankOptions = {}): DiscreteWavelet {
  checkOptions(options, bankOptions);
  const { tolerance = 1e-9 } = options;
  checkFilters(bank);
  const error = reconstructionError(bank);
  if (!(error <= tolerance))
    throw new RangeError(
      `the filters of "${bank.name}" do not reconstruct: the error of a sample is up to ${error.toPrecision(3)}. ` +
        "Filters must follow PyWavelets' conventions; { tolerance: Infinity } accepts them as they are",
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
 * The orthogonal wavelet of a scaling filter, in the order of `recLo`. The filter is scaled to the sum √2. Throws RangeError as
 * {@link filterBank} does; the filter must be orthogonal to its even shifts.
 *
 * @example
 * ```ts
 * const r = Math.sqrt(3);
 * console.log(orthogonalWavelet("mine", [1 + r, 3 + r, 3 - r, 1 - r]).vanishingMoments); // Daubechies' db2
 * // → 2
 * ```
 */
export function orthogonalWavelet(
  name: string,
  scalingFilter: readonly number[],
  options: FilterBankOptions = {},
): DiscreteWavelet {
  if (!Array.isArray(scalingFilter))
    throw new TypeError(
      `a scaling filter must be an array of numbers, not ${describe(scalingFilter)}`,
    );
  const sum = scalingFilter.reduce((a, b) => a + b, 0);
  if (!(Math.abs(sum) > 0 && Number.isFinite(sum)))
    throw new RangeError(
      `the sum of a scaling filter must be a finite number other than 0, not ${sum}`,
    );
  const recLo = scalingFilter.map((tap) => (tap * Math.SQRT2) / sum);
  const pair = { decLo: recLo.toReversed(), recLo };
  const unmeasured = { family: "custom", orthogonal: true, biorthogonal: true } as const;
  const moments = { vanishingMoments: 0, dualVanishingMoments: 0, symmetry: "asymmetric" } as const;
  return filterBank(fromLowPass(name, pair, { ...unmeasured, ...moments }), options);
}

/**
 * The filter bank whose analysis is the synthesis of another: filters exchanged and reversed, as PyWavelets'
 * `inverse_filter_bank`. For an orthogonal wavelet it is the wavelet itself, for bior4.4 it is rbio4.4.
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
 * The largest error of a sample after one step of analysis and synthesis of an impulse: the distance of decLo∗recLo +
 * decHi∗recHi from twice an impulse in the middle, and of the same sum with alternating signs from zero.
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

function checkFilters(bank: Wavelet): void {
  waveletOf(bank);
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
  // Filters with few digits have moments with few digits. A long exact filter has small moments that do not vanish.
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

/** The number of vanishing moments Σ g[n] xᵏ, relative to Σ |g[n] xᵏ|; x runs from −1 to 1 over the filter. */
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
