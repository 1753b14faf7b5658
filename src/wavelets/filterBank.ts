import type { FloatArray } from "./floatArray.ts";
import { type Mode, modeRules } from "./mode.ts";
import type { Wavelet } from "./wavelet.ts";

/**
 * One analysis step along lines of one length: reads a strided line of `source` and writes its two
 * bands, `count` coefficients each, to strided lines of `lo` and `hi`.
 */
export interface LineAnalysis {
  readonly count: number;
  run(
    source: FloatArray,
    offset: number,
    stride: number,
    lo: FloatArray,
    loOffset: number,
    hi: FloatArray,
    hiOffset: number,
    outStride: number,
  ): void;
}

/**
 * Prepares the analysis of lines of `length` samples. Sums run over the taps in ascending order, as
 * PyWavelets' do: with Haar the results agree bit for bit.
 */
export function lineAnalysis(wavelet: Wavelet, mode: Mode, length: number): LineAnalysis {
  const rule = modeRules[mode];
  const { decLo, decHi } = wavelet;
  const f = decLo.length;
  const count = rule.coefficientCount(length, f);
  const first = rule.analysisStart(f) - (f - 1);
  const places = Int32Array.from({ length: 2 * (count - 1) + f }, (_, i) =>
    rule.sampleAt(first + i, length),
  );
  const line = new Float64Array(places.length);
  return {
    count,
    run(source, offset, stride, lo, loOffset, hi, hiOffset, outStride) {
      for (let i = 0; i < line.length; i++) line[i] = source[offset + stride * places[i]!]!;
      for (let k = 0; k < count; k++) {
        let low = 0;
        let high = 0;
        const last = 2 * k + f - 1;
        for (let j = 0; j < f; j++) {
          const sample = line[last - j]!;
          low += decLo[j]! * sample;
          high += decHi[j]! * sample;
        }
        lo[loOffset + k * outStride] = low;
        hi[hiOffset + k * outStride] = high;
      }
    },
  };
}

/**
 * One synthesis step along lines of one length: reads two strided bands of `count` coefficients and
 * writes the `length` samples they came from to a strided line of `target`.
 */
export interface LineSynthesis {
  readonly count: number;
  run(
    lo: FloatArray,
    loOffset: number,
    hi: FloatArray,
    hiOffset: number,
    stride: number,
    target: FloatArray,
    offset: number,
    outStride: number,
  ): void;
}

/** Prepares the synthesis of lines of `length` samples: the inverse of {@link lineAnalysis}. */
export function lineSynthesis(wavelet: Wavelet, mode: Mode, length: number): LineSynthesis {
  const rule = modeRules[mode];
  const { recLo, recHi } = wavelet;
  const f = recLo.length;
  const count = rule.coefficientCount(length, f);
  const start = rule.synthesisStart(f);
  const first = Math.ceil((start - (f - 1)) / 2);
  const last = Math.floor((length - 1 + start) / 2);
  const places = Int32Array.from({ length: last - first + 1 }, (_, i) =>
    rule.coefficientAt(first + i, count),
  );
  const loLine = new Float64Array(places.length);
  const hiLine = new Float64Array(places.length);
  return {
    count,
    run(lo, loOffset, hi, hiOffset, stride, target, offset, outStride) {
      for (let i = 0; i < places.length; i++) {
        loLine[i] = lo[loOffset + stride * places[i]!]!;
        hiLine[i] = hi[hiOffset + stride * places[i]!]!;
      }
      for (let n = 0; n < length; n++) {
        let low = 0;
        let high = 0;
        for (let t = (n + start) & 1, k = (n + start - t) / 2 - first; t < f; t += 2, k--) {
          low += recLo[t]! * loLine[k]!;
          high += recHi[t]! * hiLine[k]!;
        }
        target[offset + n * outStride] = low + high;
      }
    },
  };
}
