import { type Extension, extensionOf } from "../extension/lines.ts";
import {
  coefficientCount,
  type ExtensionRule,
  extensionRules,
  type Mode,
} from "../extension/mode.ts";
import type { Wavelet } from "./wavelet.ts";

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

/** A step for lines of `length` samples. */
export function axisStep<Kind extends keyof AxisSteps>(
  map: Kind,
  wavelet: Wavelet,
  mode: Mode,
  length: number,
): AxisSteps[Kind] {
  return makers[map](lineBank(wavelet, mode, length));
}

/** A filter bank on lines of one length, with PyWavelets' phases. */
interface LineBank extends Pick<Wavelet, "decLo" | "decHi" | "recLo" | "recHi"> {
  /** Taps of a filter. */
  readonly f: number;
  readonly length: number;
  readonly count: number;
  readonly rule: ExtensionRule;
  /** Analysis is `y[k] = Σ_j dec[j] x̃[a + 2k − j]`, a = 1, or f/2 with `periodization`: so far it reaches beyond the ends. */
  readonly before: number;
  readonly after: number;
  /** Synthesis is `x[n] = Σ_t rec[t] c̃[(n + s − t) / 2]`, s = f − 2, or f/2 − 1: so many coefficients beyond the ends. */
  readonly front: number;
  readonly behind: number;
  /** s, counted from the first of these. */
  readonly phase: number;
}

function lineBank(wavelet: Wavelet, mode: Mode, length: number): LineBank {
  const f = wavelet.decLo.length;
  const count = coefficientCount(length, f, mode);
  const [a, s] = mode === "periodization" ? [f / 2, f / 2 - 1] : [1, f - 2];
  const first = Math.ceil((s - (f - 1)) / 2);
  const last = Math.floor((length - 1 + s) / 2);
  const { decLo, decHi, recLo, recHi } = wavelet;
  return {
    ...{ decLo, decHi, recLo, recHi, f, length, count, rule: extensionRules[mode] },
    before: f - 1 - a,
    after: Math.max(0, a + 2 * (count - 1) - (length - 1)),
    front: -first,
    behind: Math.max(0, last - (count - 1)),
    phase: s - 2 * first,
  };
}

/** What continues the samples. */
const beyondSamples = ({ rule, length, before, after }: LineBank) =>
  extensionOf(rule, length, before, after);

/** Bands go on only with `periodization`; elsewhere no coefficient beyond the ends is needed. */
const beyondBands = ({ count, front, behind }: LineBank) =>
  extensionOf(extensionRules.periodic, count, front, behind);

const zeros = (length: number, before: number, after: number) =>
  extensionOf(extensionRules.zero, length, before, Math.max(0, after));

const makers: { readonly [Kind in keyof AxisSteps]: (bank: LineBank) => AxisSteps[Kind] } = {
  analysis: (bank) => {
    const { decLo, decHi, length, count } = bank;
    const filters = pair(decLo, decHi);
    return { filters, extension: beyondSamples(bank), length, count, folded: zeros(count, 0, 0) };
  },
  synthesis: (bank) => {
    const { recLo, recHi, phase, length, count } = bank;
    const phases = phasesOf(pair(recLo, recHi), phase);
    return { phases, extension: beyondBands(bank), count, length, folded: zeros(length, 0, 0) };
  },
  analysisAdjoint: (bank) => {
    const { decLo, decHi, f, length, count, before, after } = bank;
    const half = f / 2 - 1;
    const highest = Math.floor((before + length + after - 1) / 2);
    return {
      phases: phasesOf(pair(decLo.toReversed(), decHi.toReversed()), 2 * half),
      extension: zeros(count, half, highest - (count - 1)),
      ...{ count, length, folded: beyondSamples(bank) },
    };
  },
  synthesisAdjoint: (bank) => {
    const { recLo, recHi, f, length, count, front, behind, phase } = bank;
    return {
      filters: pair(recLo.toReversed(), recHi.toReversed()),
      // The sum for the first coefficient reaches `phase` places in front of the line.
      extension: zeros(length, phase, 2 * (front + count + behind - 1) + f - phase - length),
      ...{ length, count, folded: beyondBands(bank) },
    };
  },
};

function pair(lo: readonly number[], hi: readonly number[]): FilterPair {
  return { lo: new Float64Array(lo), hi: new Float64Array(hi) };
}

function phasesOf({ lo, hi }: FilterPair, phase: number): readonly [Phase, Phase] {
  const of = (r: 0 | 1): Phase => {
    const parity = (r + phase) & 1;
    const taps = (filter: Float64Array) => {
      const half = new Float64Array(filter.length / 2);
      for (let m = 0; m < half.length; m++) half[m] = filter[2 * m + parity]!; // an even length
      return half;
    };
    return { lo: taps(lo), hi: taps(hi), base: (r + phase - parity) >> 1 };
  };
  return [of(0), of(1)];
}
