import { InferenceSession, Tensor } from "onnxruntime-node";
import { expect, test } from "vitest";
import { relativeError, someNumbers } from "../../../test/evaluate.ts";
import { createRandom } from "../../data/random/random.ts";
import { families, familyNames } from "../families.ts";
import { buildField, type Field } from "../field.ts";
import { widthFor } from "../fit/sizing.ts";
import { solve, startOf } from "../fit/start.ts";
import type { Signal } from "../signal/signal.ts";
import { openEvaluator } from "./evaluate.ts";
import { exportField } from "./exportField.ts";

const signals: readonly Signal[] = [[50], [20, 14], [9, 8, 10]].map((size) => {
  const count = size.reduce((a, b) => a * b);
  return { size, channels: 2, values: Float32Array.from(someNumbers(2 * count, -1, 1)) };
});

/** A field of a family as it starts. */
async function fieldFor(name: (typeof familyNames)[number], signal: Signal): Promise<Field> {
  const family = families[name];
  const shape = { dimensions: signal.size.length, channels: 2, grid: signal.size };
  const size = { ...shape, width: widthFor(family, { ...shape, parameters: 2000 }) };
  const random = createRandom(1);
  if (family.kind === "solved") {
    const field = buildField(family, size);
    return { ...field, signal, parameters: await solve(field, signal, random) };
  }
  const field = buildField(family, size);
  return { ...field, signal, parameters: await startOf(field, signal, random, "maxima") };
}

test.each(familyNames)(
  "a field of the family %s is exported for any number of points",
  async (name) => {
    for (const signal of signals) {
      const field = await fieldFor(name, signal);
      const session = await InferenceSession.create(exportField(field), { intraOpNumThreads: 1 });
      await using evaluator = await openEvaluator(field, field.parameters, { threads: 1 });
      const dimensions = signal.size.length;
      for (const count of [1, 2, 13, 100]) {
        const points = Float32Array.from(someNumbers(count * dimensions, -1, 1, count));
        const { values } = await session.run({
          points: new Tensor("float32", points, [count, dimensions]),
        });
        expect(values?.dims).toEqual([count, 2]);
        const found = Array.from(values?.data as Float32Array);
        expect(relativeError(found, Array.from(await evaluator.values(points)))).toBeLessThan(1e-4);
      }
      await session.release();
    }
  },
);
