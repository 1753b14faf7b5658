import type { Known } from "../../../codec/planes/known.ts";
import { finer, frame, inputUnit, mostDifference, type ReadBand } from "./inputs.ts";
import { diagonalWindows, offsets, straightWindows } from "./windows.ts";

/** Values count no more than this for the activity around a place. */
export const mostSize = 2 * inputUnit;

/**
 * Fills `input` with what a net is told of a coefficient. Returns its class: 0 to 3 where nothing was found, the more there is around it; 4 where
 * it is below twice the threshold, else 5.
 */
export type PlaceReader = (row: number, column: number, input: Int16Array) => number;

/** Reads coefficients of a band that are known up to a plane. */
export function placeReader(
  { band: { start, stride }, isDiagonal, isTurned, parent, siblings, ...source }: ReadBand,
  plane: number,
  { signs }: Known,
): PlaceReader {
  const [first, second] = siblings;
  const inputs = source.inputsAt(plane);
  const { wide, data: picture } = source.coarserAt(plane);
  const windows = isDiagonal ? diagonalWindows : straightWindows;
  const own = offsets(windows.own, stride, isTurned).filter((offset) => offset !== 0);
  const ofFirst = offsets(windows.first, first.stride, isTurned);
  const ofSecond = offsets(windows.second, second.stride, isDiagonal || isTurned);
  const ofCoarser = offsets(windows.coarser, wide, isTurned);
  const middle = isDiagonal ? [0, 1, wide, wide + 1] : [0, isTurned ? wide : 1];
  const parts = middle.length;
  const shift = 31 - Math.clz32(finer * parts);
  const half = 2 ** (shift - 1);
  const [fromFirst, fromSecond] = [own.length, own.length + ofFirst.length];
  const fromCoarser = fromSecond + ofSecond.length;
  const rest = fromCoarser + ofCoarser.length;

  return (row, column, input) => {
    const at = start + row * stride + column;
    const sign = signs[at]!;
    const above = inputs[parent.start + (row >> 1) * parent.stride + (column >> 1)]!;
    const value = inputs[at]!;
    const kind = kindOf(value, sign === 0 ? activityAround(inputs, at, stride) : 0, above);
    for (let k = 0; k < own.length; k++) input[k] = inputs[at + own[k]!]!;
    const besideFirst = first.start + row * first.stride + column;
    for (let k = 0; k < ofFirst.length; k++)
      input[fromFirst + k] = inputs[besideFirst + ofFirst[k]!]!;
    const besideSecond = second.start + row * second.stride + column;
    for (let k = 0; k < ofSecond.length; k++)
      input[fromSecond + k] = inputs[besideSecond + ofSecond[k]!]!;
    const over = (row + frame) * wide + column + frame;
    let sum = 0;
    for (let k = 0; k < parts; k++) sum += picture[over + middle[k]!]!;
    for (let k = 0; k < ofCoarser.length; k++) {
      const difference = parts * picture[over + ofCoarser[k]!]! - sum;
      const rounded = (difference + half + (difference >> 31)) >> shift; // of halves the one farther from 0
      input[fromCoarser + k] = Math.min(Math.max(rounded, -mostDifference), mostDifference);
    }
    input[rest] = above;
    input[rest + 1] = value;
    input[rest + 2] = inputUnit * sign;
    return kind;
  };
}

/** Sizes of the 5×5 values around a place, each at most {@link mostSize}; the inner 3×3 count twice. */
function activityAround(inputs: Int16Array, at: number, stride: number): number {
  let activity = 0;
  for (let i = -2; i <= 2; i++)
    for (let j = -2; j <= 2; j++) {
      const size = Math.min(Math.abs(inputs[at + i * stride + j]!), mostSize);
      activity += i * i <= 1 && j * j <= 1 ? 2 * size : size;
    }
  return activity;
}

/** The class of a coefficient of this value, by the activity around it and its parent. */
export function kindOf(value: number, around: number, above: number): number {
  if (value !== 0) return Math.abs(value) < 2 * inputUnit ? 4 : 5;
  const activity = around + 2 * Math.min(Math.abs(above), mostSize);
  if (activity < inputUnit) return 0;
  return activity < 4 * inputUnit ? 1 : activity < 10 * inputUnit ? 2 : 3;
}
