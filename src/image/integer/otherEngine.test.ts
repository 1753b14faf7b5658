import { afterEach, expect, test, vi } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { webAssembly } from "../../wasm/webAssembly.ts";
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

const withoutVectors = { ...webAssembly, validate: () => false };

const random = createRandom("weights");
const runs = [
  untrainedRun({
    model: tinyModels.values,
    language: { wavelet: "haar", lossless: true, order: "coefficients", color: "ycbcr", levels: 2 },
  }),
  untrainedRun({ language: { wavelet: "bior4.4", finest: 0.25, color: "ycbcr" } }),
].map((run) => ({ ...run, parameters: run.parameters.map((x) => x + 0.1 * random.normal()) }));
const pictures = [0, 1, 2].map((i) => ({ raster: discPicture(10, 8, 3, i), label: i % 2 }));
const rasters = pictures.map(({ raster }) => raster);

/** Models and codes as an engine makes them, and what it decodes of codes. */
async function made() {
  const { integerModel } = await import("./integerModel.ts");
  const { modelCoder } = await import("./modelCoder.ts");
  const models = await Promise.all(runs.map(integerModel));
  const coders = models.map((model) => modelCoder(model));
  return {
    models,
    codes: coders.map((coder) => coder.encode(pictures)),
    decode: (codes: readonly Uint8Array[]) =>
      codes.map((code, k) => coders[k]!.decode(code, rasters)), // one each
  };
}

test.each([
  ["rounds logarithms and powers otherwise", "Math", otherMath],
  ["has no WebAssembly", "WebAssembly", undefined],
  ["has no vectors", "WebAssembly", withoutVectors],
] as const)(
  "an engine that %s makes the same models and the same codes",
  async (_, name, other) => {
    const here = await made();
    vi.resetModules();
    vi.stubGlobal(name, other);
    const there = await made();
    expect(there.decode).not.toBe(here.decode);
    expect(there.models).toEqual(here.models);
    expect(there.codes).toEqual(here.codes);
    expect(there.decode(here.codes)).toEqual(here.decode(here.codes));
    expect(here.decode(here.codes)[0]).toEqual(rasters); // without loss
  },
);
