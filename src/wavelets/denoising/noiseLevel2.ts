import { checkOptions, optionNames } from "../arguments/options.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import type { Matrix } from "../arrays/matrix.ts";
import { wavedec } from "../discrete/wavedec.ts";
import { wavedec2 } from "../discrete/wavedec2.ts";
import { noiseLevel } from "../threshold/noise.ts";
import { checkChannels } from "./channels.ts";
import { type Clipping, clippedNoise, isClipped, type Limits, limitsOf } from "./clipping.ts";
import { opponentWeights, toOpponents } from "./opponentColors.ts";

/** Options of {@link noiseLevel2}. */
export interface NoiseLevel2Options {
  /** Where noisy samples were cut off; `auto` by default. */
  readonly clipping?: Clipping;
}

const names = optionNames<NoiseLevel2Options>({ clipping: true });

/** Samples along a side of a block. */
const side = 16;
/** The share of blocks that is taken for flat. */
const flatShare = 0.15;
/** The least number of blocks that are compared; a smaller picture is one block. */
const fewest = 16;
/** A block is left out where more of its samples lie at a limit: below half of them do where the true value is at it. */
const mostClipped = 0.45;
/** Median over mean of a mean square of n normal values (Wilson and Hilferty, 1931). */
const medianShare = (n: number): number => (1 - 2 / (9 * n)) ** 3;

/**
 * Standard deviation of the white noise in a picture, equally strong in all its channels: matrices of one size, such as red,
 * green and blue, or one alone.
 *
 * The finest diagonal wavelets hold the noise, but texture too. They are measured where the picture is flat: in the sixth or
 * so of all blocks of 16 × 16 samples in which all other wavelets of two levels are weakest. As the transform is orthonormal,
 * noise in those says nothing of the noise that is measured. With several channels only their differences are measured, in
 * which there is less of the picture. The result is a median over blocks.
 *
 * Samples that were clipped are less noisy. What clipping leaves of the noise is known from the mean of a block (Foi, 2009),
 * and the result is the noise before it. Blocks that are mostly at a limit, or of one value alone, are left out. A picture with
 * fewer than 16 blocks has the `noiseLevel` of its finest diagonal wavelets, the largest of all channels.
 *
 * Throws RangeError for no channel, channels of several sizes, a value that is NaN or infinite, and limits out of order;
 * TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * let seed = 1;
 * const uniform = () => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
 * const data = Float64Array.from({ length: 128 * 128 }, (_, i) => (i % 128 < 50 ? 9 : 0) + Math.sqrt(12) * uniform());
 * console.log(noiseLevel2([{ height: 128, width: 128, data }]).toFixed(1)); // uniform noise of standard deviation 1
 * // → 1.0
 * ```
 */
export function noiseLevel2(channels: readonly Matrix[], options: NoiseLevel2Options = {}): number {
  checkChannels(channels);
  checkOptions(options, names);
  const limits = limitsOf(channels, options.clipping ?? "auto");
  const blocks = blocksOf(channels, limits);
  if (blocks.length === 0)
    return Math.max(...channels.map((channel) => noiseLevel(finest(channel))));
  let sigma = levelOf(blocks, limits);
  // Which blocks are flat is seen by comparison with the noise, as clipping leaves different noise in them.
  for (let i = 0; i < 3 && sigma > 0; i++) sigma = levelOf(flattest(blocks, sigma, limits), limits);
  return sigma;
}

/** A block of a picture. */
interface Block {
  /** Mean of each channel. */
  readonly means: readonly number[];
  /** In each plane that is measured: squares of the channels' weights, by which their variances add up. */
  readonly shares: readonly (readonly number[])[];
  /** In each plane: mean square of the finest diagonal wavelets. */
  readonly noise: readonly number[];
  /** In each plane: mean square of all other wavelets. */
  readonly picture: readonly number[];
  /** Number of wavelets in `noise`. */
  readonly count: number;
}

/** The finest diagonal wavelets. A single row or column has none, and gives the finest along it. */
function finest(matrix: Matrix): FloatArray {
  const options = { levels: 1, mode: "periodization" } as const;
  const isLine = matrix.height === 1 || matrix.width === 1;
  return isLine
    ? wavedec(matrix.data, "sym4", options).coefficients[1]!
    : wavedec2(matrix, "sym4", options).details[0]!.hh.data;
}

