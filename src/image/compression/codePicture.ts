import { type BandPlan, bandPlan } from "../../codec/planes/bandPlan.ts";
import { type EncodedPlanes, encodePlanes } from "../../codec/planes/encodePlanes.ts";
import type { Known } from "../../codec/planes/known.ts";
import type { Pace } from "../../codec/planes/pacing.ts";
import type { Picture, Samples } from "../../data/images/picture.ts";
import { UserError } from "../../errors/userError.ts";
import { ilwt2, type LiftingMatrix, liftingScheme, lwt2 } from "../../wavelets/lifting/index.ts";
import { unitPlane } from "../language/integerBands.ts";
import { fromDeepPlanes, toIntegerPlanes } from "../language/reversibleColor.ts";
import { coded, codedBits, type Depth, depthOf, uncoded } from "./depth.ts";
import type { LaidOutPlanes, PlanesEncoder } from "./layout/encodeLaidOut.ts";
import { type LossyCoding, type PictureHead, usualLevels } from "./pictureHead.ts";
import { expectedCoefficients } from "./reconstruct.ts";
import { restore } from "./restoration/restore.ts";
import { type Matrix3, matrixOf, type Rotation, rotationOf } from "./rotation.ts";
import { weighBands } from "./sensitivity.ts";
import { analyzeChannel, synthesizeChannel } from "./transform.ts";

/** A picture as code. */
export interface CodedPicture {
  readonly head: PictureHead;
  readonly code: Uint8Array;
}

/** A picture as code that was not cut, with what a decoder of it knows. */
export interface UncutPicture extends CodedPicture {
  readonly known: Known;
}

/** A picture as code, and what each part of it cost. */
export type PlannedPicture = UncutPicture & Omit<EncodedPlanes, "bytes" | "startingPlane">;

/** What is worth more than a bit, as squared error in units of the step: the slope of rate and distortion. */
const lambda = 0.2;
/** The middle of the range of samples, in gray levels, of which any depth has 256. */
const middle = 128;
/** Gray levels of a coded sample's unit. */
const levelOf = (depth: Depth | undefined): number => 2 ** (8 - codedBits(depth));

/** A picture that has been transformed, ready to be coded at any step. */
export interface Analysis {
  readonly raster: Picture;
  readonly depth: Depth | undefined;
  readonly plan: BandPlan;
  readonly rotation: Rotation | undefined;
  /** Pixels in a degree of sight, where bands are weighted by what is seen of them. */
  readonly pixelsPerDegree?: number | undefined;
  /** Coefficients in gray levels, weighted or not, in the arrays of the plan. */
  readonly coefficients: Float32Array;
  /** What makes planes a code, where that is not {@link encodePlanes}. */
  readonly encode?: PlanesEncoder;
}

/** Transforms the colors of a picture for lossy coding, by a rotation that is given, or its own; weighted where pixels per degree are given. */
export function analyzePicture(
  raster: Picture,
  given?: Rotation,
  pixelsPerDegree?: number,
): Analysis {
  const { width, height, channels } = raster;
  const depth = depthOf(raster);
  const data = coded(raster.data, depth);
  const level = levelOf(depth);
  const plan = lossyPlan({ width, height, channels, levels: usualLevels(width, height) });
  const rotation = channels === 3 ? (given ?? rotationOf(data, width)) : undefined;
  const coefficients = new Float32Array(plan.length);
  const pixels = width * height;
  const samples = new Float64Array(pixels);
  for (let channel = 0; channel < channels; channel++) {
    if (rotation) {
      const [red, green, blue] = matrixOf(rotation)[channel as 0 | 1 | 2];
      for (let i = 0, j = 0; i < pixels; i++, j += 3)
        samples[i] =
          red * (level * data[j]! - middle) +
          green * (level * data[j + 1]! - middle) +
          blue * (level * data[j + 2]! - middle);
    } else for (let i = 0; i < pixels; i++) samples[i] = level * data[i]! - middle;
    analyzeChannel(samples, channel, plan, coefficients);
  }
  if (pixelsPerDegree !== undefined) weighBands(coefficients, plan, pixelsPerDegree);
  return { raster, depth, plan, rotation, pixelsPerDegree, coefficients };
}

/** The least step with which a picture can be coded. */
export function finestStepOf({ coefficients }: Analysis): number {
  let most = 0;
  for (let i = 0; i < coefficients.length; i++) most = Math.max(most, Math.abs(coefficients[i]!));
  return most / (2 ** 26 - 1);
}

/**
 * Codes a transformed picture with a step, the finest threshold in gray levels. Throws UserError where that is too fine for the code.
 */
