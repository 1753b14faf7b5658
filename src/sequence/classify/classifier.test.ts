import { describe, expect, test } from "vitest";
import { evaluate } from "../../../test/evaluate.ts";
import { createRandom } from "../../data/random/random.ts";
import { input } from "../../graph/index.ts";
import { bind } from "../../nn/parameters.ts";
import { initialize } from "../../train/trainer.ts";
import { type MixingName, mixingOf } from "../mixings.ts";
import { classifierModel, classifierScores, exampleInputs } from "./classifier.ts";
import { buildClassifier } from "./run.ts";

const shape = { batch: 2, context: 9 };
const classNames = ["a", "b", "c"];

/** Logits of a small classifier for `inputs`, `[2, 9]`, and `lengths`. */
async function logitsOf(name: MixingName, inputs: readonly number[], lengths: readonly number[]) {
  const options = { mixing: name, layers: 2, heads: 2, width: 8, context: 9, batch: 2, peak: 0 };
  const { size, layout } = buildClassifier({ options, symbols: 5, classNames });
  const { scope } = bind(layout, input("arena", [layout.size]));
  const logits = classifierModel(scope, exampleInputs(shape), size, mixingOf(name));
  const random = createRandom(1);
  const arena = initialize(layout, random).map((value) => value + 0.3 * random.normal());
  expect(logits.shape).toEqual([2, 3]);
  return (await evaluate({ logits }, { arena, inputs, lengths })).logits;
}

describe.each(["none", "haar", "learned"] as const)("a classifier with mixing %s", (name) => {
  const row = [0, 1, 2, 3, 2, 0, 1, 5, 5];
  const changed = (i: number, token: number) => row.with(i, token);

  test("sees every true token, and nothing behind the last", async () => {
    const both = (other: readonly number[]) => logitsOf(name, [...row, ...other], [7, 7]);
    const same = await both(row);
    expect(same.slice(3)).toEqual(same.slice(0, 3));
    expect(await both(changed(7, 2).with(8, 0))).toEqual(same);
    for (const i of [0, 3, 6]) {
      expect((await both(changed(i, 4))).slice(3)).not.toEqual(same.slice(3)); // there is no 4
    }
  });

  test("tells by the length where a row ends", async () => {
    const both = await logitsOf(name, [...row, ...row], [7, 4]);
    expect(both.slice(3)).not.toEqual(both.slice(0, 3));
  });
});

test("scores are of the rows that have a class", async () => {
  const logits = input("logits", [3, 2], "float64");
  const labels = input("labels", [3], "int32");
  const p = (share: number) => [Math.log(share), Math.log(1 - share)];
  const feeds = { logits: [...p(0.9), ...p(0.6), ...p(0.3)], labels: [0, 1, -1] };
  const { mean, nats, correct, count } = await evaluate(classifierScores(logits, labels), feeds);
  expect(nats[0]).toBeCloseTo(-Math.log(0.9) - Math.log(0.4), 9);
  expect(mean[0]).toBeCloseTo(nats[0]! / 2, 9); // a scalar
  expect([correct[0], count[0]]).toEqual([1, 2]);
});
