import type { BandPlan, PlannedBand } from "../../../codec/planes/bandPlan.ts";
import { type Known, planeOfFound, planeOfSilent } from "../../../codec/planes/known.ts";
import { Band } from "../../../codec/walk/geometry.ts";
import type { LiftingMatrix } from "../../../wavelets/lifting/index.ts";
import { approximations } from "../transform.ts";
import { diagonalWindows, offsets, straightWindows } from "./windows.ts";

/*
 * What a net is told of a coefficient, in 16ths of the threshold, at most 8 thresholds: the 5×5 coefficients around, those of the two
 * other bands, the picture of the coarser levels (its differences from the mean at the place), the parent, the coefficient itself and
 * its sign. A band that is high along the rows is the transpose of one that is high along the columns.
 */

/** Inputs are in 16ths. */
export const inputUnit = 16;

/** Inputs lie within ±this: 8 thresholds. */
export const inputLimit = 128;

/** The coarsest level that is restored. */
const firstLevel = 2;

/** A band that is restored, and what a net is told of its coefficients. */
export interface ReadBand {
  readonly band: PlannedBand;
  /** Which net it is for. */
  readonly isDiagonal: boolean;
  /** Inputs of a coefficient. */
  readonly count: number;
  /**
   * Fills `input` from `at` on. Returns the class of the coefficient: 0 to 3 where nothing was found, the more there is around it; 4 where
   * it is below twice the threshold, else 5.
   */
  read(row: number, column: number, input: Int16Array, at: number): number;
}

/** log2 of the threshold that inputs are in units of: that of the plane up to which a coefficient is known. */
export const planeOf = ({ estimates, signs }: Known, at: number): number =>
  signs[at] !== 0 ? planeOfFound(estimates[at]!) : planeOfSilent(estimates[at]!);

/** The bands that are restored, of expected coefficients in units of the plan's 2^0. */
export function* readBands(
  values: Float64Array,
  known: Known,
  plan: BandPlan,
): Generator<ReadBand, void> {
  const scaled = new Map<number, Int16Array>();
  /** All values in 16ths of the threshold of a plane, clipped. */
  const inputsAt = (plane: number): Int16Array => {
    const made = scaled.get(plane);
    if (made) return made;
    const factor = inputUnit / 2 ** plane;
    const inputs = new Int16Array(values.length);
    for (let i = 0; i < values.length; i++)
      if (values[i] !== 0) inputs[i] = clip(values[i]! * factor);
    scaled.set(plane, inputs);
    return inputs;
  };
  for (let channel = 0; channel < plan.extent.channels; channel++) {
    const own = plan.bands.filter((band) => band.channel === channel && band.level >= firstLevel);
    if (own.length === 0) continue;
    const coarser = approximations(values, channel, plan);
    for (const band of own) yield readBand(band, known, coarser[band.level]!, inputsAt); // one a level
  }
}

/** The picture of all levels coarser than a band. */
type Coarser = LiftingMatrix<Float64Array>;

