import { InferenceSession, Tensor } from "onnxruntime-node";
import { expect, test } from "vitest";
import { input } from "../graph/index.ts";
import { fanIn } from "../nn/initializers.ts";
import { layoutOf, type Scope } from "../nn/parameters.ts";
import { exportImageRun } from "./exportImageRun.ts";
import type { ImageModel } from "./model.ts";
import type { ImageConfig, ImageRun } from "./run.ts";
import { buildRun } from "./run.ts";
import { tinyModels } from "./testing.ts";

const config: ImageConfig = {
  ...{ kind: "image", format: 2, model: tinyModels.paper, seed: 1, plan: { steps: 1 } },
  ...{ language: { wavelet: "haar", finest: 0.25 }, width: 8, height: 8, fit: "resize" },
  ...{ classNames: ["a"], startingPlanes: [{ 0: 3 }], data: { path: "nowhere", images: 3 } },
};

/** A run of a model that doubles what it reads, in place of a built-in one. */
function ownRun(outputs: ImageModel["outputs"]): ImageRun {
  const { language, model } = buildRun(config);
  const layout = layoutOf((p) => p.get("factor", [1], fanIn()));
  const { outputs: _, descriptions: __, ...rest } = model;
  const own: ImageModel = { ...rest, layout, ...(outputs && { outputs }) };
  const named = { ...config, model: { ...config.model, name: "mine" } } as unknown as ImageConfig;
  return { config: named, language, model: own, parameters: Float32Array.of(2), step: 1 };
}

test("a model of one's own is exported by its outputs, for any batch", async () => {
  const outputs = (p: Scope, { batch, length = 3 }: { batch: number; length?: number }) => ({
    y: input("x", [batch, length]).mul(p.get("factor", [1], fanIn())),
  });
  const bytes = exportImageRun(ownRun(outputs), { length: 2 });
  const session = await InferenceSession.create(bytes);
  expect(session.inputMetadata).toMatchObject([{ name: "x", shape: ["batch", 2] }]);
  const { y } = await session.run({ x: new Tensor(Float32Array.of(1, 2, 3, 4), [2, 2]) });
  expect(y?.data).toEqual(Float32Array.of(2, 4, 6, 8));
  await session.release();
});

test("a model of one's own without outputs is refused", () => {
  expect(() => exportImageRun(ownRun(undefined))).toThrow(
    "the image model mine cannot be exported: it has no outputs",
  );
});

test("a length that is not a number of tokens is refused", () => {
  const { language, model } = buildRun(config);
  const parameters = new Float32Array(model.layout.size);
  const run = { config, language, model, parameters, step: 1 };
  for (const length of [0, -4, 2.5, Number.NaN]) {
    expect(() => exportImageRun(run, { length })).toThrow(
      `a stream must have a whole number of tokens from 1, not ${length}`,
    );
  }
});
