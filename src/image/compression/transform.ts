import { type BandPlan, type Extent, stepsOf } from "../../codec/planes/bandPlan.ts";
import { Band } from "../../codec/walk/geometry.ts";
import {
  ilwt,
  ilwt2,
  type LiftingMatrix,
  liftingScheme,
  lwt,
  lwt2,
} from "../../wavelets/lifting/index.ts";

/*
 * The transform of a codec for photographs: the 9/7 of JPEG 2000 with the symmetric extension that belongs to it, for any size, and
 * each band in units in which an error of 1 is an error of 1 in the samples (its wavelets have unit norm).
 */

const scheme = "cdf9/7";
const mode = "reflect";

/**
 * Writes the coefficients of one channel, height × width samples, into the arrays of a plan.
 */
export function analyzeChannel(
  samples: Float64Array,
  channel: number,
  plan: BandPlan,
  into: Float64Array | Float32Array,
): void {
  const { extent } = plan;
  const { height, width, levels } = extent;
  const { approximation, details } = lwt2({ height, width, data: samples }, scheme, {
    levels,
    mode,
  });
  const bands = [approximation, ...details.flatMap(({ lh, hl, hh }) => [lh, hl, hh])];
  const norms = bandNorms(extent);
  let k = 0;
  for (const { channel: own, start, stride, level, band, height, width } of plan.bands) {
    if (own !== channel) continue;
    const source = bands[k++]!; // in the same order
    const norm = norms(level, band);
    for (let row = 0; row < height; row++) {
      const from = row * source.width;
      const to = start + row * stride;
      for (let column = 0; column < width; column++)
        into[to + column] = norm * source.data[from + column]!;
    }
  }
}

/**
 * The samples of one channel: the inverse of {@link analyzeChannel}. Of a plan that leaves levels out, those of the low-pass picture that
 * so many steps of analysis make, in the same units.
 */
export function synthesizeChannel(
  coefficients: Float64Array,
  channel: number,
  plan: BandPlan,
): Float64Array {
  const { height, width, levels, omitted = 0 } = plan.extent;
  const bands = bandMatrices(coefficients, channel, plan);
  const details = Array.from({ length: levels }, (_, i) => {
    const [lh, hl, hh] = bands.slice(1 + 3 * i, 4 + 3 * i);
    return { lh: lh!, hl: hl!, hh: hh! }; // three bands a level
  });
  const { data } = ilwt2({
    approximation: bands[0]!,
    details,
    height,
    width,
    mode,
    scheme: liftingScheme(scheme),
  });
  if (omitted > 0) for (let i = 0; i < data.length; i++) data[i]! /= 2 ** omitted; // each step doubles a mean
  return data;
}

/**
 * The low-pass pictures of one channel beside the bands of each level, made of all that is coarser: `[level]` lies beside the bands of that level, level 1 is the scaling band.
 */
export function approximations(
  coefficients: Float64Array,
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

/** The bands of one channel as the inverse transform takes them. */
function bandMatrices(
  coefficients: Float64Array,
  channel: number,
  plan: BandPlan,
): readonly LiftingMatrix<Float64Array>[] {
  const norms = bandNorms(plan.extent);
  return plan.bands
    .filter((band) => band.channel === channel)
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
