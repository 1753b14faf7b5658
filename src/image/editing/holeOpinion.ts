import type { Bounds } from "../../codec/bounds.ts";
import { type Weigh, weighing } from "../../codec/weighing.ts";
import type { Raster } from "../../data/images/raster.ts";
import { toPlanes } from "../language/color.ts";
import { analyze, type ImageLanguage } from "../language/language.ts";
import type { Rectangle } from "../rectangle.ts";
import { weights } from "./axis.ts";
import { chanceBetween, learnBetween, linearGaussian } from "./gaussian.ts";
import { framed } from "./hole.ts";
import { type Gaussian, neighborPrior } from "./neighborPrior.ts";

/** Pixels of the largest hole on which there is an opinion: its work grows with their square. */
export const largestExpected = 600;
/** How much of an opinion is doubt. */
const doubt = 0.02;

/** An opinion on the tokens of one drawing, which has to be told what has been drawn. */
export interface HoleOpinion {
  readonly weigh: Weigh;
  /** Learns that a coefficient lies between two values. */
  learn(offset: number, low: number, high: number): void;
}

/**
 * What the pixels around a hole make expect of the free coefficients among `bounds`, by `neighborPrior`. A model decides a
 * coarse coefficient before it is told the finer ones that are kept around the hole; this makes up for it. Every call makes
 * an opinion of its own. Undefined for holes of more than 600 pixels.
 */
export function holeOpinion(
  raster: Raster,
  hole: Rectangle,
  bounds: Bounds,
  language: ImageLanguage,
): (() => HoleOpinion) | undefined {
  if (hole.width * hole.height > largestExpected || language.levels === 0) return undefined;
  const { geometry } = language.tokens;
  const size = geometry.height * geometry.width;
  const black = analyze(blackened(raster, hole), language);
  const rowOf = holeWeights(hole, language);
  const place = new Int32Array(geometry.channels * size).fill(-1);
  const start = toPlanes(raster, language.color).map((plane, channel) => {
    const free = Array.from({ length: size }, (_, k) => channel * size + k).filter(
      (offset) => bounds.low[offset] !== bounds.high[offset],
    );
    for (const [k, offset] of free.entries()) place[offset] = k;
    const prior = neighborPrior(plane, raster, hole);
    const rows = free.map((offset) => rowOf(offset % size));
    return linearGaussian(
      prior,
      rows,
      free.map((offset) => black[offset]!),
    );
  });

  return () => {
    const now = start.map(
      ({ mean, covariance }): Gaussian => ({ mean: mean.slice(), covariance: covariance.slice() }),
    );
    const of = (offset: number) => now[Math.floor(offset / size)]!;
    const weigh = weighing((offset, low, high) => {
      const k = place[offset]!;
      return k < 0
        ? fixedChance(bounds.low[offset]!, low, high)
        : chanceBetween(of(offset), k, low, high);
    }, language.tokens);
    return {
      weigh(site, known) {
        const found = weigh(site, known);
        let sum = 0;
        for (let t = 0; t < found.length; t++) if ((site.legal >> t) & 1) sum += found[t]!;
        return found.map((weight) => ((1 - doubt) * weight) / sum + doubt);
      },
      learn: (offset, low, high) => learnBetween(of(offset), place[offset]!, low, high),
    };
  };
}

/** The chance of a value that is known: of values between −T and T both ends are outside, else that nearer to zero is inside. */
function fixedChance(value: number, low: number, high: number): number {
  const isBetween =
    low < 0 && high > 0
      ? value > low && value < high
      : low >= 0
        ? value >= low && value < high
        : value > low && value <= high;
  return isBetween ? 1 : 1e-6;
}

/** The picture with a hole of zeros in every channel of the language: black. */
function blackened(raster: Raster, { x, y, width, height }: Rectangle): Raster {
  const data = raster.data.slice();
  for (let row = y; row < y + height; row++) {
    const from = raster.channels * (row * raster.width + x);
    data.fill(0, from, from + raster.channels * width);
  }
  return { ...raster, data };
}

/** The weights with which the coefficient at a place sums the pixels of the hole, row by row. */
function holeWeights(hole: Rectangle, language: ImageLanguage): (place: number) => Float64Array {
  const { levels, wavelet, frame, tokens } = language;
  const { rows, columns } = framed(hole, language);
  const [ofRows, ofColumns] = [weights(rows, wavelet), weights(columns, wavelet)];
  /** The number of the hole's row or column that stands at a sample of the span; its border is repeated beyond it. */
  const folded = (weights: Float64Array, from: number, start: number, count: number) => {
    const sums = new Float64Array(count);
    for (const [k, weight] of weights.entries()) {
      sums[Math.min(Math.max(from + k - start, 0), count - 1)]! += weight;
    }
    return sums;
  };
  const { row, column, level } = tokens.places;
  return (place) => {
    const step = levels - Math.max(level[place]!, 1);
    const [h, w] = [frame.height / 2 ** (step + 1), frame.width / 2 ** (step + 1)];
    const [i, j] = [row[place]!, column[place]!];
    const up = i < h ? ofRows[step]!.low[i]! : ofRows[step]!.high[i - h]!;
    const across = j < w ? ofColumns[step]!.low[j]! : ofColumns[step]!.high[j - w]!;
    const ofRow = folded(up, rows.from, frame.top + hole.y, hole.height);
    const ofColumn = folded(across, columns.from, frame.left + hole.x, hole.width);
    return Float64Array.from({ length: hole.width * hole.height }, (_, k) => {
      return ofRow[Math.floor(k / hole.width)]! * ofColumn[k % hole.width]!;
    });
  };
}