export function codeAtStep(analysis: Analysis, step: number): PlannedPicture {
  // Above that no picture has coefficients that are too large.
  const finest = step < 2 ** -5 ? finestStepOf(analysis) : 0;
  if (step < finest)
    throw new UserError(
      `a finest threshold of ${step} gray levels is too fine for this picture; at least ${Number((1.01 * finest).toPrecision(3))} is possible`,
    );
  return pictureOfPlanes(analysis, step, planesAtStep(analysis, step));
}

/** The planes of coefficients at a step. */
export const planesAtStep = (
  { coefficients, plan, encode = encodePlanes }: Pick<Analysis, "coefficients" | "plan" | "encode">,
  step: number,
): LaidOutPlanes => encode(coefficients, plan, { lambda, step });

/**
 * Codes a transformed picture with a step to a number of bytes: what a coefficient is worth follows the pace, and what remains goes to
 * the plane below. So its own step is half of that given.
 */
export function codeAtPace(analysis: Analysis, step: number, pace: Pace): PlannedPicture {
  const options = { lambda, pace, chosen: 1, step: step / 2 };
  const encoded = encodePlanes(analysis.coefficients, analysis.plan, options);
  return pictureOfPlanes(analysis, step / 2, encoded);
}

function pictureOfPlanes(
  analysis: Analysis,
  step: number,
  { bytes, startingPlane, layout, ...encoded }: LaidOutPlanes,
): PlannedPicture {
  return { head: { ...headOf(analysis, step), startingPlane, layout }, code: bytes, ...encoded };
}

/** The head of a transformed picture at a step, of an empty code. */
export function headOf(
  { raster, depth, plan, rotation, pixelsPerDegree }: Analysis,
  step: number,
): PictureHead {
  const { width, height, channels } = raster;
  const { levels } = plan.extent;
  const coding = { type: "lossy", step, rotation, pixelsPerDegree } as const;
  return { width, height, channels, levels, coding, startingPlane: -1, isCut: false, depth };
}

/** Codes the colors of a picture exactly, after at most so many steps of analysis: without any where it is a drawing. */
export function codeLosslessly(
  raster: Picture,
  encode: PlanesEncoder = encodePlanes,
  steps: number = usualLevels(raster.width, raster.height),
): UncutPicture {
  const depth = depthOf(raster);
  const samples = { ...raster, data: coded(raster.data, depth) };
  // A picture made for it can have integers beyond what is coded, of 16 bits alone; in fewer levels they grow less.
  let levels = steps;
  let integers = integersOf(samples, levels);
  while (levels > 0 && !integers.coefficients.every((x) => Math.abs(x) < 2 ** 26))
    integers = integersOf(samples, --levels);
  const { plan, coefficients } = integers;
  const { bytes, known, startingPlane, layout } = encode(coefficients, plan);
  const { width, height, channels } = raster;
  const coding = { type: "lossless" } as const;
  const head = {
    width,
    height,
    channels,
    levels,
    coding,
    startingPlane,
    isCut: false,
    depth,
    layout,
  };
  return { head, code: bytes, known };
}

/** The integers of a picture's colors, weighted. */
function integersOf(
  raster: Picture,
  levels: number,
): { readonly plan: BandPlan; readonly coefficients: Float32Array } {
  const { width, height, channels } = raster;
  const { plan, unit } = losslessPlan({ width, height, channels, levels });
  const coefficients = new Float32Array(plan.length); // integers of 24 bits, times powers of two
  for (const [channel, data] of toIntegerPlanes(
    raster,
    channels === 3 ? "ycbcr" : "gray",
  ).entries()) {
    const { approximation, details } = lwt2({ height, width, data }, "cdf5/3", {
      levels,
      mode: "reflect",
    });
    const bands = [approximation, ...details.flatMap(({ lh, hl, hh }) => [lh, hl, hh])];
    const own = plan.bands.filter((band) => band.channel === channel);
    for (const [k, band] of own.entries()) {
      const weight = unit(band.lastPlane);
      const source = bands[k]!; // in the same order
      for (let row = 0; row < band.height; row++)
        for (let column = 0; column < band.width; column++)
          coefficients[band.start + row * band.stride + column] =
            weight * source.data[row * source.width + column]!;
    }
  }
  return { plan, coefficients };
}

/** A picture of what the bytes at hand tell. */
export interface PictureOfCode {
  readonly raster: Picture;
  /** Whether the code was decoded to its end. */
  readonly finished: boolean;
}

/** The bands of a picture, in the order of quality. */
export function planOf(head: PictureHead): BandPlan {
  return head.coding.type === "lossy" ? lossyPlan(head) : losslessPlan(head).plan;
}

type Size = Pick<PictureHead, "width" | "height" | "channels" | "levels">;

