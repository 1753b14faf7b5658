import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { type ExampleBatch, type Examples, exampleBatches, examplesInOrder } from "./examples.ts";

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
  const [first, second] = await all(examplesInOrder(numbered(9), [1, 5, 3], shape));
  expect(first).toEqual({
    inputs: Int32Array.of(1, 1, 50, 50, 5, 5, 5, 5),
    lengths: Int32Array.of(2, 4),
    labels: Int32Array.of(1, 2),
  });
  expect(second).toEqual({
    inputs: Int32Array.of(3, 3, 3, 3, 50, 50, 50, 50),
    lengths: Int32Array.of(4, 1),
    labels: Int32Array.of(0, -1),
  });
});

describe("the batches of a training", () => {
  test("have every example once in each epoch, each time in another order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 5, max: 30 }), fc.integer(), async (count, seed) => {
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
    expect((await at(1)).labels).toEqual(Int32Array.of(0, 1));
    expect((await at(9)).labels).toEqual(Int32Array.of(16 % 3, 17 % 3));
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