/** All blocks that can tell of noise: not mostly at a limit, nor of one value. None of a picture of fewer than {@link fewest} blocks. */
function blocksOf(channels: readonly Matrix[], { low, high }: Limits): Block[] {
  const { height, width } = channels[0]!;
  const [down, along] = [Math.floor(height / side), Math.floor(width / side)];
  if (down * along < fewest) return [];
  const skipped = channels.length > 1 ? 1 : 0; // the lightness
  const shares = opponentWeights(channels.length)
    .slice(skipped)
    .map((weights) => weights.map((weight) => weight ** 2));
  const planes = toOpponents(channels)
    .slice(skipped)
    .map((plane) => wavedec2(plane, "sym4", { levels: 2, mode: "periodization" }).details);
  const blocks: Block[] = [];
  for (let i = 0; i < down; i++)
    for (let j = 0; j < along; j++) {
      const silent = channels.some(({ data }) => {
        const first = data[i * side * width + j * side]!;
        const atLimit = (x: number) => (x <= low || x >= high ? 1 : 0);
        const other = (x: number) => (x === first ? 0 : 1);
        return (
          meanIn(data, width, i, j, side, atLimit) > mostClipped ||
          meanIn(data, width, i, j, side, other) === 0
        );
      });
      if (silent) continue;
      blocks.push({
        means: channels.map(({ data }) => meanIn(data, width, i, j, side, (x) => x)),
        shares,
        noise: planes.map(([, fine]) => bandMean(fine!.hh, i, j, side / 2)),
        picture: planes.map(([coarse, fine]) => {
          const fines = bandMean(fine!.hl, i, j, side / 2) + bandMean(fine!.lh, i, j, side / 2);
          const { hl, lh, hh } = coarse!;
          return [hl, lh, hh].reduce(
            (sum, band) => sum + bandMean(band, i, j, side / 4) / 11,
            (4 * fines) / 11, // four times as many in each of two bands
          );
        }),
        count: planes.length * (side / 2) ** 2,
      });
    }
  return blocks;
}

const bandMean = ({ width, data }: Matrix, i: number, j: number, size: number): number =>
  meanIn(data, width, i, j, size, (x) => x * x);

/** The mean of f over block (i, j). */
function meanIn(
  data: FloatArray,
  width: number,
  i: number,
  j: number,
  size: number,
  f: (x: number) => number,
): number {
  let sum = 0;
  for (let y = i * size; y < (i + 1) * size; y++)
    for (let x = j * size; x < (j + 1) * size; x++) sum += f(data[y * width + x]!);
  return sum / size ** 2;
}

/** The blocks whose other wavelets are weakest, compared with noise of this level. */
function flattest(blocks: readonly Block[], sigma: number, limits: Limits): Block[] {
  const strengths = ratios(blocks, sigma, limits, ({ picture }) => picture);
  const order = [...blocks.keys()].sort((a, b) => strengths[a]! - strengths[b]!);
  const count = Math.max(fewest, Math.round(flatShare * blocks.length));
  return order.slice(0, count).map((i) => blocks[i]!);
}

/** The noise level at which the median block has the strength that is expected of it. */
function levelOf(blocks: readonly Block[], limits: Limits): number {
  const expected = medianShare(blocks[0]!.count); // one or more
  const plain = Math.sqrt(
    median(blocks.map(({ noise }) => noise.reduce((a, b) => a + b, 0) / noise.length)) / expected,
  );
  if (plain === 0 || !isClipped(limits)) return plain;
  // Clipping takes noise away, so that the level is above. Blocks are left out before most of it is gone.
  let [below, above] = [plain, 4 * plain];
  for (let i = 0; i < 30; i++) {
    const middle = (below + above) / 2;
    if (median(ratios(blocks, middle, limits, ({ noise }) => noise)) > expected) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

/** Mean squares of blocks over the variance of noise of this level there, the mean of all planes. */
function ratios(
  blocks: readonly Block[],
  sigma: number,
  limits: Limits,
  of: (block: Block) => readonly number[],
): number[] {
  const clipped = clippedNoise(sigma, limits);
  return blocks.map((block) => {
    const variances = block.means.map((mean) => clipped.varianceAt(mean));
    const squares = of(block);
    return block.shares.reduce((sum, weights, k) => {
      const variance = weights.reduce((total, weight, c) => total + weight * variances[c]!, 0);
      return sum + squares[k]! / variance / squares.length;
    }, 0);
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
