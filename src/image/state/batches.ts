import type { Random } from "../../data/random/random.ts";
import { shuffledForever } from "../../data/random/shuffle.ts";
import type { Arrays } from "../../runtime/compile.ts";
import type { TrainingImages } from "../model.ts";
import { type Scale, scaleNames } from "../scales.ts";
import { clearUnused, type DecisionTable, feedsOf, layOut, startOfTable } from "./decisions.ts";
import type { Describer } from "./describer.ts";
import type { Importance } from "./importance.ts";

export interface BatchOptions {
  readonly training: TrainingImages;
  /** Images of one batch. */
  readonly images: number;
  /** Mean length of a stream. */
  readonly decisionsPerImage: number;
  readonly random: Random;
}

/**
 * The batches of a training, by step from 1. Each takes the next `images` images of an endless succession of shuffled
 * data sets and keeps of their decisions what importance and chance decide; all of it a function of `random` and the
 * step alone. The arrays are reused by the next batch.
 */
export function decisionBatches(
  describer: Describer,
  table: DecisionTable,
  importance: Importance,
  { training, images, decisionsPerImage, random }: BatchOptions,
): (step: number) => Arrays {
  const order = shuffledForever(training.count, random.fork("order"));
  return (step) => {
    const chance = random.fork(`step ${step}`);
    const cursor = startOfTable();
    const seen = { shape: 0, detail: 0 };
    const weigh = (...[site, approximation]: Parameters<Importance["chance"]>) => {
      const share = importance.chance(site, approximation);
      if (chance.uniform() >= share) return 0;
      seen[describer.scaleOf(site)]++;
      return 1 / share;
    };
    // Reservoir sampling (Vitter 1985): each kept decision is as likely to be among the rows in the end.
    const overflow = (scale: Scale) => {
      const place = chance.integer(seen[scale]);
      return place < table.rows[scale].count ? place : -1;
    };
    for (let k = 0; k < images; k++) {
      const example = training.draw(order((step - 1) * images + k), chance);
      for (const _ of layOut(describer, table, example, cursor, { weigh, overflow })) {
        throw new Error("a table with an overflow rule asked to be emptied");
      }
    }
    clearUnused(table, cursor, describer);
    // Rows stand for those that found no place, and all together for one decision: weighted sums are means.
    for (const scale of scaleNames) {
      const { weight, count } = table.rows[scale];
      const factor = Math.max(1, seen[scale] / count) / (images * decisionsPerImage);
      for (let row = 0; row < cursor.rows[scale]; row++) weight[row]! *= factor;
    }
    return { ...feedsOf(table), decisionsPerImage: Float32Array.of(decisionsPerImage) };
  };
}
