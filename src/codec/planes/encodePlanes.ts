import { type BinaryEncoder, binaryEncoder } from "../entropy/binaryCoder.ts";
import { costTable } from "../mixing/logistic.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { withMixing } from "../mixing/withMixing.ts";
import type { BandPlan } from "./bandPlan.ts";
import { contextsOf } from "./contextsOf.ts";
import { type Known, nothingKnown } from "./known.ts";
import { type Pace, pacer } from "./pacing.ts";
import { Question } from "./question.ts";
import { type Answers, type Part, walkPlanes } from "./walkPlanes.ts";

/** Coefficients in the arrays of a plan. */
export type Coefficients = Float64Array | Float32Array;

/** How {@link encodePlanes} chooses. */
export interface EncodeOptions {
  /**
   * What a bit is worth, as squared error in units of the threshold: in the plane `chosen`, and below it, a coefficient is left out,
   * and a bit is told wrong, where that costs less. 0 tells every coefficient as it is.
   */
  readonly lambda?: number;
  /** The threshold 2^0 in the coefficients' units; 1 by default. */
  readonly step?: number;
  /** The plane from which on is chosen what to tell; 0 by default. */
  readonly chosen?: number;
  /** How long the code is to be: in the plane `chosen` what a bit is worth follows it, and in any plane below the code ends there. */
  readonly pace?: Pace;
}

/** The code of the planes of a plan. */
export interface EncodedPlanes extends ToldPlanes {
  readonly bytes: Uint8Array;
}

/** Planes that are part of a code. */
export interface ToldPlanes {
  /** What a decoder of all bytes knows. */
  readonly known: Known;
  /** log2 of the threshold at which the code begins. */
  readonly startingPlane: number;
  /** Whether all planes were coded: a pace can end them before. */
  readonly finished: boolean;
  /** Bits that each band of the plan needed in the plane `chosen`, and bytes of all down to its end. */
  readonly chosenBits: Float64Array;
  readonly chosenBytes: number;
  /** After how many bytes each level is told, the scaling band first; of a plan in the order of resolution, else none. */
  readonly levelEnds: readonly number[];
}

/** The plane of the largest coefficient in units of a step, at least −1. Throws RangeError where one is not below 2^26. */
export function startingPlaneOf(coefficients: Coefficients, step = 1): number {
  const limit = step * 2 ** 26;
  let most = 0;
  for (let i = 0; i < coefficients.length; i++) {
    const size = Math.abs(coefficients[i]!);
    if (!(size < limit))
      throw new RangeError(
        `coefficient ${i} is ${coefficients[i]! / step}, and must be below 2^26`,
      );
    if (size > most) most = size;
  }
  return 31 - Math.clz32(Math.floor(most / step));
}

/** Where a coefficient is taken to lie in its interval: of those found last, and of the others. Squared errors are told from there. */
const foundMiddle = 1.42;
const refinedMiddle = 0.48;

/**
 * Codes coefficients plane by plane by context mixing, so that any beginning of the code decodes. What is below the last threshold of its band is not told.
 */
export const encodePlanes = (
  coefficients: Coefficients,
  plan: BandPlan,
  options: EncodeOptions = {},
): EncodedPlanes =>
  withMixing((mixing) => {
    const encoder = binaryEncoder();
    const startingPlane = startingPlaneOf(coefficients, options.step);
    const told = tellPlanes({ mixing, encoder }, startingPlane, coefficients, plan, options);
    const bytes = encoder.finish();
    const levels = plan.order === "resolution" ? plan.extent.levels + 1 : 0;
    const levelEnds = Array.from({ length: levels }, (_, level) =>
      Math.min(told.levelEnds[level] ?? 0, bytes.length),
    );
    return { ...told, bytes, levelEnds };
  });

/** What codes bits: how likely they are, and their code. */
export interface BitsEncoder {
  readonly mixing: Mixing;
  readonly encoder: BinaryEncoder;
}

