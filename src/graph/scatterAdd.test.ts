import { expect, test } from "vitest";
import { someNumbers } from "../../test/evaluate.ts";
import { compile } from "../runtime/index.ts";
import { input } from "./index.ts";

// As ScatterND, whose threads race for a row that is named twice, this lost updates now and then.
// Once as a product of matrices and once as ScatterElements.
test.each([80, 300])(
  "scatterAdd of thousands of updates into %i rows is exact, and the same at every run on two threads",
  async (rows) => {
    const [count, width] = [2048, 256]; // a batch of decisions and the states that they gather
    const updates = input("updates", [count, width]);
    const indices = input("indices", [count], "int32");
    const executable = await compile({ sums: updates.scatterAdd(indices, rows) }, { threads: 2 });

    // Whole numbers, so that the order of the sum cannot matter.
    const feeds = {
      updates: Float32Array.from(someNumbers(count * width, -8, 8, 3), Math.round),
      indices: Int32Array.from(someNumbers(count, 0, rows, 5), Math.floor),
    };
    const expected = new Float32Array(rows * width);
    feeds.updates.forEach((x, i) => {
      expected[feeds.indices[Math.floor(i / width)]! * width + (i % width)]! += x;
    });
    for (let run = 0; run < 20; run++) expect((await executable.run(feeds)).sums).toEqual(expected);

    // And of any numbers the same bits, however the threads take turns.
    const fractions = {
      ...feeds,
      updates: Float32Array.from(someNumbers(count * width, -1, 1, 7)),
    };
    const { sums } = await executable.run(fractions);
    for (let run = 0; run < 20; run++) expect((await executable.run(fractions)).sums).toEqual(sums);
    await executable.close();
  },
);