const lossyPlan = ({ width, height, channels, levels }: Size): BandPlan =>
  bandPlan({ width, height, channels, levels }, () => 0);

/** The plan of integers: bands end at the weights of their units, of which the smallest is 2^0. */
function losslessPlan({ width, height, channels, levels }: Size): {
  readonly plan: BandPlan;
  /** The weight of one, by the last plane of a band. */
  readonly unit: (lastPlane: number) => number;
} {
  const planeOf = unitPlane(levels);
  const extent = { width, height, channels, levels };
  const lowest = bandPlan(extent, planeOf).bands.reduce(
    (least, { lastPlane }) => Math.min(least, lastPlane),
    0,
  );
  return {
    plan: bandPlan(extent, (band) => planeOf(band) - lowest),
    unit: (lastPlane) => 2 ** lastPlane,
  };
}

/** The picture of what is known; lossy ones are restored, unless another function is given. */
export function pictureOf(
  head: PictureHead,
  plan: BandPlan,
  known: Known,
  restored: typeof restore = restore,
): Picture {
  return head.coding.type === "lossy"
    ? lossyPicture(head, head.coding, plan, known, restored)
    : losslessPicture(head, plan, known);
}

function lossyPicture(
  { width, height, channels, depth }: PictureHead,
  { step, rotation, pixelsPerDegree }: LossyCoding,
  plan: BandPlan,
  known: Known,
  restored: typeof restore,
): Picture {
  // Channel by channel, as if each were a picture of its own, so that not all are in memory at once.
  const own = bandPlan({ ...plan.extent, channels: 1 }, () => 0);
  const planes = Array.from({ length: channels }, (_, channel) => {
    const [from, to] = [channel * own.length, (channel + 1) * own.length];
    const inside = {
      estimates: known.estimates.subarray(from, to),
      signs: known.signs.subarray(from, to),
    };
    const coefficients = restored(expectedCoefficients(inside), inside, own);
    for (let i = 0; i < coefficients.length; i++) coefficients[i]! *= step;
    if (pixelsPerDegree !== undefined)
      weighBands(coefficients, own, pixelsPerDegree, { isUndone: true, firstChannel: channel });
    return new Float32Array(synthesizeChannel(coefficients, 0, own));
  });
  const data = samplesOf(depth, width * height * channels);
  const toSample = sampleOf(depth);
  const [first, second, third] = planes;
  if (first && second && third && rotation) {
    const m: Matrix3 = matrixOf(rotation);
    for (let i = 0, j = 0; i < first.length; i++)
      for (let color = 0; color < 3; color++)
        data[j++] = toSample(
          m[0][color]! * first[i]! + m[1][color]! * second[i]! + m[2][color]! * third[i]!,
        );
  } else if (first) for (let i = 0; i < first.length; i++) data[i] = toSample(first[i]!);
  return { width, height, channels, ...uncoded(data, depth) };
}

/** Coded samples of a depth. */
const samplesOf = (depth: Depth | undefined, length: number): Samples =>
  depth ? new Uint16Array(length) : new Uint8Array(length);

/** Turns gray levels, of which 0 is the middle, into coded samples. */
function sampleOf(depth: Depth | undefined): (x: number) => number {
  const level = levelOf(depth);
  const white = 2 ** codedBits(depth) - 1;
  return (x) => Math.min(Math.max(Math.floor((x + middle) / level + 0.5), 0), white);
}

function losslessPicture(
  { width, height, channels, levels, depth }: PictureHead,
  plan: BandPlan,
  { estimates, signs }: Known,
): Picture {
  const planes = Array.from({ length: channels }, (_, channel) => {
    const bands = plan.bands
      .filter((band) => band.channel === channel)
      .map(({ start, stride, height, width, lastPlane }): LiftingMatrix<Int32Array> => {
        const data = new Int32Array(height * width);
        for (let row = 0; row < height; row++)
          for (let column = 0; column < width; column++) {
            const at = start + row * stride + column;
            data[row * width + column] = signs[at]! * (estimates[at]! >> (lastPlane + 4));
          }
        return { height, width, data };
      });
    const details = Array.from({ length: levels }, (_, i) => {
      const [lh, hl, hh] = bands.slice(1 + 3 * i, 4 + 3 * i);
      return { lh: lh!, hl: hl!, hh: hh! }; // three bands a level
    });
    const scheme = liftingScheme("cdf5/3");
    return ilwt2({ approximation: bands[0]!, details, height, width, mode: "reflect", scheme })
      .data;
  });
  const samples = fromDeepPlanes(planes, 2 ** codedBits(depth) - 1);
  const data = depth ? samples : Uint8Array.from(samples);
  return { width, height, channels, ...uncoded(data, depth) };
}
