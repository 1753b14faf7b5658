import type { BandPlan, PlannedBand } from "../../../codec/planes/bandPlan.ts";
import { type Known, planeOfFound, planeOfSilent } from "../../../codec/planes/known.ts";
import { Band } from "../../../codec/walk/geometry.ts";
import type { LiftingMatrix } from "../../../wavelets/lifting/index.ts";
import { approximations } from "../transform.ts";
import { inputLimit, type Net, openNet } from "./net.ts";
import { diagonalWeights, straightWeights } from "./weights.ts";

/*
 * A decoder knows of most coefficients only that they are below a threshold. They are small, but not without a pattern: edges go on,
 * and signs follow from neighbors. A small net, the same for all bands, levels, channels and rates, tells from the decoded values around
 * a coefficient what it is likely to be, and the coefficient moves there within the interval that the code has told. All numbers are
 * integers or exact, so every machine restores the same picture.
 *
 * Inputs, in 16ths of the threshold, at most 8 thresholds: the 5×5 coefficients around, those of the two other bands, the picture
 * of the coarser levels (its differences from the mean at the place), the parent, the coefficient itself and its sign. A band that is high
 * along the rows is the transpose of one that is high along the columns. The net is odd: the negative of a picture is restored to the negative.
 */

/** Inputs are in 16ths. */
const unit = 16;

/** The coarsest level that is restored. */
const firstLevel = 2;

/** What lies beside a place: rows, columns. */
interface Window {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}
const around: Window = { top: -2, bottom: 2, left: -2, right: 2 };
const besideOther: Window = { top: -2, bottom: 1, left: -1, right: 2 };
const besideDiagonal: Window = { top: -2, bottom: 1, left: -1, right: 1 };
const besideStraight: Window = { top: -1, bottom: 2, left: -1, right: 1 };
const ofStraight: Window = { top: -2, bottom: 2, left: -2, right: 3 };
const ofDiagonal: Window = { top: -2, bottom: 3, left: -2, right: 3 };

/**
 * Moves expected coefficients (in units of the plan's 2^0) of the 9/7 transform to where a net expects them, each within what is known of it.
 */
export function restore(values: Float64Array, known: Known, plan: BandPlan): Float64Array {
  const { channels, levels } = plan.extent;
  const restored = values.slice();
  if (levels < firstLevel) return restored;
  const straight = openNet(straightWeights);
  const diagonal = openNet(diagonalWeights);
  const scaled = new Map<number, Int16Array>();
  /** All values in 16ths of the threshold of a plane, clipped. */
  const inputsAt = (plane: number): Int16Array => {
    const made = scaled.get(plane);
    if (made) return made;
    const factor = unit / 2 ** plane;
    const inputs = new Int16Array(values.length);
    for (let i = 0; i < values.length; i++)
      if (values[i] !== 0) inputs[i] = clip(values[i]! * factor);
    scaled.set(plane, inputs);
    return inputs;
  };
  for (let channel = 0; channel < channels; channel++) {
    const coarser = approximations(values, channel, plan);
    for (const band of plan.bands) {
      if (band.channel !== channel || band.level < firstLevel) continue;
      const net = band.band === Band.diagonal ? diagonal : straight;
      restoreBand(band, values, known, coarser[band.level]!, inputsAt, net, restored); // one a level
    }
  }
  return restored;
}

/** The picture of all levels coarser than a band. */
type Coarser = LiftingMatrix<Float64Array>;

