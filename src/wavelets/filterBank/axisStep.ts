import { type Extension, extensionOf } from "../extension/lines.ts";
import {
  coefficientCount,
  type ExtensionRule,
  extensionRules,
  type Mode,
} from "../extension/mode.ts";
import type { Wavelet } from "./wavelet.ts";

/** A low-pass and a high-pass filter of the same length. */
export interface FilterPair {
  readonly lo: Float64Array;
  readonly hi: Float64Array;
}

/** One phase of an up-sampling filter: `x[2i + r] = Σ_m taps[m] c̃[i + base − m]`. */
export interface Phase extends FilterPair {
  readonly base: number;
}

/**
 * From a line to its two bands: `band[k] = Σ_j filter[j] x̃[2k + f − 1 − j]`, where x̃ is the extended line, whose first sample has
 * index 0. Coefficients beyond the ends of the bands are then folded into them.
 */
export interface DownStep {
  readonly filters: FilterPair;
  readonly extension: Extension;
  /** Number of samples of the line. */
  readonly length: number;
  /** Number of coefficients of a band. */
  readonly count: number;
  readonly folded: Extension;
}

/**
 * From two bands to a line: `x[n] = Σ_t lo[t] c̃lo[(n + phase − t) / 2] + Σ_t hi[t] c̃hi[…]` over all t with an integer index, where
 * c̃ are the extended bands. Samples beyond the ends of the line are then folded into it.
 */
export interface UpStep {
  /** The filters for even and for odd samples of the line. */
  readonly phases: readonly [Phase, Phase];
  readonly extension: Extension;
  /** Number of coefficients of a band. */
  readonly count: number;
  /** Number of samples of the line. */
  readonly length: number;
  readonly folded: Extension;
}

/** One of the four linear maps of a level along an axis: the step for lines of `length` samples. */
export type StepMaker<Step> = (wavelet: Wavelet, mode: Mode, length: number) => Step;

/** A filter bank on lines of one length, with PyWavelets' phases. */
interface LineBank extends Pick<Wavelet, "decLo" | "decHi" | "recLo" | "recHi"> {
  /** Number of taps of a filter. */
  readonly f: number;
  readonly length: number;
  readonly count: number;
  readonly rule: ExtensionRule;
  /** How far analysis, `y[k] = Σ_j dec[j] x̃[a + 2k − j]` with a = 1, or f/2 in mode `periodization`, reaches beyond the ends. */
  readonly before: number;
  readonly after: number;
  /** How many coefficients beyond the ends synthesis, `x[n] = Σ_t rec[t] c̃[(n + s − t) / 2]` with s = f − 2, or f/2 − 1, needs. */
  readonly front: number;
  readonly behind: number;
  /** s, relative to the first of these coefficients. */
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

/** The extension of the samples. */
const beyondSamples = ({ rule, length, before, after }: LineBank) =>
  extensionOf(rule, length, before, after);

/** The extension of the bands. Only mode `periodization` needs coefficients beyond the ends. */
const beyondBands = ({ count, front, behind }: LineBank) =>
  extensionOf(extensionRules.periodic, count, front, behind);

const zeros = (length: number, before: number, after: number) =>
  extensionOf(extensionRules.zero, length, before, Math.max(0, after));

/** Samples to bands. */
export const analysisStep: StepMaker<DownStep> = (wavelet, mode, length) => {
  const bank = lineBank(wavelet, mode, length);
  const { decLo, decHi, count } = bank;
  const filters = pair(decLo, decHi);
  return { filters, extension: beyondSamples(bank), length, count, folded: zeros(count, 0, 0) };
};

/** Bands to samples: the inverse of {@link analysisStep}. */
export const synthesisStep: StepMaker<UpStep> = (wavelet, mode, length) => {
  const bank = lineBank(wavelet, mode, length);
  const { recLo, recHi, phase, count } = bank;
  const phases = phasesOf(pair(recLo, recHi), phase);
  return { phases, extension: beyondBands(bank), count, length, folded: zeros(length, 0, 0) };
};

/** Bands to samples: the transpose of {@link analysisStep}. */
export const analysisAdjointStep: StepMaker<UpStep> = (wavelet, mode, length) => {
  const bank = lineBank(wavelet, mode, length);
  const { decLo, decHi, f, count, before, after } = bank;
  const half = f / 2 - 1;
  const highest = Math.floor((before + length + after - 1) / 2);
  return {
    phases: phasesOf(pair(decLo.toReversed(), decHi.toReversed()), 2 * half),
    extension: zeros(count, half, highest - (count - 1)),
    ...{ count, length, folded: beyondSamples(bank) },
  };
};

/** Samples to bands: the transpose of {@link synthesisStep}. */
export const synthesisAdjointStep: StepMaker<DownStep> = (wavelet, mode, length) => {
  const bank = lineBank(wavelet, mode, length);
  const { recLo, recHi, f, count, front, behind, phase } = bank;
  return {
    filters: pair(recLo.toReversed(), recHi.toReversed()),
    // The sum for the first coefficient starts `phase` samples before the line.
    extension: zeros(length, phase, 2 * (front + count + behind - 1) + f - phase - length),
    ...{ length, count, folded: beyondBands(bank) },
  };
};

/**
 * From one band of `count` coefficients to all that it contributes, `x[n] = Σ_t taps[t] c[(n − t) / 2]`, without boundaries. The
 * taps are shared between the two filters of the step, and `lead` says how many coefficients earlier the second one reads.
 */
export function freeSynthesis(
  taps: readonly number[],
  count: number,
): { readonly step: UpStep; readonly lead: number } {
  const half = taps.length / 2;
  const lead = half % 2 === 0 ? half / 2 : 0;
  const length = 2 * count + taps.length - 2;
  const none = taps.map(() => 0);
  const [even, odd] = phasesOf(pair(taps, none), taps.length - 2);
  const shared = ({ lo, hi, base }: Phase): Phase =>
    lead === 0 ? { lo, hi, base } : { lo: lo.slice(0, lead), hi: lo.slice(lead), base };
  const step: UpStep = {
    phases: [shared(even), shared(odd)],
    extension: zeros(count, half - 1, half - 1),
    ...{ count, length, folded: zeros(length, 0, 0) },
  };
  return { step, lead };
}

function pair(lo: readonly number[], hi: readonly number[]): FilterPair {
  return { lo: new Float64Array(lo), hi: new Float64Array(hi) };
}

function phasesOf({ lo, hi }: FilterPair, phase: number): readonly [Phase, Phase] {
  const of = (r: 0 | 1): Phase => {
    const parity = (r + phase) & 1;
    const taps = (filter: Float64Array) => {
      const half = new Float64Array(filter.length / 2);
      for (let m = 0; m < half.length; m++) half[m] = filter[2 * m + parity]!;
      return half;
    };
    return { lo: taps(lo), hi: taps(hi), base: (r + phase - parity) >> 1 };
  };
  return [of(0), of(1)];
}
