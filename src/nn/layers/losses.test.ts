import { describe, expect, test } from "vitest";
import { evaluate, someNumbers } from "../../../test/evaluate.ts";
import { gradient, input } from "../../graph/index.ts";
import { crossEntropy } from "./losses.ts";

const logits = input("logits", [2, 2, 3], "float64");
const targets = input("targets", [2, 2], "int32");
const values = someNumbers(12, -2, 2);

/** -log softmax of the target among the classes that `allowed` names. */
function surprise(row: number, target: number, allowed: readonly number[] = [0, 1, 2]): number {
  const own = values.slice(3 * row, 3 * row + 3);
  const total = allowed.reduce((sum, c) => sum + Math.exp(own[c]!), 0);
  return Math.log(total) - own[target]!;
}

describe("cross-entropy", () => {
  test("is the mean of -log softmax at the targets, in nats", async () => {
    const feeds = { logits: values, targets: [0, 2, 1, 1] };
    const { mean, sum } = await evaluate({ ...crossEntropy(logits, targets) }, feeds);
    const expected = surprise(0, 0) + surprise(1, 2) + surprise(2, 1) + surprise(3, 1);
    expect(sum[0]).toBeCloseTo(expected, 12);
    expect(mean[0]).toBeCloseTo(expected / 4, 12);
  });

  test("leaves out positions whose target is no class, and their gradient is zero", async () => {
    const loss = crossEntropy(logits, targets);
    const [g] = gradient(loss.mean, [logits]);
    const feeds = { logits: values, targets: [-1, 2, -1, 1] };
    const result = await evaluate({ mean: loss.mean, count: loss.count, g: g! }, feeds); // one gradient
    expect(result.count).toEqual([2]);
    expect(result.mean[0]).toBeCloseTo((surprise(1, 2) + surprise(3, 1)) / 2, 12);
    expect([...result.g.slice(0, 3), ...result.g.slice(6, 9)]).toEqual(Array(6).fill(0));
    expect(result.g[5]).toBeLessThan(0);
  });

  test("with nothing to count is zero, not NaN", async () => {
    const { mean } = crossEntropy(logits, targets);
    expect(await evaluate({ mean }, { logits: values, targets: [-1, -1, -1, -1] })).toEqual({
      mean: [0],
    });
  });

  test("with a mask is over legal classes alone; illegal logits get no gradient", async () => {
    const legal = input("legal", [2, 2, 3], "bool");
    const { sum } = crossEntropy(logits, targets, { legal });
    const [g] = gradient(sum, [logits]);
    const feeds = {
      logits: values,
      targets: [0, 2, 1, 1],
      legal: [1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1],
    };
    const result = await evaluate({ sum, g: g! }, feeds); // one gradient
    const expected =
      surprise(0, 0, [0, 1]) + surprise(1, 2, [1, 2]) + surprise(2, 1, [1]) + surprise(3, 1);
    expect(result.sum[0]).toBeCloseTo(expected, 12);
    for (const i of [2, 3, 6, 8]) expect(result.g[i]).toBeCloseTo(0, 12);
  });
});
