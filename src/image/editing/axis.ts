import { dwt } from "../../wavelets/discrete/dwt.ts";
import type { Wavelet } from "../../wavelets/filterBank/wavelet.ts";

/** One number for each coefficient of a signal, at every step of its analysis: 1 … steps at index 0 … steps − 1. */
export type AxisTable = readonly {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}[];

/** Samples from `from` up to `to` of a signal of `length` samples, which is analyzed in `steps` steps with wrap-around. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly steps: number;
}

/**
 * Which coefficients change a sample of the span: 1 where the support of the synthesis wavelet (`high`) or scaling function
 * (`low`) meets it, else 0. Read off the filters: coefficient k reaches sample 2k + t − (F/2 − 1), modulo the length, where
 * tap t of F is not zero.
 */
export function reaching({ from, to, length, steps }: Span, wavelet: Wavelet): AxisTable {
  const { recLo, recHi } = wavelet;
  let hit = Float64Array.from({ length }, (_, i) => Number(i >= from && i < to));
  return Array.from({ length: steps }, () => {
    const fine = hit;
    const through = (filter: readonly number[]) =>
      Float64Array.from({ length: fine.length / 2 }, (_, k) => {
        const isHit = filter.some((tap, t) => {
          const sample = 2 * k + t - (filter.length / 2 - 1);
          return tap !== 0 && fine[modulo(sample, fine.length)] === 1;
        });
        return Number(isHit);
      });
    const [low, high] = [through(recLo), through(recHi)];
    hit = low;
    return { low, high };
  });
}

/** For each step and coefficient the weights with which it sums the samples of the span. */
export type AxisWeights = readonly {
  readonly low: readonly Float64Array[];
  readonly high: readonly Float64Array[];
}[];

/** The analysis weights of the coefficients on the samples of the span. */
export function weights({ from, to, length, steps }: Span, wavelet: Wavelet): AxisWeights {
  const table = Array.from({ length: steps }, (_, s) => {
    const rows = () =>
      Array.from({ length: length / 2 ** (s + 1) }, () => new Float64Array(to - from));
    return { low: rows(), high: rows() };
  });
  for (let sample = from; sample < to; sample++) {
    let impulse = new Float64Array(length);
    impulse[sample] = 1;
    for (const { low, high } of table) {
      const { approximation, detail } = dwt(impulse, wavelet, { mode: "periodization" });
      for (const [k, row] of low.entries()) row[sample - from] = approximation[k]!;
      for (const [k, row] of high.entries()) row[sample - from] = detail[k]!;
      impulse = approximation;
    }
  }
  return table;
}

/** How much each coefficient depends on the samples of the span: the sum of its weights' magnitudes there. */
export const dependence = (span: Span, wavelet: Wavelet): AxisTable =>
  weights(span, wavelet).map(({ low, high }) => ({ low: low.map(norm), high: high.map(norm) }));

const norm = (row: Float64Array): number => row.reduce((sum, weight) => sum + Math.abs(weight), 0);

const modulo = (i: number, n: number): number => ((i % n) + n) % n;
