import { describe, expect, test } from "vitest";
import { evaluate } from "../../../test/evaluate.ts";
import { constant, input } from "../../graph/index.ts";
import { layoutOf } from "../parameters.ts";
import { adamw } from "./adamw.ts";
import { averaged, averageSlot, usedParameters } from "./averaged.ts";
import type { Optimizer } from "./optimizer.ts";

/** Adds its gradient to the parameters. */
const plain: Optimizer = {
  slots: [],
  update: ({ parameters, gradient }) => ({ parameters: parameters.add(gradient), slots: [] }),
};
const layout = layoutOf((p) => p.get("w", [2], () => {}));

/** The average after each of the steps that add 1 to the first of two parameters, from 0. */
async function averages(steps: number, decay: number, warmup?: number): Promise<number[]> {
  const optimizer = averaged(plain, { decay, ...(warmup !== undefined && { warmup }) });
  let state = { parameters: [0, 5], average: [7, 7] };
  const seen: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const next = optimizer.update({
      ...{ layout, parameters: input("parameters", [2]), slots: [input("average", [2])] },
      ...{ gradient: constant([1, 0], [2]), scale: constant([1], []) },
      ...{ learningRate: constant([1], []), step: constant([step], []) },
    });
    state = await evaluate({ parameters: next.parameters, average: next.slots[0]! }, state);
    expect(state.parameters).toEqual([step, 5]);
    expect(state.average[1]).toBeCloseTo(5, 5); // an average of equal values is the value
    seen.push(state.average[0]!);
  }
  return seen;
}

describe("an average of parameters", () => {
  test("is the sum that its definition says, and holds nothing of the start", async () => {
    let expected = Number.NaN;
    for (const [i, value] of (await averages(30, 0.8, 4)).entries()) {
      const t = i + 1;
      const kept = Math.min(0.8, (1 - 1 / t) ** 4);
      expected = t === 1 ? 1 : kept * expected + (1 - kept) * t;
      expect(value).toBeCloseTo(expected, 4);
    }
  });

  test("follows a line with a lag of decay / (1 - decay) steps, and closely before it has so many", async () => {
    const seen = await averages(60, 0.8);
    expect(60 - seen[59]!).toBeCloseTo(4, 1);
    expect(10 - seen[9]!).toBeLessThan(1);
  });

  test("leaves the optimizer's state alone and comes after it", () => {
    expect(averaged(adamw(), { decay: 0.99 }).slots).toEqual(["m", "v", averageSlot]);
  });

  test("is what a model is used with", () => {
    const [parameters, average] = [Float32Array.of(1), Float32Array.of(2)];
    expect(usedParameters({ parameters, average })).toBe(average);
    expect(usedParameters({ parameters })).toBe(parameters);
  });

  test("refuses a decay that is none", () => {
    for (const decay of [1, -0.1, Number.NaN])
      expect(() => averaged(plain, { decay })).toThrow(RangeError);
  });
});