function readBand(
  band: PlannedBand,
  known: Known,
  coarser: Coarser,
  inputsAt: (plane: number) => Int16Array,
): ReadBand {
  const { start, stride, parent, siblings } = band;
  const [first, second] = siblings;
  if (!first || !second || !parent) throw new RangeError("a coarsest band is not restored");
  const isDiagonal = band.band === Band.diagonal;
  // A band that is high along its columns is read with rows and columns exchanged.
  const isTurned = band.band === Band.horizontal;

  const windows = isDiagonal ? diagonalWindows : straightWindows;
  const own = offsets(windows.own, stride, isTurned).filter((offset) => offset !== 0);
  const ofFirst = offsets(windows.first, first.stride, isTurned);
  const ofSecond = offsets(windows.second, second.stride, isDiagonal || isTurned);
  const wide = coarser.width + 2 * frame;
  const ofCoarser = offsets(windows.coarser, wide, isTurned);
  const middle = isDiagonal ? [0, 1, wide, wide + 1] : [0, isTurned ? wide : 1];
  const parts = middle.length;
  const shift = Math.log2(finer * parts);
  const half = 2 ** (shift - 1); // so that the shift rounds
  const [fromFirst, fromSecond] = [own.length, own.length + ofFirst.length];
  const fromCoarser = fromSecond + ofSecond.length;
  const rest = fromCoarser + ofCoarser.length;

  const framed = new Map<number, Int32Array>();
  let plane = Number.NaN;
  let inputs: Int16Array = new Int16Array(0);
  let picture: Int32Array = new Int32Array(0);
  return {
    ...{ band, isDiagonal, count: rest + 3 },
    read(row, column, input, to) {
      const at = start + row * stride + column;
      const ownPlane = planeOf(known, at);
      if (ownPlane !== plane) {
        plane = ownPlane;
        inputs = inputsAt(plane);
        picture = framed.get(plane) ?? frameOf(coarser, (finer * inputUnit) / 2 / 2 ** plane);
        framed.set(plane, picture);
      }
      const sign = known.signs[at]!;
      const above = inputs[parent.start + (row >> 1) * parent.stride + (column >> 1)]!;
      const value = inputs[at]!;
      const kind =
        sign !== 0
          ? Math.abs(value) < 2 * inputUnit
            ? 4
            : 5
          : activityClass(inputs, at, stride, above);
      for (let k = 0; k < own.length; k++) input[to + k] = inputs[at + own[k]!]!;
      const besideFirst = first.start + row * first.stride + column;
      for (let k = 0; k < ofFirst.length; k++)
        input[to + fromFirst + k] = inputs[besideFirst + ofFirst[k]!]!;
      const besideSecond = second.start + row * second.stride + column;
      for (let k = 0; k < ofSecond.length; k++)
        input[to + fromSecond + k] = inputs[besideSecond + ofSecond[k]!]!;
      const over = (row + frame) * wide + column + frame;
      let sum = 0;
      for (let k = 0; k < parts; k++) sum += picture[over + middle[k]!]!;
      for (let k = 0; k < ofCoarser.length; k++) {
        const difference = (parts * picture[over + ofCoarser[k]!]! - sum + half) >> shift;
        input[to + fromCoarser + k] = Math.min(Math.max(difference, -most), most);
      }
      input[to + rest] = above;
      input[to + rest + 1] = value;
      input[to + rest + 2] = inputUnit * sign;
      return kind;
    },
  };
}

/** Rows and columns around a coarser picture, as far as windows reach. */
const frame = 4;
/** Coarser pictures are whole numbers in parts of an input's unit. */
const finer = 16;
/** Differences of the coarser picture count half. */
const most = inputLimit / 2;

/** A picture in whole numbers with a frame, in which it is mirrored. */
function frameOf({ height, width, data }: Coarser, factor: number): Int32Array<ArrayBuffer> {
  const wide = width + 2 * frame;
  const framed = new Int32Array(wide * (height + 2 * frame));
  for (let row = 0; row < height + 2 * frame; row++) {
    const from = mirror(row - frame, height) * width;
    for (let column = 0; column < wide; column++)
      framed[row * wide + column] = Math.floor(
        data[from + mirror(column - frame, width)]! * factor + 0.5,
      );
  }
  return framed;
}

/** 0 … 3: how much there is around a place where nothing was found. */
function activityClass(inputs: Int16Array, at: number, stride: number, above: number): number {
  const most = 2 * inputUnit;
  let activity = 2 * Math.min(Math.abs(above), most);
  for (let i = -2; i <= 2; i++)
    for (let j = -2; j <= 2; j++) {
      const size = Math.min(Math.abs(inputs[at + i * stride + j]!), most);
      activity += i * i <= 1 && j * j <= 1 ? 2 * size : size;
    }
  return activity < inputUnit
    ? 0
    : activity < 4 * inputUnit
      ? 1
      : activity < 10 * inputUnit
        ? 2
        : 3;
}

const clip = (x: number): number => Math.round(Math.min(Math.max(x, -inputLimit), inputLimit));

/** An index inside of a line, mirrored at its ends: at the first element, and behind the last. */
function mirror(i: number, length: number): number {
  const inside = i < 0 ? -i : i >= length ? 2 * length - 1 - i : i;
  return Math.min(Math.max(inside, 0), length - 1);
}
