import type { Random } from "../../data/random/random.ts";
import { shuffledForever } from "../../data/random/shuffle.ts";
import type { Arrays } from "../../runtime/compile.ts";
import type { TrainingImages } from "../model.ts";
import type { ValueDescriber } from "./describer.ts";
import type { ValueImportance } from "./importance.ts";
import { clearUnusedValues, feedsOf, layOutValues, type ValueTable } from "./table.ts";

export interface ValueBatchOptions {
  readonly training: TrainingImages;
  /** Images of one batch. */
  readonly images: number;
  readonly random: Random;
}

/**
 * The batches of a training, by step from 1, as those of the model `state`: the next `images` images of an endless succession
 * of shuffled data sets, and of their coefficients what importance and chance decide.
 */
export function valueBatches(
  describer: ValueDescriber,
  table: ValueTable,
  importance: ValueImportance,
  { training, images, random }: ValueBatchOptions,
): (step: number) => Arrays {
  const order = shuffledForever(training.count, random.fork("order"));
  return (step) => {
    const chance = random.fork(`step ${step}`);
    const cursor = { row: 0 };
    let seen = 0;
    const weigh = (...args: Parameters<ValueImportance["chance"]>) => {
      const share = importance.chance(...args);
      if (chance.uniform() >= share) return 0;
      seen++;
      return 1 / share;
    };
    // Reservoir sampling (Vitter 1985): each kept coefficient is as likely to be among the rows in the end.
    const overflow = () => {
      const place = chance.integer(seen);
      return place < table.count ? place : -1;
    };
    for (let k = 0; k < images; k++) {
      const example = training.draw(order((step - 1) * images + k), chance);
      for (const _ of layOutValues(describer, table, example, cursor, { weigh, overflow })) {
        throw new Error("a table with an overflow rule asked to be emptied");
      }
    }
    clearUnusedValues(table, cursor, describer);
    // Rows stand for those that found no place, and all together for one image: weighted sums are bits of an image.
    const factor = Math.max(1, seen / table.count) / images;
    for (let row = 0; row < cursor.row; row++) table.weight[row]! *= factor;
    return feedsOf(table);
  };
}
