import { bandNumber } from "../../codec/walk/geometry.ts";
import { chancesOf } from "../chances.ts";
import { toInteger } from "../language/integerBands.ts";
import type { Example } from "../model.ts";
import { absent, tabulateNeighborhoods } from "../sight/neighborhood.ts";
import type { ValueDescriber } from "./describer.ts";
import { followImage } from "./describer.ts";
import { replayValues, type ValueDecision } from "./replayValues.ts";
import type { ValueRanges } from "./valueRanges.ts";

/** The share of coefficients to train on, by how much there is to learn from them. */
export interface ValueImportance {
  /** Mean number of coefficients of an image that are not certain. */
  readonly valuesPerImage: number;
  /** Chance, in (0, 1], that a coefficient is kept; the kept one then counts 1 / chance. */
  chance(decision: ValueDecision, ranges: ValueRanges): number;
}

/** Magnitudes have at most so many bits. */
const mostBits = 24;

/**
 * Most coefficients are nearly certain: flat background. Contexts (band, bits of the range, whether a neighbor is known that
 * is not 0) are kept in proportion to the square root of the entropy that `examples` show in them, see `fitImportance`.
 */
export function fitValueImportance(
  examples: Iterable<Example>,
  describer: ValueDescriber,
  kept: (valuesPerImage: number) => number,
): ValueImportance {
  const { language } = describer.setting;
  const { tokens } = language;
  const { geometry, places } = tokens;
  const size = places.level.length;
  const none = { grandparent: -1, siblings: 0, children: -1 };
  const ring = tabulateNeighborhoods(geometry, places, { own: 1, parent: 0, ...none });
  const contextOf = ({ site, approximation }: ValueDecision, ranges: ValueRanges) => {
    const { offset, channel } = site;
    const base = channel * size;
    const start = (offset - base) * ring.size;
    let isKnown = 0;
    for (let n = start; n < start + ring.size; n++) {
      const other = ring.offsets[n]!;
      if (other !== absent && approximation[base + other] !== 0) isKnown = 1;
    }
    const bits = bitsOf(ranges.high(offset) - ranges.low(offset));
    return (bandNumber(geometry, site) * mostBits + bits) * 2 + isKnown;
  };
  const counts = new Map<number, Float64Array>();
  let images = 0;
  let values = 0;
  for (const example of examples) {
    images++;
    const { ranges } = followImage(describer, example);
    for (const decision of replayValues(example.coefficients, language)) {
      const { site, approximation } = decision;
      ranges.enter(site, approximation);
      if (ranges.low(site.offset) === ranges.high(site.offset)) continue;
      values++;
      const context = contextOf(decision, ranges);
      let row = counts.get(context);
      if (!row) {
        row = new Float64Array(2 * mostBits);
        counts.set(context, row);
      }
      const value = toInteger(example.coefficients[site.offset]!, ranges.unit());
      row[2 * bitsOf(Math.abs(value)) + (value < 0 ? 1 : 0)]! += 1;
    }
  }
  const valuesPerImage = values / Math.max(1, images);
  // The first bit of a magnitude is certain, the others are all but random.
  const open = (answer: number) => Math.max(0, (answer >> 1) - 1);
  const { known, unseen } = chancesOf(counts, kept(valuesPerImage) * images, open);
  return {
    valuesPerImage,
    chance: (decision, ranges) => known[contextOf(decision, ranges)] || unseen,
  };
}

/** Bits of a whole number from 0 on. */
const bitsOf = (n: number) => 32 - Math.clz32(n);
