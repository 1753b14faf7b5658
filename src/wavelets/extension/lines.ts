import type { FloatArray } from "../arrays/floatArray.ts";
import type { ExtensionRule } from "./mode.ts";

/**
 * The extension of a line of samples: `before` values in front and `after` behind, each a weighted sum of samples. It is a
 * sparse matrix: the terms of value p (those in front first) are `starts[p]` up to `starts[p + 1]`.
 */
export interface Extension {
  readonly before: number;
  readonly after: number;
  readonly starts: Int32Array;
  readonly samples: Int32Array;
  readonly weights: Float64Array;
}

/** The extension of lines of `length` samples by a rule. */
export function extensionOf(
  rule: ExtensionRule,
  length: number,
  before: number,
  after: number,
): Extension {
  const starts = new Int32Array(before + after + 1);
  const samples: number[] = [];
  const weights: number[] = [];
  for (let p = 0; p < before + after; p++) {
    for (const [sample, weight] of rule(p < before ? p - before : length + p - before, length)) {
      samples.push(sample);
      weights.push(weight);
    }
    starts[p + 1] = samples.length;
  }
  return {
    ...{ before, after, starts },
    samples: new Int32Array(samples),
    weights: new Float64Array(weights),
  };
}

/**
 * Lines in an array: `count` lines, `hop` elements apart, of `length` samples that are `step` elements apart. Each sample is
 * a row of `inner` adjacent elements. `offset` is the index of the first sample of the first line.
 */
export interface Lines {
  readonly offset: number;
  readonly count: number;
  readonly hop: number;
  readonly length: number;
  readonly step: number;
  readonly inner: number;
}

/** Writes the extension of each line around it. */
export function extend(heap: FloatArray, lines: Lines, extension: Extension): void {
  const { before, after, starts, samples, weights } = extension;
  const { inner, step, length } = lines;
  for (let line = 0; line < lines.count; line++) {
    const first = lines.offset + line * lines.hop;
    for (let p = 0; p < before + after; p++) {
      const target = first + step * (p < before ? p - before : length + p - before);
      const [from, to] = [starts[p]!, starts[p + 1]!];
      if (to === from + 1 && weights[from] === 1 && inner > 1) {
        const source = first + step * samples[from]!;
        heap.copyWithin(target, source, source + inner);
        continue;
      }
      for (let i = 0; i < inner; i++) {
        let sum = 0;
        for (let t = from; t < to; t++) sum += weights[t]! * heap[first + step * samples[t]! + i]!;
        heap[target + i] = sum;
      }
    }
  }
}

/** The transpose of {@link extend}: adds the values around each line to the samples that they are made of. */
export function fold(heap: FloatArray, lines: Lines, extension: Extension): void {
  const { before, after, starts, samples, weights } = extension;
  const { inner, step, length } = lines;
  for (let line = 0; line < lines.count; line++) {
    const first = lines.offset + line * lines.hop;
    for (let p = 0; p < before + after; p++) {
      const source = first + step * (p < before ? p - before : length + p - before);
      for (let t = starts[p]!; t < starts[p + 1]!; t++) {
        const target = first + step * samples[t]!;
        for (let i = 0; i < inner; i++) heap[target + i]! += weights[t]! * heap[source + i]!;
      }
    }
  }
}
