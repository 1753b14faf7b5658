import { distance, fixtureSignal } from "../testing.ts";
import { isWaveletName, type Wavelet, wavelet } from "../wavelet.ts";

/** The wavelet of PyWavelets' name in a fixture, or undefined while {@link wavelet} does not know it. */
export function waveletIfKnown(name: string): Wavelet | undefined {
  return isWaveletName(name) ? wavelet(name) : undefined;
}

/** A title that says why the tests under it are skipped, if they are. */
export function titleOf(name: string): string {
  return isWaveletName(name) ? name : `${name} (skipped: wavelet() does not know it yet)`;
}

/** The names that fixtures of undecimated transforms, packets and thresholds are frozen for. */
export const fixtureNames = ["haar", "db2", "db4", "sym5", "bior4.4", "bior2.2"] as const;

/** An orthogonal wavelet from its low-pass synthesis filter. */
function orthogonal(name: string, recLo: readonly number[]): Wavelet {
  const decLo = recLo.toReversed();
  return {
    name,
    decLo,
    decHi: recLo.map((tap, n) => (n % 2 === 0 ? -tap : tap)),
    recLo,
    recHi: decLo.map((tap, n) => (n % 2 === 0 ? tap : -tap)),
  };
}

const r = Math.sqrt(3);

/** Daubechies' wavelet with two vanishing moments, in closed form. */
export const db2 = orthogonal(
  "db2",
  [1 + r, 3 + r, 3 - r, 1 - r].map((tap) => tap / (4 * Math.SQRT2)),
);

/** Daubechies' wavelet with four vanishing moments. */
export const db4 = orthogonal(
  "db4",
  [
    0.2303778133088965, 0.7148465705529157, 0.6308807679298589, -0.027983769416859854,
    -0.18703481171909309, 0.030841381835560764, 0.0328830116668852, -0.010597401785069032,
  ],
);

/** Orthogonal and biorthogonal, short and long: the wavelets of property tests. */
export const orthogonalWavelets: readonly Wavelet[] = [wavelet("haar"), db2, db4];
export const testWavelets: readonly Wavelet[] = [
  ...orthogonalWavelets,
  wavelet("bior2.2"),
  wavelet("bior4.4"),
];

/** A frozen array: itself if short, else what scripts/fixtures/digest.py keeps of it. */
export type Digest =
  | readonly number[]
  | {
      readonly length: number;
      readonly head: readonly number[];
      readonly tail: readonly number[];
      readonly sum: number;
      /** The scalar product with the fixture signal of this length. */
      readonly weighted: number;
    };

/** The largest error of an array against a frozen one, relative to the array's largest value (to its sum of moduli for sums). */
export function digestError(values: ArrayLike<number>, frozen: Digest): number {
  if (values.length !== frozen.length) return Number.POSITIVE_INFINITY;
  const ours = Array.from(values);
  const largest = ours.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-300);
  if (!("head" in frozen)) return distance(ours, frozen) / Math.max(largest, 1);
  const total = ours.reduce((sum, value) => sum + Math.abs(value), 1e-300);
  const weights = fixtureSignal(ours.length);
  const weighted = ours.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  return Math.max(
    distance(ours.slice(0, 3), frozen.head) / largest,
    distance(ours.slice(-3), frozen.tail) / largest,
    Math.abs(ours.reduce((sum, value) => sum + value, 0) - frozen.sum) / total,
    Math.abs(weighted - frozen.weighted) / (total * 3),
  );
}
