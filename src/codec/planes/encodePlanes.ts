import { binaryEncoder } from "../entropy/binaryCoder.ts";
import { costTable } from "../mixing/logistic.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { withMixing } from "../mixing/withMixing.ts";
import type { BandPlan } from "./bandPlan.ts";
import { contexts } from "./contexts.ts";
import { type Known, nothingKnown } from "./known.ts";
import { Question } from "./question.ts";
import { type Answers, type Part, walkPlanes } from "./walkPlanes.ts";

/** Coefficients in the arrays of a plan, in units of the threshold 2^0. */
export type Coefficients = Float64Array;

/** How {@link encodePlanes} chooses. */
export interface EncodeOptions {
  /**
   * What a bit is worth, as squared error: in the plane 0 a coefficient is left out, and a bit is told wrong, where that costs less. 0
   * tells every coefficient as it is.
   */
  readonly lambda?: number;
}

/** The code of the planes of a plan. */
export interface EncodedPlanes {
  readonly bytes: Uint8Array;
  /** What a decoder of all bytes knows. */
  readonly known: Known;
  /** log2 of the threshold at which the code begins. */
  readonly startingPlane: number;
  /** After how many bytes each level is told, the scaling band first; of a plan in the order of resolution, else none. */
  readonly levelEnds: readonly number[];
}

/** The plane of the largest coefficient, at least −1. Throws RangeError where one is not below 2^26. */
export function startingPlaneOf(coefficients: Coefficients): number {
  let most = 0;
  for (let i = 0; i < coefficients.length; i++) {
    const size = Math.abs(coefficients[i]!);
    if (!(size < 2 ** 26))
      throw new RangeError(`coefficient ${i} is ${coefficients[i]}, and must be below 2^26`);
    if (size > most) most = size;
  }
  return 31 - Math.clz32(Math.floor(most));
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
): EncodedPlanes => withMixing((mixing) => encodeWith(mixing, coefficients, plan, options));

function encodeWith(
  mixing: Mixing,
  coefficients: Coefficients,
  plan: BandPlan,
  { lambda = 0 }: EncodeOptions,
): EncodedPlanes {
  const startingPlane = startingPlaneOf(coefficients);
  const known = nothingKnown(plan, startingPlane);
  const encoder = binaryEncoder();
  const ends: number[] = [];
  // Whole magnitudes; those left out become 0.
  const sizes = new Int32Array(coefficients.length);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.floor(Math.abs(coefficients[i]!));

  function tell(bit: 0 | 1, chance: number): 0 | 1 {
    encoder.encode(bit, chance);
    mixing.update(bit);
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
  /** By how much telling a coefficient as ±1 lowers the squared error. */
  const gain = (place: number) => {
    const size = Math.abs(coefficients[place]!);
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
    each(part, (place) => {
      sizes[place] = 0;
    });
  }
  /** Whether a part that has significant coefficients is not worth its bits, by guesses of what its members will cost. */
  function isTooDear(part: Part, question: number, chance: number): boolean {
    const own = costOf(chance) - costOf(65536 - chance); // beyond what silence costs
    if (question === Question.coefficient) return gain(at(part)) < lambda * (own + 1 + slack);
    if (question === Question.quad) {
      let [gained, found] = [0, 0];
      each(part, (place) => {
        if (sizes[place] === 0) return;
        gained += gain(place);
        found++;
      });
      return gained < lambda * (own + 0.8 + 2.6 * found + slack);
    }
    let [gained, bits] = [0, own];
    const { band, row, column, height, width, plane } = part;
    for (let y = 0; y < height; y += 2)
      for (let x = 0; x < width; x += 2) {
        const size = { height: Math.min(2, height - y), width: Math.min(2, width - x) };
        let [ofQuad, found] = [0, 0];
        each({ band, row: row + y, column: column + x, ...size, plane }, (place) => {
          if (sizes[place] === 0) return;
          ofQuad += gain(place);
          found++;
        });
        const cost = 2.2 + 3 * found;
        bits += 0.6;
        if (found === 0 || ofQuad <= lambda * cost) continue;
        gained += ofQuad;
        bits += cost;
      }
    return gained === 0 || gained < lambda * (bits + slack);
  }
  const answers: Answers = {
    group(part, question, count, isCertain) {
      let is = isSignificant(part);
      if (isCertain) {
        if (!is) sizes[largest(part)] = 1; // all others were left out
        return 1;
      }
      const chance = mixing.predict(count);
      if (is && part.plane === 0 && lambda > 0 && question !== Question.band)
        if (isTooDear(part, question, chance)) {
          leaveOut(part);
          is = false;
        }
      return tell(is ? 1 : 0, chance);
    },
    refine(part, count) {
      const place = at(part);
      const size = sizes[place]!;
      const chance = mixing.predict(count);
      let bit: 0 | 1 = (size >> part.plane) & 1 ? 1 : 0;
      if (part.plane === 0 && lambda > 0) {
        const exact = Math.abs(coefficients[place]!);
        const even = size & ~1;
        const price = (b: 0 | 1) => {
          const error = exact - even - b - refinedMiddle;
          return error * error + lambda * costOf(b === 1 ? chance : 65536 - chance);
        };
        bit = price(1) < price(0) ? 1 : 0;
        sizes[place] = even + bit;
      }
      return tell(bit, chance);
    },
    sign(part, count) {
      return tell(coefficients[at(part)]! < 0 ? 1 : 0, mixing.predict(count));
    },
    levelEnds: () => void ends.push(encoder.decisiveBytes()),
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
  if (startingPlane >= 0) walkPlanes(plan, startingPlane, known, contexts(mixing, known), answers);
  const bytes = encoder.finish();
  const levels = plan.order === "resolution" ? plan.extent.levels + 1 : 0;
  const levelEnds = Array.from({ length: levels }, (_, level) =>
    Math.min(ends[level] ?? 0, bytes.length),
  );
  return { bytes, known, startingPlane, levelEnds };
}

/** What an event of a chance out of 2^16 costs, in bits. */
const costOf = (chance: number): number => costTable[chance >> 4]!;

/** Bits by which a found coefficient raises the price of its neighbors. */
const slack = 0.5;
