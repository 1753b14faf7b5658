import { coefficientCount, extensionRules, type Mode } from "../mode.ts";
import type { Wavelet } from "../wavelet.ts";
import { type Extension, extensionOf } from "./extension.ts";

/** A low-pass and a high-pass filter of one length. */
export interface FilterPair {
  readonly lo: Float64Array;
  readonly hi: Float64Array;
}

/** One phase of an up-sampling filter: `x[2i + r] = Σ_m taps[m] c̃[i + base − m]`. */
export interface Phase extends FilterPair {
  readonly base: number;
}

/**
 * From a line to its two bands: `band[k] = Σ_j filter[j] x̃[2k + f − 1 − j]`, x̃ the line with what continues it, its first
 * place being number 0. What the bands carry beyond their ends is then folded into them.
 */
export interface DownStep {
  readonly filters: FilterPair;
  readonly extension: Extension;
  /** Samples of the line. */
  readonly length: number;
  /** Coefficients of a band. */
  readonly count: number;
  readonly folded: Extension;
}

/**
 * From two bands to a line: `x[n] = Σ_t lo[t] c̃lo[(n + phase − t) / 2] + Σ_t hi[t] c̃hi[…]` over the t that leave an integer,
 * c̃ the bands with what continues them. What the line carries beyond its ends is then folded into it.
 */
export interface UpStep {
  /** The filters of the even and of the odd places of the line. */
  readonly phases: readonly [Phase, Phase];
  readonly extension: Extension;
  /** Coefficients of a band. */
  readonly count: number;
  /** Samples of the line. */
  readonly length: number;
  readonly folded: Extension;
}

/** The four linear maps of one level along one axis. */
export interface AxisSteps {
  /** Samples to bands. */
  readonly analysis: DownStep;
  /** Bands to samples: the inverse of `analysis`. */
  readonly synthesis: UpStep;
  /** Bands to samples: the transpose of `analysis`. */
  readonly analysisAdjoint: UpStep;
  /** Samples to bands: the transpose of `synthesis`. */
  readonly synthesisAdjoint: DownStep;
}

/**
 * The maps for lines of `length` samples. With PyWavelets' phases, analysis is `y[k] = Σ_j dec[j] x̃[a + 2k − j]`, a = 1, or f/2
 * with `periodization`; synthesis is `x[n] = Σ_t rec[t] c̃[(n + s − t) / 2]`, s = f − 2, or f/2 − 1.
 */
export function axisSteps(wavelet: Wavelet, mode: Mode, length: number): AxisSteps {
  const lines = kept.get(wavelet) ?? new Map<string, AxisSteps>();
  kept.set(wavelet, lines);
  const key = `${mode} ${length}`;
  const known = lines.get(key);
  if (known) return known;
  const steps = makeSteps(wavelet, mode, length);
  if (lines.size >= most) lines.clear();
  lines.set(key, steps);
  return steps;
}

// Many transforms are of the same few lengths: what was made once is kept, with the wavelet that it belongs to.
const kept = new WeakMap<Wavelet, Map<string, AxisSteps>>();
const most = 256;

function makeSteps(wavelet: Wavelet, mode: Mode, length: number): AxisSteps {
  const { decLo, decHi, recLo, recHi } = wavelet;
  const f = decLo.length;
  const count = coefficientCount(length, f, mode);
  const periodization = mode === "periodization";
  const rule = extensionRules[mode];
  const nothing = extensionOf(extensionRules.zero, 0, 0, 0);
  const zeros = (around: number, before: number, after: number) =>
    extensionOf(extensionRules.zero, around, before, after);

  const a = periodization ? f / 2 : 1;
  const before = f - 1 - a;
  const after = Math.max(0, a + 2 * (count - 1) - (length - 1));
  const extension = extensionOf(rule, length, before, after);

  const s = periodization ? f / 2 - 1 : f - 2;
  const first = Math.ceil((s - (f - 1)) / 2);
  const last = Math.floor((length - 1 + s) / 2);
  const [front, behind] = [-first, Math.max(0, last - (count - 1))];
  const phase = s - 2 * first;
  // Bands go on only with `periodization`; elsewhere the coefficients beyond the ends are known to be unnecessary.
  const around = extensionOf(extensionRules.periodic, count, front, behind);

  const pair = (lo: readonly number[], hi: readonly number[]): FilterPair => {
    return { lo: Float64Array.from(lo), hi: Float64Array.from(hi) };
  };
  const reversed = (lo: readonly number[], hi: readonly number[]) =>
    pair(lo.toReversed(), hi.toReversed());
  const half = f / 2 - 1;
  const highest = Math.floor((before + length + after - 1) / 2);
  return {
    analysis: { filters: pair(decLo, decHi), extension, length, count, folded: nothing },
    synthesis: {
      ...{ phases: phasesOf(pair(recLo, recHi), phase), extension: around },
      ...{ count, length, folded: nothing },
    },
    analysisAdjoint: {
      phases: phasesOf(reversed(decLo, decHi), 2 * half),
      extension: zeros(count, half, Math.max(0, highest - (count - 1))),
      ...{ count, length, folded: extension },
    },
    synthesisAdjoint: {
      filters: reversed(recLo, recHi),
      // The sum for the first coefficient reaches `phase` places in front of the line.
      extension: zeros(
        length,
        phase,
        Math.max(0, 2 * (front + count + behind - 1) + f - phase - length),
      ),
      ...{ length, count, folded: around },
    },
  };
}

function phasesOf({ lo, hi }: FilterPair, phase: number): readonly [Phase, Phase] {
  const of = (r: 0 | 1): Phase => {
    const parity = (r + phase) & 1;
    const taps = (filter: Float64Array) => filter.filter((_, t) => (t & 1) === parity);
    return { lo: taps(lo), hi: taps(hi), base: (r + phase - parity) >> 1 };
  };
  return [of(0), of(1)];
}
