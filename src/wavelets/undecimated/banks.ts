import type { FloatArray } from "../arrays/floatArray.ts";
import { arrayFor } from "../arrays/into.ts";
import { copy } from "../filterBank/pass.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import {
  type Axis,
  type CircularFilter,
  circularStep,
  mergingTaps,
  splitLines,
  transposed,
  wrap,
} from "./circular.ts";
import { shiftKernelFor } from "./kernel/kernels.ts";

/** The two circular filters of one level, without decimation. */
export interface Bank {
  readonly low: CircularFilter;
  readonly high: CircularFilter;
}

/**
 * The algorithme à trous as PyWavelets aligns it. With filters of length f and the step s = 2^(level − 1),
 *
 *     y[n] = Σ_j dec[j] · x[n + s (f/2 − j)]            x[n] = ½ Σ_t rec[t] · y[n + s (f/2 − 1 − t)]
 *
 * for levels 1, 2, …; with `norm` all four filters are divided by √2 instead of the factor ½. Perfect reconstruction means
 * decLo(z) recLo(z) + decHi(z) recHi(z) = 2 z^(1 − f), an identity of polynomials. It also holds for z^s and modulo
 * z^N − 1, hence for every length N, even or odd.
 */
export const atrous = {
  analysis({ decLo, decHi }: Wavelet, level: number, norm: boolean): Bank {
    const places = decLo.map((_, j) => 2 ** (level - 1) * (decLo.length / 2 - j));
    const factor = norm ? Math.SQRT1_2 : 1;
    return bank(decLo, decHi, factor, places);
  },
  synthesis({ recLo, recHi }: Wavelet, level: number, norm: boolean): Bank {
    const places = recLo.map((_, t) => 2 ** (level - 1) * (recLo.length / 2 - 1 - t));
    const factor = norm ? Math.SQRT1_2 : 0.5;
    return bank(recLo, recHi, factor, places);
  },
};

/**
 * The filters of the MODWT as Percival and Walden write them: h̃ = h / √2, where h is the analysis filter as a
 * correlation. With f and s as above,
 *
 *     W[t] = Σ_l h̃[l] · V[t − s l],  h[l] = decHi[f − 1 − l]       V[t] = Σ_l r̃[l] · W[t + s l] + …,  r = recHi
 *
 * For an orthogonal wavelet h and r are one filter.
 */
export const maximalOverlap = {
  analysis({ decLo, decHi }: Wavelet, level: number): Bank {
    const places = decLo.map((_, j) => 2 ** (level - 1) * (j + 1 - decLo.length));
    return bank(decLo, decHi, Math.SQRT1_2, places);
  },
  synthesis({ recLo, recHi }: Wavelet, level: number): Bank {
    const places = recLo.map((_, l) => 2 ** (level - 1) * l);
    return bank(recLo, recHi, Math.SQRT1_2, places);
  },
};

/** The bank whose {@link split} is the adjoint of this one's {@link merge}, and the other way round. */
export function transposedBank({ low, high }: Bank): Bank {
  return { low: transposed(low), high: transposed(high) };
}

/** Outputs that are computed and copied together, so that they stay in the second-level cache. */
const chunk = 4096;

/**
 * The low-pass and the high-pass band of an array, each of its size, along one axis; as one line by default. Written into `out`, as
 * far as it is given, which must not share memory with the array.
 */
export function split<A extends FloatArray>(
  source: A,
  bank: Bank,
  axis: Axis = { length: source.length, inner: 1 },
  out: readonly [A | undefined, A | undefined] = [undefined, undefined],
): [low: A, high: A] {
  const step = circularStep(bank, axis);
  const { before, after } = step;
  const period = axis.length * axis.inner;
  const kernel = shiftKernelFor(source);
  const band = (given: A | undefined) => arrayFor(given, source, source.length, "a band of out");
  const bands: [A, A] = [band(out[0]), band(out[1])];
  const scratch = before + period + after;
  const heap = kernel.heap(scratch + 2 * chunk);
  for (let block = 0; block < source.length; block += period) {
    heap.set(period === source.length ? source : source.subarray(block, block + period), before);
    wrap(heap, step, { source: before, lines: 1, sourceHop: 0 }, period);
    for (let start = 0; start < period; start += chunk) {
      const count = Math.min(chunk, period - start);
      const pass = { source: before + start, count, lines: 1, sourceHop: 0, targetHop: 0 };
      splitLines(kernel, step, pass, scratch, scratch + chunk);
      copy(heap, scratch, bands[0], block + start, count);
      copy(heap, scratch + chunk, bands[1], block + start, count);
    }
  }
  return bands;
}

/** The sum of the two filtered bands, along one axis; as one line by default. Written into `out` as in {@link split}. */
export function merge<A extends FloatArray>(
  low: A,
  high: A,
  bank: Bank,
  axis: Axis = { length: low.length, inner: 1 },
  out?: A,
): A {
  const step = circularStep(bank, axis);
  const { before, after } = step;
  const period = axis.length * axis.inner;
  const hop = before + period + after;
  const kernel = shiftKernelFor(low);
  const target = arrayFor(out, low, low.length);
  const heap = kernel.heap(2 * hop + chunk);
  const taps = mergingTaps(step, hop);
  for (let block = 0; block < low.length; block += period) {
    heap.set(low.subarray(block, block + period), before);
    heap.set(high.subarray(block, block + period), hop + before);
    wrap(heap, step, { source: before, lines: 2, sourceHop: hop }, period);
    for (let start = 0; start < period; start += chunk) {
      const count = Math.min(chunk, period - start);
      const pass = { source: before + start, count, lines: 1, sourceHop: 0, targetHop: 0 };
      kernel.filter(taps, pass, 2 * hop);
      copy(heap, 2 * hop, target, block + start, count);
    }
  }
  return target;
}

function bank(
  low: readonly number[],
  high: readonly number[],
  factor: number,
  places: readonly number[],
): Bank {
  const scaled = (taps: readonly number[]) => taps.map((tap) => tap * factor);
  return { low: { weights: scaled(low), places }, high: { weights: scaled(high), places } };
}
