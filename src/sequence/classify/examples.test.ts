import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import {
  type ExampleBatch,
  type Examples,
  exampleBatches,
  examplesInOrder,
  lengthOf,
} from "./examples.ts";

/** Example i: its number, i + 1 times; of class i modulo 3. */
const numbered = (count: number): Examples => ({
  count,
  at: async (i) => ({ tokens: new Uint8Array(i + 1).fill(i), label: i % 3 }),
});
const shape = { batch: 2, context: 4, symbols: 50 };

async function all(batches: AsyncIterable<ExampleBatch>): Promise<ExampleBatch[]> {
  const list: ExampleBatch[] = [];
  for await (const batch of batches) list.push(batch);
  return list;
}

test("a batch has a row for each example, filled up at its end or cut, and rows that are none", async () => {
  const [first, second] = await all(examplesInOrder(numbered(9), [5, 3, 4], shape));
  expect(first).toEqual({
    inputs: Int32Array.of(3, 3, 3, 3, 4, 4, 4, 4),
    lengths: Int32Array.of(4, 4),
    labels: Int32Array.of(0, 1),
  });
  expect(second).toEqual({
    inputs: Int32Array.of(5, 5, 5, 5, 50, 50, 50, 50),
    lengths: Int32Array.of(4, 1),
    labels: Int32Array.of(2, -1),
  });
});

describe("lengths", () => {
  const long = { batch: 2, context: 80, symbols: 100 };
  const widthsOf = (batches: readonly ExampleBatch[]) => batches.map(lengthOf);

  test("of rows are filled up to the eighths of the window, so that few shapes are compiled", async () => {
    const batches = await all(examplesInOrder(numbered(80), [0, 9, 10, 40, 70, 79], long));
    expect(widthsOf(batches)).toEqual([10, 50, 80]);
    const tiny = await all(examplesInOrder(numbered(9), [0], { ...long, context: 2 }));
    expect(widthsOf(tiny)).toEqual([2]); // a mixing needs two positions
  });

  test("that are near each other share a batch, in scoring and in training", async () => {
    const scored = await all(examplesInOrder(numbered(80), [79, 1, 40, 41, 0, 78], long));
    expect(scored.map(({ lengths }) => [...lengths])).toEqual([
      [1, 2],
      [41, 42],
      [79, 80],
    ]);
    const batchOf = exampleBatches(numbered(80), long, createRandom(1));
    const epoch = await Promise.all(Array.from({ length: 40 }, (_, i) => batchOf(i + 1)));
    const apart = epoch.map(({ lengths: [a = 0, b = 0] }) => Math.abs(a - b));
    expect(Math.max(...apart)).toBeLessThan(40);
    // The short ones do not come first: the order of batches is random.
    expect(widthsOf(epoch.slice(0, 8))).not.toEqual(widthsOf(epoch.slice(0, 8)).toSorted());
  });
});

describe("the batches of a training", () => {
  test("have every example once in each epoch, each time in another order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 5 }), fc.integer(), async (blocks, seed) => {
        const count = 8 * blocks;
        const wide = { batch: 1, context: 1, symbols: 50 };
        const at = exampleBatches(numbered(count), wide, createRandom(seed));
        const epoch = (n: number) =>
          Promise.all(
            Array.from({ length: count }, async (_, i) => (await at(n * count + i + 1)).inputs[0]),
          );
        const [one, two] = [await epoch(0), await epoch(1)];
        expect(one.toSorted((a = 0, b = 0) => a - b)).toEqual([...Array(count).keys()]);
        expect(new Set(two)).toEqual(new Set(one));
        expect(two).not.toEqual(one);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  test("take endless examples as they come", async () => {
    const at = exampleBatches(numbered(Number.POSITIVE_INFINITY), shape, createRandom(1));
    const labelsOf = async (steps: readonly number[]) =>
      (await Promise.all(steps.map(async (step) => [...(await at(step)).inputs]))).flat();
    const eight = [1, 2, 3, 4, 5, 6, 7, 8];
    const next = eight.map((step) => step + 8);
    const numbers = (from: number) => Array.from({ length: 16 }, (_, i) => from + i);
    expect(new Set(await labelsOf(eight))).toEqual(new Set([...numbers(0), 50]));
    expect(new Set(await labelsOf(next))).toEqual(new Set(numbers(16)));
  });

  test("depend on nothing but the random stream and the step", async () => {
    const open = (seed: number) => exampleBatches(numbered(40), shape, createRandom(seed));
    const [first, second] = [open(1), open(1)];
    const inOrder: ExampleBatch[] = [];
    for (let step = 1; step <= 50; step++) inOrder.push(await first(step));
    for (const step of [50, 3, 21, 3]) expect(await second(step)).toEqual(inOrder[step - 1]);
    expect(await open(2)(1)).not.toEqual(inOrder[0]);
  });
});
