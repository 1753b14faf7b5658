import type { Wavelet } from "../filterBank/wavelet.ts";
import { type Axis, addFiltered, type CircularFilter, filtered, transposed } from "./circular.ts";

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

/** The low-pass and the high-pass band of a signal, each of the signal's length, along one axis. */
export function split(
  source: Float64Array,
  { low, high }: Bank,
  axis?: Axis,
): [low: Float64Array, high: Float64Array] {
  return [filtered(source, low, axis), filtered(source, high, axis)];
}

/** The sum of the two filtered bands, along one axis. */
export function merge(
  low: Float64Array,
  high: Float64Array,
  bank: Bank,
  axis: Axis = { length: low.length, inner: 1 },
): Float64Array {
  const target = filtered(low, bank.low, axis);
  addFiltered(target, high, bank.high, axis);
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
