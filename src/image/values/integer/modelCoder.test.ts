import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../data/random/random.ts";
import { fastProducts } from "../../../nn/integer/fastProducts.ts";
import { plainProducts } from "../../../nn/integer/products.ts";
import { checksum } from "../../../nn/integer/testing.ts";
import { analyze } from "../../language/language.ts";
import { discPicture, tinyModels, untrainedRun } from "../../testing.ts";
import { encodeIntegerModel, integerModel, openIntegerModel } from "./integerModel.ts";
import { modelCoder } from "./modelCoder.ts";

/** A run whose model is not trained, but has no weights that are 0, and the same ones in all engines. */
function someRun(color: "gray" | "ycbcr") {
  const run = untrainedRun({
    model: tinyModels.values,
    language: { wavelet: "haar", lossless: true, order: "coefficients", color, levels: 3 },
    startingPlanes: [{ "7": 3, "8": 20 }, { "8": 5 }],
    classDropout: 0.1,
  });
  const random = createRandom("weights");
  return { ...run, parameters: run.parameters.map(() => random.uniform() - 0.5) };
}
const runs = { gray: someRun("gray"), ycbcr: someRun("ycbcr") };
const models = {
  gray: await integerModel(runs.gray),
  ycbcr: await integerModel(runs.ycbcr),
};

/** A picture of noise, of two values or of a disc. */
const anyPicture = (channels: 1 | 3) =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 21 }),
      fc.integer({ min: 1, max: 17 }),
      fc.integer(),
      fc.constantFrom("noise", "ink", "disc"),
      fc.integer({ min: -1, max: 1 }),
    )
    .map(([width, height, seed, kind, label]) => {
      const random = createRandom(seed);
      const disc = discPicture(width, height, channels, seed);
      const of = {
        disc: (x: number) => x,
        noise: () => random.integer(256),
        ink: () => 255 * random.integer(2),
      }[kind];
      return { raster: { ...disc, data: disc.data.map(of) }, label };
    });

describe.each([
  ["gray", 1],
  ["ycbcr", 3],
] as const)("a model of %s pictures", (color, channels) => {
  const model = models[color];

  test("codes pictures of any size, and they come back exactly, with their plain witness as well", () => {
    const coder = modelCoder(model, fastProducts);
    const witness = modelCoder(model, plainProducts);
    const pictures = fc.array(anyPicture(channels), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(pictures, (pictures) => {
        const code = coder.encode(pictures);
        expect(witness.encode(pictures)).toEqual(code);
        const rasters = pictures.map(({ raster }) => raster);
        expect(witness.decode(code, rasters)).toEqual(rasters);
        expect(coder.decode(code, rasters)).toEqual(rasters);
      }),
      { numRuns: 10 },
    );
  });

  test("needs the bits that its network says in real numbers", async () => {
    const run = runs[color];
    const pictures = Array.from({ length: 6 }, (_, i) => ({
      raster: discPicture(10, 8, channels, i),
      label: i % 2,
    }));
    await using scorer = await run.model.scorer(run.parameters, { threads: 1 });
    const bits = await scorer.bits(
      pictures.map(({ raster, label }) => ({ coefficients: analyze(raster, run.language), label })),
    );
    const expected = bits.reduce((sum, n) => sum + n);
    const found = 8 * modelCoder(model).encode(pictures).length;
    // Beside it, some bits for each class and starting plane.
    expect(found).toBeGreaterThan(expected);
    expect(found).toBeLessThan(1.003 * expected + 6 * 8 + 8);
  });

  test("comes back from its file with its name, and codes as before", async () => {
    const file = encodeIntegerModel(model);
    const opened = await openIntegerModel(file, "m");
    expect(opened).toEqual(model);
    const picture = { raster: discPicture(9, 7, channels, 3) };
    expect(modelCoder(opened).encode([picture])).toEqual(modelCoder(model).encode([picture]));
  });
});

test("the shortest code is that of the best label, and a model of one class needs no label", async () => {
  const coder = modelCoder(models.gray);
  const raster = discPicture(13, 11, 1, 7);
  const lengthOf = (label: number | "shortest") => coder.encode([{ raster, label }]).length;
  const lengths = [-1, 0, 1].map(lengthOf);
  expect(new Set(lengths).size).toBeGreaterThan(1);
  expect(lengthOf("shortest")).toBe(Math.min(...lengths));
  expect(coder.encode([{ raster }]).length).toBe(lengths[0]);
  expect(() => lengthOf(2)).toThrow(RangeError);

  const { classDropout: _, ...config } = runs.gray.config;
  const told = modelCoder(await integerModel({ ...runs.gray, config }));
  expect(told.encode([{ raster }])).toEqual(told.encode([{ raster, label: "shortest" }]));
  expect(() => told.encode([{ raster, label: -1 }])).toThrow(RangeError);
});

test("the code of a picture is the same on every machine", () => {
  const code = modelCoder(models.gray).encode([
    { raster: discPicture(16, 16, 1, "pinned"), label: 1 },
  ]);
  expect(checksum(code)).toBe("5cd28e96");
});

test("models of other weights have other names", async () => {
  const parameters = runs.gray.parameters.slice();
  parameters[7]! += 0.01;
  const other = await integerModel({ ...runs.gray, parameters });
  expect(other.hash).not.toBe(models.gray.hash);
  expect(models.gray.hash).toMatch(/^[0-9a-f]{64}$/);
});

describe("errors", () => {
  test("a picture in color for a model of gray ones, and the reverse", () => {
    const coder = modelCoder(models.gray);
    expect(() => coder.encode([{ raster: discPicture(9, 7, 3, 1) }])).toThrow(/gray pictures.*3/);
  });

  test("a run of another model", async () => {
    const run = untrainedRun();
    await expect(integerModel(run)).rejects.toThrow(/the model state cannot be a codec/);
  });

  test("a file that is not one, or damaged", async () => {
    const file = encodeIntegerModel(models.gray);
    const text = Array.from(file, (byte) => String.fromCharCode(byte)).join("");
    const changed = (from: string, to: string) =>
      Uint8Array.from(text.replace(from, to), (letter) => letter.charCodeAt(0));
    await expect(openIntegerModel(file.subarray(0, 900), "m")).rejects.toThrow(/^m is not a whole/);
    const other = changed('"version":"1"', '"version":"9"');
    await expect(openIntegerModel(other, "m")).rejects.toThrow(/^m is not an integer model/);
    const ends = changed('\\"ends\\":2', '\\"ends\\":3');
    await expect(openIntegerModel(ends, "m")).rejects.toThrow(/layers do not fit/);
  });

  test("a damaged code ends, with an error or with other pictures", () => {
    const coder = modelCoder(models.gray);
    const { raster } = { raster: discPicture(12, 9, 1, 1) };
    const code = coder.encode([{ raster }]);
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = code.map((byte, i) => (i === at ? byte ^ flip : byte));
        try {
          const [found] = coder.decode(damaged, [raster]);
          expect(found?.data.length).toBe(raster.data.length);
        } catch (error) {
          expect(error).toHaveProperty("name", "UserError");
        }
      }),
      { numRuns: 60 },
    );
  });
});
