import type { Arrays } from "../../runtime/compile.ts";
import { toInteger } from "../language/integerBands.ts";
import type { Example } from "../model.ts";
import { followImage, type ValueDescriber } from "./describer.ts";
import { replayValues, type ValueDecision } from "./replayValues.ts";
import type { ValueRanges } from "./valueRanges.ts";

/** Coefficients laid out as the network takes them. */
export interface ValueTable {
  readonly count: number;
  /** `[rows, width]` */
  readonly sites: Float32Array;
  /** `[rows, 3]`: value, least and greatest. */
  readonly ranges: Float32Array;
  /** `[rows]`: how many coefficients this one stands for. */
  readonly weight: Float32Array;
  /** `[rows]`: whose it was said to be. */
  readonly owner: Int32Array;
}

export const valueTable = ({ width }: ValueDescriber, count: number): ValueTable => ({
  count,
  sites: new Float32Array(count * width),
  ranges: new Float32Array(count * 3),
  weight: new Float32Array(count),
  owner: new Int32Array(count),
});

/** A table's arrays under the names of the graph's inputs. */
export const feedsOf = ({ sites, ranges, weight }: ValueTable): Arrays => ({
  sites,
  ranges,
  weight,
});

export interface LayOutValuesOptions {
  /** How much a coefficient counts: 0 leaves it out; 1 by default. */
  readonly weigh?: (decision: ValueDecision, ranges: ValueRanges) => number;
  /** Whose the coefficients are, for `ValueTable.owner`; 0 by default. */
  readonly owner?: number;
  /**
   * Which row a coefficient takes that finds all of them taken, or -1 for none. Without this the generator yields, and expects
   * the rows to have been used and the cursor to be back at the start when it is resumed.
   */
  readonly overflow?: () => number;
}

/** Lays out the coefficients of one image that are not certain, behind `cursor`. */
export function* layOutValues(
  describer: ValueDescriber,
  table: ValueTable,
  example: Example,
  cursor: { row: number },
  { weigh = () => 1, owner = 0, overflow }: LayOutValuesOptions = {},
): Generator<void, void, void> {
  const { language } = describer.setting;
  const { width } = describer;
  const follower = followImage(describer, example);
  const { ranges } = follower;
  for (const decision of replayValues(example.coefficients, language)) {
    const { site, approximation } = decision;
    const { offset } = site;
    follower.enter(site, approximation);
    const [low, high] = [ranges.low(offset), ranges.high(offset)];
    if (low === high) continue;
    const weight = weigh(decision, ranges);
    if (weight === 0) continue;
    if (!overflow && cursor.row === table.count) yield;
    const row = cursor.row < table.count ? cursor.row++ : (overflow?.() ?? -1);
    if (row < 0) continue;
    follower.write(table.sites, row * width, site, approximation);
    table.ranges[3 * row] = toInteger(example.coefficients[offset]!, ranges.unit());
    table.ranges[3 * row + 1] = low;
    table.ranges[3 * row + 2] = high;
    table.weight[row] = weight;
    table.owner[row] = owner;
  }
}

/** Clears what is not in use: it is certain, and counts nothing. */
export function clearUnusedValues(
  { sites, ranges, weight }: ValueTable,
  { row }: { readonly row: number },
  { width }: ValueDescriber,
): void {
  sites.fill(0, row * width);
  ranges.fill(0, row * 3);
  weight.fill(0, row);
}
