import type { BandPlan, PlannedBand } from "../../../codec/planes/bandPlan.ts";
import { type Known, planeOfFound, planeOfSilent } from "../../../codec/planes/known.ts";
import { Band } from "../../../codec/walk/geometry.ts";
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
interface Coarser {
  readonly height: number;
  readonly width: number;
  readonly data: Float64Array;
}

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
  const isDiagonal = band.band === Band.diagonal;
  // A band that is high along its columns is read with rows and columns exchanged.
  const isTurned = band.band === Band.horizontal;
  const [first, second] = siblings;
  if (!first || !second || !parent) return;
  const { input } = net;
  let count = 0;

  function readWindow(
    from: Int16Array,
    at: number,
    rowStep: number,
    columnStep: number,
    { top, bottom, left, right }: Window,
    skipsMiddle: boolean,
  ): void {
    for (let i = top; i <= bottom; i++)
      for (let j = left; j <= right; j++)
        if (!skipsMiddle || i !== 0 || j !== 0)
          input[count++] = from[at + i * rowStep + j * columnStep]!;
  }
  const steps = (other: PlannedBand, turned: boolean): readonly [number, number] =>
    turned ? [1, other.stride] : [other.stride, 1];
  const [rowStep, columnStep] = steps(band, isTurned);
  const firstSteps = steps(first, isTurned);
  const secondSteps = steps(second, isDiagonal || isTurned);

  /** Samples of the coarser picture around a place, less their mean in the middle, in the unit of inputs. */
  function readCoarser(row: number, column: number, scale: number): void {
    const at = (i: number, j: number) => {
      const y = mirror(isTurned ? row + j : row + i, coarser.height);
      const x = mirror(isTurned ? column + i : column + j, coarser.width);
      return coarser.data[y * coarser.width + x]!;
    };
    const pair = (i: number) => at(i, 0) + at(i, 1);
    const mean = isDiagonal ? (pair(0) + pair(1)) / 4 : pair(0) / 2;
    const { top, bottom, left, right } = isDiagonal ? ofDiagonal : ofStraight;
    const half = 0.5 * scale;
    for (let i = top; i <= bottom; i++)
      for (let j = left; j <= right; j++) {
        const x = (at(i, j) - mean) * half;
        input[count++] = Math.round(Math.min(Math.max(x, -inputLimit / 2), inputLimit / 2));
      }
  }

  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const at = start + row * stride + column;
      const isFound = signs[at] !== 0;
      const estimate = estimates[at]!;
      const plane = isFound ? planeOfFound(estimate) : planeOfSilent(estimate);
      const inputs = inputsAt(plane);
      const above = inputs[parent.start + (row >> 1) * parent.stride + (column >> 1)]!;
      const own = inputs[at]!;
      const kind = isFound
        ? Math.abs(own) < 2 * unit
          ? 4
          : 5
        : activityClass(inputs, at, stride, above);
      count = 0;
      readWindow(inputs, at, rowStep, columnStep, around, true);
      const besideFirst = first.start + row * first.stride + column;
      const besideSecond = second.start + row * second.stride + column;
      if (isDiagonal) {
        readWindow(inputs, besideFirst, ...firstSteps, besideStraight, false);
        readWindow(inputs, besideSecond, ...secondSteps, besideStraight, false);
      } else {
        readWindow(inputs, besideFirst, ...firstSteps, besideOther, false);
        readWindow(inputs, besideSecond, ...secondSteps, besideDiagonal, false);
      }
      readCoarser(row, column, unit / 2 ** plane);
      input[count++] = above;
      input[count++] = own;
      input[count++] = unit * Math.sign(own);
      const scale = 2 ** plane;
      const value = values[at]! / scale + net.output(kind);
      restored[at] = scale * within(value, isFound ? signs[at]! : 0, estimate / (16 * scale));
    }
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
