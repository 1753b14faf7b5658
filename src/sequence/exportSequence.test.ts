import { InferenceSession, Tensor } from "onnxruntime-node";
import { expect, test } from "vitest";
import { relativeError, someNumbers } from "../../test/evaluate.ts";
import { freeze } from "../nn/parameters.ts";
import { compile, onnxSummary } from "../runtime/index.ts";
import { exportSequence, sequenceGraph } from "./exportSequence.ts";
import { mixingNames } from "./mixings.ts";
import { byteRun } from "./testing.ts";

test.each(mixingNames)("a model with the mixing %s is exported for any batch", async (mixing) => {
  const run = byteRun({ mixing, context: 16 }, { symbols: 20, stir: 0.3 });
  const session = await InferenceSession.create(exportSequence(run), { intraOpNumThreads: 1 });
  for (const batch of [1, 5]) {
    const inputs = Int32Array.from(someNumbers(16 * batch, 0, 21, batch), Math.floor);
    const graph = sequenceGraph(freeze(run.layout, run.parameters), run, batch);
    await using executable = await compile({ ...graph }, { threads: 1 });
    const expected = await executable.run({ inputs });
    const found = await session.run({ inputs: new Tensor("int32", inputs, [batch, 16]) });
    expect(found.logits?.dims).toEqual([batch, 16, 20]);
    const numbers = [found.logits?.data, expected.logits].map((x) => Array.from(x as Float32Array));
    expect(relativeError(numbers[0]!, numbers[1]!)).toBeLessThan(1e-5);
  }
  await session.release();
});

test("what the caller says about a file completes or replaces what the run says", () => {
  const run = byteRun({}, { symbols: 20 });
  const own = { description: "Bytes.", properties: { license: "CC0", mixing: "mine" } };
  const { description, properties } = onnxSummary(exportSequence(run, own));
  expect(description).toBe("Bytes.");
  expect(properties).toEqual({
    ...{ kind: "sequence", alphabet: '{"kind":"bytes"}' },
    ...{ license: "CC0", mixing: "mine" },
  });
});
