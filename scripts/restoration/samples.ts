import type { Random } from "../../src/data/index.ts";
import { expectedCoefficients } from "../../src/image/compression/reconstruct.ts";
import { planeOf, planesOf, readBands } from "../../src/image/compression/restoration/inputs.ts";
import { placeReader } from "../../src/image/compression/restoration/readPlace.ts";
import {
  diagonalWindows,
  inputsOf,
  straightWindows,
} from "../../src/image/compression/restoration/windows.ts";
import type { CodedExample } from "./codedPictures.ts";

/** What a net is trained on: coefficients, one after another. */
export interface Samples {
  /** How many. */
  readonly size: number;
  /** Inputs of each. */
  readonly count: number;
  /** In 16ths, within ±127. */
  readonly inputs: Int8Array;
  /** The classes of `kindOf`. */
  readonly kinds: Uint8Array;
  /** By how much a coefficient differs from what it was taken for, in thresholds. */
  readonly targets: Float32Array;
  /** How much its squared error counts. */
  readonly weights: Float32Array;
}

/** Samples of both nets. */
export interface SamplesByNet {
  readonly straight: Samples;
  readonly diagonal: Samples;
}

/** One of so many coefficients is taken: of the first channel from the finest level on, and of the others, which have smaller errors. */
const sparsities = { first: [5, 3, 1, 1], others: [12, 6, 2, 2] } as const;
const sparsityOf = (channel: number, levelsFiner: number): number => {
  const all = channel === 0 ? sparsities.first : sparsities.others;
  return all[Math.min(levelsFiner, all.length - 1)]!; // within it
};

/**
 * Coefficients of a coded picture, drawn at random. A squared error counts in proportion to the picture's at this rate, so that the
 * mean of decibels is what training improves, and in inverse proportion to the chance to be drawn.
 */
export function gatherSamples(
  { plan, known, coefficients }: CodedExample,
  random: Random,
): SamplesByNet {
  const values = expectedCoefficients(known);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (coefficients[i]! - values[i]!) ** 2;
  const found = { straight: collector(), diagonal: collector() };
  for (const source of readBands(values, plan)) {
    const { band, isDiagonal } = source;
    const into = isDiagonal ? found.diagonal : found.straight;
    const sparsity = sparsityOf(band.channel, plan.extent.levels - band.level);
    const input = new Int16Array(inputsOf(isDiagonal ? diagonalWindows : straightWindows));
    for (const plane of planesOf(band, known)) {
      const read = placeReader(source, plane, known);
      const unit = 2 ** plane;
      for (let row = 0; row < band.height; row++)
        for (let column = 0; column < band.width; column++) {
          const at = band.start + row * band.stride + column;
          if (planeOf(known, at) !== plane) continue;
          if (sparsity > 1 && random.integer(sparsity) > 0) continue;
          const kind = read(row, column, input);
          if (input.every((x) => x === 0)) continue; // nothing can be told
          const target = (coefficients[at]! - values[at]!) / unit;
          into.add(input, kind, target, (unit * unit * sparsity) / squares);
        }
    }
  }
  return { straight: found.straight.samples(), diagonal: found.diagonal.samples() };
}

function collector() {
  const inputs: Int8Array[] = [];
  const kinds: number[] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  return {
    add(input: Int16Array, kind: number, target: number, weight: number) {
      inputs.push(Int8Array.from(input, (x) => Math.min(Math.max(x, -127), 127)));
      kinds.push(kind);
      targets.push(target);
      weights.push(weight);
    },
    samples(): Samples {
      const count = inputs[0]?.length ?? 0;
      const all = new Int8Array(inputs.length * count);
      for (const [i, input] of inputs.entries()) all.set(input, i * count);
      return {
        ...{ size: inputs.length, count, inputs: all, kinds: Uint8Array.from(kinds) },
        ...{ targets: Float32Array.from(targets), weights: Float32Array.from(weights) },
      };
    },
  };
}
