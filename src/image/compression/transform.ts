import {
  type BandPlan,
  type Extent,
  type PlannedBand,
  stepsOf,
} from "../../codec/planes/bandPlan.ts";
import type { Coefficients } from "../../codec/planes/encodePlanes.ts";
import { Band } from "../../codec/walk/geometry.ts";
import {
  ilwt,
  ilwt2,
  type LiftingMatrix,
  liftingScheme,
  lwt,
} from "../../wavelets/lifting/index.ts";
import { ilwt2InPlace, lwt2InPlace } from "../../wavelets/lifting/lattice.ts";

/*
 * The transform of a codec for photographs: the 9/7 of JPEG 2000 with the symmetric extension that belongs to it, for any size, and
 * each band in units in which an error of 1 is an error of 1 in the samples (its wavelets have unit norm).
 */

const scheme = "cdf9/7";
const mode = "reflect";

/**
 * Writes the coefficients of one channel, height × width samples, into the arrays of a plan. The samples are overwritten, so that no more
 * memory is needed.
 */
export function analyzeChannel(
  samples: Float64Array,
  channel: number,
  plan: BandPlan,
  into: Coefficients,
): void {
  const { extent } = plan;
  const { height, width, levels } = extent;
  lwt2InPlace({ height, width, data: samples }, scheme, { levels, mode });
  const norms = bandNorms(extent);
  for (const band of plan.bands) {
    if (band.channel !== channel) continue;
    const norm = norms(band.level, band.band);
    const { first, distance } = latticeOf(band, plan);
    for (let row = 0; row < band.height; row++) {
      const from = first + row * distance * width;
      const to = band.start + row * band.stride;
      for (let column = 0; column < band.width; column++)
        into[to + column] = norm * samples[from + column * distance]!;
    }
  }
}

/**
 * The samples of one channel: the inverse of {@link analyzeChannel}. Of a plan that leaves levels out, those of the low-pass picture that
 * so many steps of analysis make, in the same units.
 */
export function synthesizeChannel(
  coefficients: Coefficients,
  channel: number,
  plan: BandPlan,
): Float64Array {
  const { extent } = plan;
  const { height, width, levels, omitted = 0 } = extent;
  const data = new Float64Array(height * width);
  const norms = bandNorms(extent);
  for (const band of plan.bands) {
    if (band.channel !== channel) continue;
    const norm = norms(band.level, band.band);
    const { first, distance } = latticeOf(band, plan);
    for (let row = 0; row < band.height; row++) {
      const from = band.start + row * band.stride;
      const to = first + row * distance * width;
      for (let column = 0; column < band.width; column++)
        data[to + column * distance] = coefficients[from + column]! / norm;
    }
  }
  ilwt2InPlace({ height, width, data }, scheme, { levels, mode });
  if (omitted > 0) for (let i = 0; i < data.length; i++) data[i]! /= 2 ** omitted; // each step doubles a mean
  return data;
}

/** Where the coefficients of a band lie among the samples: the first of them, and the distance of two. */
function latticeOf({ level, band }: PlannedBand, { extent: { width, levels } }: BandPlan) {
  const distance = 2 ** (level === 0 ? levels : levels - level + 1);
  const isLow = band === Band.approximation;
  const top = isLow || band === Band.vertical ? 0 : distance / 2;
  const left = isLow || band === Band.horizontal ? 0 : distance / 2;
  return { first: top * width + left, distance };
}

/**
 * The low-pass pictures of one channel beside the bands of each level, made of all that is coarser: `[level]` lies beside the bands of that level, level 1 is the scaling band.
 */
export function approximations(
  coefficients: Coefficients,
  channel: number,
  plan: BandPlan,
): readonly LiftingMatrix<Float64Array>[] {
  const { height, width, levels } = plan.extent;
  const [scaling, ...bands] = bandMatrices(coefficients, channel, plan);
  const pictures: LiftingMatrix<Float64Array>[] = [scaling!, scaling!]; // there always is one
  for (let level = 1; level < levels; level++) {
    const [lh, hl, hh] = bands.slice(3 * level - 3, 3 * level);
    const size = (n: number) => Math.ceil(n / 2 ** (levels - level));
    pictures.push(
      ilwt2({
        approximation: pictures[level]!,
        details: [{ lh: lh!, hl: hl!, hh: hh! }],
        height: size(height),
        width: size(width),
        mode,
        scheme: liftingScheme(scheme),
      }),
    );
  }
  return pictures;
}

/** The bands of one channel but the finest, as the inverse transform takes them. */
function bandMatrices(
  coefficients: Coefficients,
  channel: number,
  plan: BandPlan,
): readonly LiftingMatrix<Float64Array>[] {
  const norms = bandNorms(plan.extent);
  return plan.bands
    .filter(
      (band) => band.channel === channel && (band.level === 0 || band.level < plan.extent.levels),
    )
    .map(({ start, stride, level, band, height, width }) => {
      const norm = norms(level, band);
      const data = new Float64Array(height * width);
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++)
          data[row * width + column] = coefficients[start + row * stride + column]! / norm;
      return { height, width, data };
    });
}

/** The norm of the wavelets of each band in two dimensions: the product of those along both axes. */
function bandNorms(extent: Extent): (level: number, band: number) => number {
  const most = stepsOf(extent, 0);
  const norms = Array.from({ length: most + 1 }, (_, steps) => {
    knownNorms[steps] ??= lineNorms(steps);
    return knownNorms[steps];
  });
  return (level, band) => {
    const { low, high } = norms[stepsOf(extent, level)]!; // one for each number of steps
    if (level === 0) return low * low;
    return band === Band.diagonal ? high * high : low * high;
  };
}

interface LineNorms {
  readonly low: number;
  readonly high: number;
}

/** What {@link lineNorms} gave: a damaged head can ask for 15 steps, which take a third of a second. */
const knownNorms: LineNorms[] = [];

/** The norms of what one coefficient becomes after so many steps of synthesis along a line. */
function lineNorms(steps: number): LineNorms {
  if (steps === 0) return { low: 1, high: 1 };
  const length = 16 * 2 ** steps; // long enough that the ends are not reached
  const zeros = lwt(new Float64Array(length), scheme, { levels: steps, mode });
  const norm = (which: number) => {
    const coefficients = zeros.coefficients.map((band, k) =>
      Float64Array.from(band, (_, i) => (k === which && i === 8 ? 1 : 0)),
    );
    const line = ilwt({ ...zeros, coefficients });
    return Math.sqrt(line.reduce((sum, x) => sum + x * x, 0));
  };
  return { low: norm(0), high: norm(1) }; // [cA_n, cD_n, …]
}
