import { describe, expect, test } from "vitest";
import { evaluate } from "../../../test/evaluate.ts";
import { createRandom } from "../../data/random/random.ts";
import { input } from "../../graph/index.ts";
import { bind } from "../../nn/parameters.ts";
import { initialize } from "../../train/trainer.ts";
import { type MixingName, mixingOf } from "../mixings.ts";
import { classifierModel, classifierScores, exampleInputs } from "./classifier.ts";
import { type Readout, type ReadoutName, readoutNames, readouts } from "./readout.ts";
import { buildClassifier } from "./run.ts";

const shape = { batch: 2, context: 9 };
const classNames = ["a", "b", "c"];

/** Logits of a small classifier for `inputs`, `[2, 9]`, and `lengths`. */
async function logitsOf(
  name: MixingName,
  inputs: readonly number[],
  lengths: readonly number[],
  readout: ReadoutName | Readout = "last",
) {
  const options = { mixing: name, layers: 2, heads: 2, width: 8, context: 9, batch: 2, peak: 0 };
  const { size, layout } = buildClassifier({ options, symbols: 5, classNames });
  const { scope } = bind(layout, input("arena", [layout.size]));
  const own = { ...size, readout };
  const logits = classifierModel(scope, exampleInputs(shape), own, mixingOf(name));
  const random = createRandom(1);
  const arena = initialize(layout, random).map((value) => value + 0.3 * random.normal());
  expect(logits.shape).toEqual([2, 3]);
  return (await evaluate({ logits }, { arena, inputs, lengths })).logits;
}

const variants = (["none", "haar", "learned"] as const).flatMap((name) =>
  readoutNames.map((readout) => ({ name, readout })),
);

describe.each(variants)("a classifier with mixing $name that reads $readout", (variant) => {
  const { name, readout } = variant;
  const row = [0, 1, 2, 3, 2, 0, 1, 5, 5];
  const changed = (i: number, token: number) => row.with(i, token);

  test("sees every true token, and nothing behind the last", async () => {
    const both = (other: readonly number[]) => logitsOf(name, [...row, ...other], [7, 7], readout);
    const same = await both(row);
    expect(same.slice(3)).toEqual(same.slice(0, 3));
    expect(await both(changed(7, 2).with(8, 0))).toEqual(same);
    for (const i of [0, 3, 6]) {
      expect((await both(changed(i, 4))).slice(3)).not.toEqual(same.slice(3)); // there is no 4
    }
  });

  test("tells by the length where a row ends", async () => {
    const both = await logitsOf(name, [...row, ...row], [7, 4], readout);
    expect(both.slice(3)).not.toEqual(both.slice(0, 3));
  });
});

test.each([
  ["last", (of: readonly number[]) => of.at(-1)],
  ["mean", (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length],
] as const)("the readout %s is that of the true tokens", async (name, expected) => {
  const x = input("x", [2, 4, 3], "float64");
  const lengths = input("lengths", [2], "int32");
  const values = Array.from({ length: 24 }, (_, i) => Math.sin(1 + i * i));
  const { y } = await evaluate({ y: readouts[name](x, lengths) }, { x: values, lengths: [3, 1] });
  for (const [row, length] of [3, 1].entries()) {
    for (const feature of [0, 1, 2]) {
      const of = [...Array(length).keys()].map((i) => values[row * 12 + i * 3 + feature]!);
      expect(y[row * 3 + feature]).toBeCloseTo(expected(of)!, 12);
    }
  }
});

test("a readout of one's own tells the class", async () => {
  const first: Readout = (features) => features.slice(1, 0, 1).reshape([2, 8]);
  const row = [0, 1, 2, 3, 2, 0, 1, 5, 5];
  const logits = await logitsOf("none", [...row, ...row.with(0, 3)], [7, 7], first);
  const others = await logitsOf("none", [...row.with(6, 4), ...row.with(0, 3)], [7, 7], first);
  expect(others).toEqual(logits);
  expect(logits.slice(3)).not.toEqual(logits.slice(0, 3));
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