/** Codes planes behind what was coded before, and by what was learned from it. */
export function tellPlanes(
  { mixing, encoder }: BitsEncoder,
  startingPlane: number,
  coefficients: Coefficients,
  plan: BandPlan,
  { lambda = 0, step = 1, chosen = 0, pace }: EncodeOptions,
): ToldPlanes {
  const known = nothingKnown(plan, startingPlane);
  const levelEnds: number[] = [];
  // Whole magnitudes; those left out get smaller.
  const sizes = new (startingPlane < 16 ? Uint16Array : Int32Array)(coefficients.length);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.floor(Math.abs(coefficients[i]! / step));
  /** A magnitude in thresholds of a plane. */
  const sizeAt = (place: number, plane: number) =>
    Math.abs(coefficients[place]!) / step / 2 ** plane;
  const isChosen = (plane: number) => plane <= chosen && lambda > 0;
  // What was spent: on each band in the plane `chosen`, and on all others.
  const numbers = new Map(plan.bands.map((band, i) => [band, i]));
  const elsewhere = numbers.size;
  const spent = new Float64Array(elsewhere + 1);
  let [own, ownNumber, total, totalToChosen] = [plan.bands[0], elsewhere, 0, 0];
  let price = lambda;
  const priceAt = pace && lambda > 0 ? pacer(plan, pace, lambda) : undefined;
  /** Before each answer; whether the code is long enough. */
  function isEnough({ band, row, plane }: Part): boolean {
    if (plane >= chosen) totalToChosen = total;
    if (plane !== chosen) {
      ownNumber = elsewhere;
      return plane < chosen && pace !== undefined && encoder.written() >= pace.bytes;
    }
    if (band !== own || ownNumber === elsewhere) [own, ownNumber] = [band, numbers.get(band)!];
    if (priceAt) price = priceAt(band, row, total);
    return false;
  }
  function tell(bit: 0 | 1, chance: number): 0 | 1 {
    encoder.encode(bit, chance);
    mixing.update(bit);
    const cost = costOf(bit === 1 ? chance : 65536 - chance);
    spent[ownNumber]! += cost;
    total += cost;
    if (ownNumber !== elsewhere) totalToChosen = total;
    return bit;
  }
  const at = ({ band, row, column }: Part) => band.start + row * band.stride + column;
  /** Calls back with the place of each coefficient of a part. */
  function each({ band, row, column, height, width }: Part, visit: (place: number) => void): void {
    for (
      let i = 0, from = band.start + row * band.stride + column;
      i < height;
      i++, from += band.stride
    )
      for (let j = 0; j < width; j++) visit(from + j);
  }
  /** By how much telling a coefficient as ±1 threshold lowers the squared error. */
  const gain = (place: number, plane: number) => {
    const size = sizeAt(place, plane);
    return size * size - (size - foundMiddle) * (size - foundMiddle);
  };
  function isSignificant({ band, row, column, height, width, plane }: Part): boolean {
    for (
      let i = 0, from = band.start + row * band.stride + column;
      i < height;
      i++, from += band.stride
    )
      for (let j = 0; j < width; j++) if (sizes[from + j]! >> plane !== 0) return true;
    return false;
  }
  function leaveOut(part: Part): void {
    const most = 2 ** part.plane - 1;
    each(part, (place) => {
      sizes[place] = Math.min(sizes[place]!, most);
    });
  }
  /** Whether a part that has significant coefficients is not worth its bits, by guesses of what its members will cost. */
  function isTooDear(part: Part, question: number, chance: number): boolean {
    const own = costOf(chance) - costOf(65536 - chance); // beyond what silence costs
    const { plane } = part;
    if (question === Question.coefficient) return gain(at(part), plane) < price * (own + 1 + slack);
    if (question === Question.quad) {
      let [gained, found] = [0, 0];
      each(part, (place) => {
        if (sizes[place]! >> plane === 0) return;
        gained += gain(place, plane);
        found++;
      });
      return gained < price * (own + 0.8 + 2.6 * found + slack);
    }
    let [gained, bits] = [0, own];
    const { band, row, column, height, width } = part;
    for (let y = 0; y < height; y += 2)
      for (let x = 0; x < width; x += 2) {
        const size = { height: Math.min(2, height - y), width: Math.min(2, width - x) };
        let [ofQuad, found] = [0, 0];
        each({ band, row: row + y, column: column + x, ...size, plane }, (place) => {
          if (sizes[place]! >> plane === 0) return;
          ofQuad += gain(place, plane);
          found++;
        });
        const cost = 2.2 + 3 * found;
        bits += 0.6;
        if (found === 0 || ofQuad <= price * cost) continue;
        gained += ofQuad;
        bits += cost;
      }
    return gained === 0 || gained < price * (bits + slack);
  }
  const answers: Answers = {
    group(part, question, count, isCertain) {
      if (isEnough(part)) return -1;
      let is = isSignificant(part);
      if (isCertain) {
        if (!is) sizes[largest(part)] = 2 ** part.plane; // all others were left out
        return 1;
      }
      const chance = mixing.predict(count);
      if (is && isChosen(part.plane) && question !== Question.band)
        if (isTooDear(part, question, chance)) {
          leaveOut(part);
          is = false;
        }
      return tell(is ? 1 : 0, chance);
    },
    refine(part, count) {
      if (isEnough(part)) return -1;
      const place = at(part);
      const size = sizes[place]!;
      const chance = mixing.predict(count);
      const { plane } = part;
      const exactBit = (size >> plane) & 1 ? 1 : 0;
      if (!isChosen(plane)) return tell(exactBit, chance);
      const exact = sizeAt(place, plane);
      const even = (size >> plane) & ~1;
      const lossOf = (b: 0 | 1) => {
        const error = exact - even - b - refinedMiddle;
        return error * error + price * costOf(b === 1 ? chance : 65536 - chance);
      };
      const bit = lossOf(1) < lossOf(0) ? 1 : 0;
      // The nearest of those that the bit allows.
      if (bit !== exactBit) sizes[place] = ((even + 1) << plane) - (bit === 1 ? 0 : 1);
      return tell(bit, chance);
    },
    sign(part, count) {
      return tell(coefficients[at(part)]! < 0 ? 1 : 0, mixing.predict(count));
    },
    levelEnds: () => void levelEnds.push(encoder.decisiveBytes()),
  };
  /** The place of the largest coefficient of a part. */
  function largest(part: Part): number {
    let [best, place] = [-1, at(part)];
    each(part, (i) => {
      const size = Math.abs(coefficients[i]!);
      if (size > best) [best, place] = [size, i];
    });
    return place;
  }
  const finished =
    startingPlane < 0 ||
    walkPlanes(plan, startingPlane, known, contextsOf(plan, mixing, known), answers);
  const costs = { chosenBits: spent.subarray(0, elsewhere), chosenBytes: totalToChosen / 8 };
  return { known, startingPlane, finished, levelEnds, ...costs };
}

/** What an event of a chance out of 2^16 costs, in bits. */
const costOf = (chance: number): number => costTable[chance >> 4]!;

/** Bits by which a found coefficient raises the price of its neighbors. */
const slack = 0.5;
