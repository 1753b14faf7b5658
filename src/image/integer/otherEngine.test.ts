import { afterEach, expect, test, vi } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { discPicture, tinyModels, untrainedRun } from "../testing.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** What engines may round as they like. */
const free = [
  ...["exp", "expm1", "log", "log1p", "log2", "log10", "pow", "cbrt", "hypot", "tanh"],
  ...["sin", "cos", "tan", "sinh", "cosh", "asin", "acos", "atan", "asinh", "acosh", "atanh"],
] as const;

/** A Math whose functions are off, as those of another engine are, only far more so. */
const otherMath = Object.create(
  Math,
  Object.fromEntries(
    free.map((name) => {
      const of = Reflect.get(Math, name) as (...x: number[]) => number;
      return [name, { value: (...x: number[]) => of(...x) * (1 + 1e-3) }];
    }),
  ),
);

test("an engine that rounds logarithms and powers otherwise makes the same model and the same code", async () => {
  const run = untrainedRun({
    model: tinyModels.values,
    language: { wavelet: "haar", lossless: true, order: "coefficients", color: "ycbcr", levels: 2 },
  });
  const random = createRandom("weights");
  const trained = { ...run, parameters: run.parameters.map((x) => x + 0.1 * random.normal()) };
  const pictures = [0, 1, 2].map((i) => ({ raster: discPicture(12, 11, 3, i), label: i % 2 }));
  const load = async () => {
    const { integerModel } = await import("./integerModel.ts");
    const { modelCoder } = await import("./modelCoder.ts");
    const model = await integerModel(trained);
    return { model, code: modelCoder(model).encode(pictures), modelCoder };
  };
  const here = await load();
  vi.resetModules();
  vi.stubGlobal("Math", otherMath);
  expect(Math.exp(1)).not.toBe(Math.E);
  const there = await load();
  expect(there.modelCoder).not.toBe(here.modelCoder);
  expect(there.model).toEqual(here.model);
  expect(there.code).toEqual(here.code);
  const rasters = pictures.map(({ raster }) => raster);
  expect(there.modelCoder(here.model).decode(here.code, rasters)).toEqual(rasters);
});
