/**
 * How a signal goes on beyond its ends. For the signal `a b c d`:
 *
 * - `symmetric`      `… d c b a | a b c d | d c b a …`  half-sample reflection; more coefficients than samples
 * - `periodization`  `… a b c d | a b c d | a b c d …`  as many coefficients as samples (an odd signal first
 *   repeats its last sample once); for an orthogonal wavelet the transform is orthogonal
 *
 * The names are PyWavelets'.
 */
export type Mode = "symmetric" | "periodization";

/**
 * A mode as index arithmetic, for filters of length f:
 * analysis   `y[k] = Σ_j dec[j] · x̃[analysisStart + 2k − j]`,
 * synthesis  `x[n] = Σ_t rec[t] · ỹ[(n + synthesisStart − t) / 2]` over the t that leave an integer.
 */
export interface ModeRule {
  /** Coefficients per band for a signal of `length` samples. */
  coefficientCount(length: number, f: number): number;
  analysisStart(f: number): number;
  synthesisStart(f: number): number;
  /** Which of `length` samples stands at place `i` of the extended signal x̃. */
  sampleAt(i: number, length: number): number;
  /** Which of `count` coefficients stands at place `k` of the extended band ỹ. */
  coefficientAt(k: number, count: number): number;
}

/** The rule of every mode. */
export const modeRules: Readonly<Record<Mode, ModeRule>> = {
  symmetric: {
    coefficientCount: (length, f) => (length + f - 1) >> 1,
    analysisStart: () => 1,
    synthesisStart: (f) => f - 2,
    sampleAt: (i, length) => {
      const place = modulo(i, 2 * length);
      return place < length ? place : 2 * length - 1 - place;
    },
    coefficientAt: (k) => k,
  },
  periodization: {
    coefficientCount: (length) => (length + 1) >> 1,
    analysisStart: (f) => f / 2,
    synthesisStart: (f) => f / 2 - 1,
    sampleAt: (i, length) => Math.min(modulo(i, length + (length % 2)), length - 1),
    coefficientAt: (k, count) => modulo(k, count),
  },
};

function modulo(i: number, n: number): number {
  return ((i % n) + n) % n;
}