function restoreBand(
  band: PlannedBand,
  values: Float64Array,
  { estimates, signs }: Known,
  coarser: Coarser,
  inputsAt: (plane: number) => Int16Array,
  net: Net,
  restored: Float64Array,
): void {
  const { start, stride, height, width, parent, siblings } = band;
  const [first, second] = siblings;
  if (!first || !second || !parent) return;
  const isDiagonal = band.band === Band.diagonal;
  // A band that is high along its columns is read with rows and columns exchanged.
  const isTurned = band.band === Band.horizontal;
  const { input } = net;

  const own = offsets(around, stride, isTurned).filter((offset) => offset !== 0);
  const ofFirst = offsets(isDiagonal ? besideStraight : besideOther, first.stride, isTurned);
  const ofSecond = isDiagonal
    ? offsets(besideStraight, second.stride, true)
    : offsets(besideDiagonal, second.stride, isTurned);
  const wide = coarser.width + 2 * frame;
  const ofCoarser = offsets(isDiagonal ? ofDiagonal : ofStraight, wide, isTurned);
  const middle = isDiagonal ? [0, 1, wide, wide + 1] : [0, isTurned ? wide : 1];
  const share = 1 / middle.length;
  const [fromFirst, fromSecond] = [own.length, own.length + ofFirst.length];
  const fromCoarser = fromSecond + ofSecond.length;
  const rest = fromCoarser + ofCoarser.length;

  const framed = new Map<number, Int32Array>();
  let plane = Number.NaN;
  let inputs: Int16Array = new Int16Array(0);
  let picture: Int32Array = new Int32Array(0);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const at = start + row * stride + column;
      const estimate = estimates[at]!;
      const sign = signs[at]!;
      const ownPlane = sign !== 0 ? planeOfFound(estimate) : planeOfSilent(estimate);
      if (ownPlane !== plane) {
        plane = ownPlane;
        inputs = inputsAt(plane);
        picture = framed.get(plane) ?? frameOf(coarser, (finer * unit) / 2 / 2 ** plane);
        framed.set(plane, picture);
      }
      const above = inputs[parent.start + (row >> 1) * parent.stride + (column >> 1)]!;
      const value = inputs[at]!;
      const kind =
        sign !== 0
          ? Math.abs(value) < 2 * unit
            ? 4
            : 5
          : activityClass(inputs, at, stride, above);
      for (let k = 0; k < own.length; k++) input[k] = inputs[at + own[k]!]!;
      const besideFirst = first.start + row * first.stride + column;
      for (let k = 0; k < ofFirst.length; k++)
        input[fromFirst + k] = inputs[besideFirst + ofFirst[k]!]!;
      const besideSecond = second.start + row * second.stride + column;
      for (let k = 0; k < ofSecond.length; k++)
        input[fromSecond + k] = inputs[besideSecond + ofSecond[k]!]!;
      const over = (row + frame) * wide + column + frame;
      let sum = 0;
      for (let k = 0; k < middle.length; k++) sum += picture[over + middle[k]!]!;
      const mean = sum * share;
      for (let k = 0; k < ofCoarser.length; k++) {
        const difference = (picture[over + ofCoarser[k]!]! - mean) / finer;
        input[fromCoarser + k] =
          difference > inputLimit / 2
            ? inputLimit / 2
            : difference < -inputLimit / 2
              ? -inputLimit / 2
              : Math.floor(difference + 0.5);
      }
      input[rest] = above;
      input[rest + 1] = value;
      input[rest + 2] = unit * sign;
      const scale = 2 ** plane;
      restored[at] =
        scale * within(values[at]! / scale + net.output(kind), sign, estimate / (16 * scale));
    }
}

/** Where the elements of a window lie beside its middle, in an array of a stride; turned, its rows are columns. */
function offsets(
  { top, bottom, left, right }: Window,
  stride: number,
  isTurned: boolean,
): Int32Array {
  const [down, along] = isTurned ? [1, stride] : [stride, 1];
  const places: number[] = [];
  for (let i = top; i <= bottom; i++)
    for (let j = left; j <= right; j++) places.push(i * down + j * along);
  return Int32Array.from(places);
}

/** Rows and columns around a coarser picture, as far as windows reach. */
const frame = 4;
/** Coarser pictures are whole numbers in parts of an input's unit. */
const finer = 16;

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

/** The nearest value in the interval that is known: of length 1 around `middle`, or nearly −1 … 1 where nothing was found. */
function within(value: number, sign: number, middle: number): number {
  if (sign === 0) return Math.min(Math.max(value, -0.95), 0.95);
  return sign * Math.min(Math.max(sign * value, middle - 0.5), middle + 0.5);
}

/** 0 … 3: how much there is around a place where nothing was found. */
function activityClass(inputs: Int16Array, at: number, stride: number, above: number): number {
  const most = 2 * unit;
  let activity = 2 * Math.min(Math.abs(above), most);
  for (let i = -2; i <= 2; i++)
    for (let j = -2; j <= 2; j++) {
      const size = Math.min(Math.abs(inputs[at + i * stride + j]!), most);
      activity += i * i <= 1 && j * j <= 1 ? 2 * size : size;
    }
  return activity < unit ? 0 : activity < 4 * unit ? 1 : activity < 10 * unit ? 2 : 3;
}

const clip = (x: number): number => Math.round(Math.min(Math.max(x, -inputLimit), inputLimit));

/** An index inside of a line, mirrored at its ends: at the first element, and behind the last. */
function mirror(i: number, length: number): number {
  const inside = i < 0 ? -i : i >= length ? 2 * length - 1 - i : i;
  return Math.min(Math.max(inside, 0), length - 1);
}
