import { wavelet } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { distance, fixtureSignal } from "../testing.ts";

/** The wavelets of the fixtures of undecimated transforms, packets and thresholds. */
export const fixtureNames = ["haar", "db2", "db4", "sym5", "bior4.4", "bior2.2"] as const;

/** Orthogonal and biorthogonal, short and long: the wavelets of property tests. */
export const orthogonalWavelets: readonly Wavelet[] = [
  wavelet("haar"),
  wavelet("db2"),
  wavelet("db4"),
];
export const testWavelets: readonly Wavelet[] = [
  ...orthogonalWavelets,
  wavelet("bior2.2"),
  wavelet("bior4.4"),
];

/** A stored array: the array itself if it is short, otherwise the digest of scripts/fixtures/digest.py. */
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

/** The largest error relative to a stored array, divided by the largest value of the array (by its sum of moduli for sums). */
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
