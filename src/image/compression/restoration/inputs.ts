import type { BandPlan, PlannedBand } from "../../../codec/planes/bandPlan.ts";
import { type Known, planeOfFound, planeOfSilent } from "../../../codec/planes/known.ts";
import { Band } from "../../../codec/walk/geometry.ts";
import type { LiftingMatrix } from "../../../wavelets/lifting/index.ts";
import { approximations } from "../transform.ts";

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

/** A band that is restored, and all that a net reads of it. */
export interface ReadBand {
  readonly band: PlannedBand;
  /** Which net it is for. */
  readonly isDiagonal: boolean;
  /** Whether rows and columns are exchanged for its net: it is high along its columns. */
  readonly isTurned: boolean;
  /** The same band one level coarser. */
  readonly parent: PlannedBand;
  /** The two other bands of its level. */
  readonly siblings: readonly [PlannedBand, PlannedBand];
  /** All expected coefficients, in the arrays of the plan, in 16ths of the threshold of a plane, clipped. */
  inputsAt(plane: number): Int16Array;
  /** The picture of all coarser levels beside the band. */
  coarserAt(plane: number): Framed;
}

/** log2 of the threshold that inputs are in units of: that of the plane up to which a coefficient is known. */
export const planeOf = ({ estimates, signs }: Known, at: number): number =>
  signs[at] !== 0 ? planeOfFound(estimates[at]!) : planeOfSilent(estimates[at]!);

/** The bands that are restored, of expected coefficients in units of the plan's 2^0. */
export function* readBands(values: Float64Array, plan: BandPlan): Generator<ReadBand, void> {
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
    for (const band of own) yield readBand(band, coarser[band.level]!, inputsAt); // one a level
  }
}

/** The picture of all levels coarser than a band. */
type Coarser = LiftingMatrix<Float64Array>;

function readBand(
  band: PlannedBand,
  coarser: Coarser,
  inputsAt: (plane: number) => Int16Array,
): ReadBand {
  const [first, second] = band.siblings;
  const { parent } = band;
  if (!first || !second || !parent) throw new RangeError("a coarsest band is not restored");
  const framed = new Map<number, Framed>();
  return {
    ...{ band, parent, siblings: [first, second], inputsAt },
    isDiagonal: band.band === Band.diagonal,
    isTurned: band.band === Band.horizontal,
    coarserAt(plane) {
      const made = framed.get(plane) ?? frameOf(coarser, (finer * inputUnit) / 2 / 2 ** plane);
      framed.set(plane, made);
      return made;
    },
  };
}

/** The planes up to which coefficients of a band are known. */
export function planesOf({ start, stride, height, width }: PlannedBand, known: Known): Set<number> {
  const planes = new Set<number>();
  let last = Number.NaN;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const plane = planeOf(known, start + row * stride + column);
      if (plane !== last) planes.add(plane);
      last = plane;
    }
  return planes;
}

/** Rows and columns around a coarser picture, as far as windows reach. */
export const frame = 4;
/** Coarser pictures are whole numbers in parts of an input's unit. */
export const finer = 16;
/** Differences of the coarser picture lie within ±this: they count half. */
export const mostDifference = inputLimit / 2;

/** A picture in whole numbers with {@link frame} rows and columns more on each side. */
export interface Framed {
  /** Distance of rows. */
  readonly wide: number;
  readonly data: Int32Array;
}

/** A picture in whole numbers with a frame, in which it is mirrored. */
function frameOf({ height, width, data }: Coarser, factor: number): Framed {
  const wide = width + 2 * frame;
  const framed = new Int32Array(wide * (height + 2 * frame));
  for (let row = 0; row < height + 2 * frame; row++) {
    const from = mirror(row - frame, height) * width;
    for (let column = 0; column < wide; column++)
      framed[row * wide + column] = rounded(data[from + mirror(column - frame, width)]! * factor);
  }
  return { wide, data: framed };
}

/** The nearest whole number; of halves the one farther from 0, so that rounding is odd. */
const rounded = (x: number): number => (x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5));

const clip = (x: number): number => rounded(Math.min(Math.max(x, -inputLimit), inputLimit));

/** An index inside of a line, mirrored at its ends: at the first element, and behind the last. */
function mirror(i: number, length: number): number {
  const inside = i < 0 ? -i : i >= length ? 2 * length - 1 - i : i;
  return Math.min(Math.max(inside, 0), length - 1);
}
