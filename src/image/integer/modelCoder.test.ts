import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeTokens, encodeTokens } from "../../codec/index.ts";
import { createRandom } from "../../data/random/random.ts";
import { fastProducts } from "../../nn/integer/fastProducts.ts";
import { plainProducts } from "../../nn/integer/products.ts";
import { checksum } from "../../nn/integer/testing.ts";
import { analyze, type ImageLanguageOptions, synthesize } from "../language/language.ts";
import { discPicture, tinyModels, untrainedRun } from "../testing.ts";
import { foretell } from "./integerKinds.ts";
import { encodeIntegerModel, integerModel, openIntegerModel } from "./integerModel.ts";
import { modelCoder } from "./modelCoder.ts";

const coefficients = { wavelet: "haar", lossless: true, order: "coefficients" } as const;
const languages: Readonly<Record<string, ImageLanguageOptions>> = {
  values: { ...coefficients, levels: 3 },
  "values in color": { ...coefficients, levels: 3, color: "ycbcr" },
  state: { wavelet: "haar", finest: 0.25, levels: 2 },
  "state of trees": { wavelet: "bior4.4", finest: 0.25, vocabulary: "trees", color: "ycbcr" },
  "lossless state": { wavelet: "bior2.2", lossless: true, levels: 3 },
};

/** A run whose model is not trained, but has no weights that are 0, and the same ones in all engines. */
function runOf(kind: string) {
  const run = untrainedRun({
    model: kind.startsWith("values") ? tinyModels.values : tinyModels.state,
    language: languages[kind]!, // one of the kinds
    startingPlanes: languages[kind]?.lossless
      ? [{ "10": 3 }, {}]
      : [{ "1": 3, "2": 20 }, { "1": 5 }],
    classDropout: 0.1,
  });
  const random = createRandom("weights");
  const scale = kind.startsWith("values") ? 1 : 0.6; // so that no activation leaves its range
  return { ...run, parameters: run.parameters.map(() => scale * (random.uniform() - 0.5)) };
}

/** What a decoder is to make of a picture. */
const decoded = (raster: ReturnType<typeof discPicture>, kind: string) => {
  const { language } = foretell(models[kind]!, raster, plainProducts);
  const { approximation } = encodeTokens(analyze(raster, language), language.tokens);
  return synthesize(approximation, language).raster;
};

const kinds = Object.keys(languages);
const channelsOf = (kind: string) => (languages[kind]!.color === "ycbcr" ? 3 : 1);
const runs = Object.fromEntries(kinds.map((kind) => [kind, runOf(kind)]));
const models = Object.fromEntries(
  await Promise.all(kinds.map(async (kind) => [kind, await integerModel(runs[kind]!)] as const)),
);

/** A picture of noise, of two values, in squares or of a disc; a model `state` has one size. */
const anyPicture = (kind: string) => {
  const side = (most: number, own: number) =>
    kind.startsWith("values") ? fc.integer({ min: 1, max: most }) : fc.constant(own);
  return fc
    .tuple(
      ...([side(21, 10), side(17, 8), fc.integer()] as const),
      fc.constantFrom("noise", "ink", "checks", "disc"),
      fc.integer({ min: -1, max: 1 }),
    )
    .map(([width, height, seed, look, label]) => {
      const random = createRandom(seed);
      const disc = discPicture(width, height, channelsOf(kind), seed);
      const of = {
        disc: (x: number) => x,
        noise: () => random.integer(256),
        ink: () => 255 * random.integer(2),
        checks: (_: number, i: number) => 255 * ((i + Math.floor(i / width)) & 1),
      }[look];
      return { raster: { ...disc, data: disc.data.map(of) }, label };
    });
};

describe.each(kinds)("a model: %s", (kind) => {
  const model = models[kind]!; // made of the kinds
  const run = runs[kind]!;

  test("codes pictures to what their tokens say, as its plain witness does", () => {
    const coder = modelCoder(model, fastProducts);
    const witness = modelCoder(model, plainProducts);
    const pictures = fc.array(anyPicture(kind), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(pictures, (pictures) => {
        const code = coder.encode(pictures);
        expect(witness.encode(pictures)).toEqual(code);
        const rasters = pictures.map(({ raster }) => raster);
        const expected = rasters.map((raster) => decoded(raster, kind));
        if (run.language.lossless) expect(expected).toEqual(rasters);
        expect(witness.decode(code, rasters)).toEqual(expected);
        expect(coder.decode(code, rasters)).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });

  test("needs the bits that its network says in real numbers", async () => {
    const pictures = Array.from({ length: 6 }, (_, i) => ({
      raster: discPicture(10, 8, channelsOf(kind), i),
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
    const picture = { raster: discPicture(10, 8, channelsOf(kind), 3) };
    expect(modelCoder(opened).encode([picture])).toEqual(modelCoder(model).encode([picture]));
  });
});

test("a beginning of a code is a beginning of its pictures", () => {
  const raster = discPicture(10, 8, 1, 5);
  const { language } = foretell(models.state!, raster, plainProducts); // one of the kinds
  const { startingPlane, tokens } = encodeTokens(analyze(raster, language), language.tokens);
  const known = Array.from({ length: tokens.length + 1 }, (_, count) => {
    const start = { startingPlane, tokens: tokens.subarray(0, count) };
    const approximation = decodeTokens(start, language.tokens);
    return synthesize(approximation, language).raster.data.join();
  });
  const coder = modelCoder(models.state!);
  const code = coder.encode([{ raster }, { raster }]);
  /** How many tokens of the last picture that is reached are known. */
  const reach = (bytes: number) => {
    const found = coder.decode(code.subarray(0, bytes), [raster, raster], { cut: true });
    for (const whole of found.slice(0, -1)) expect(whole.data.join()).toBe(known.at(-1));
    const tokens = known.indexOf(found.at(-1)?.data.join() ?? "");
    return { pictures: found.length, tokens };
  };
  let last = reach(0);
  expect(last).toEqual({ pictures: 0, tokens: -1 });
  for (let bytes = 3; bytes <= code.length; bytes += 3) {
    const now = reach(bytes);
    expect(now.tokens).toBeGreaterThanOrEqual(now.pictures === last.pictures ? last.tokens : 0);
    last = now;
  }
  expect(last.pictures).toBe(2);
  expect(last.tokens).toBeGreaterThan(0.9 * tokens.length);
});

test("the shortest code is that of the best label, and a model of one class needs no label", async () => {
  const run = runs.values!; // one of the kinds
  const coder = modelCoder(models.values!);
  const raster = discPicture(13, 11, 1, 7);
  const lengthOf = (label: number | "shortest") => coder.encode([{ raster, label }]).length;
  const lengths = [-1, 0, 1].map(lengthOf);
  expect(new Set(lengths).size).toBeGreaterThan(1);
  expect(lengthOf("shortest")).toBe(Math.min(...lengths));
  expect(coder.encode([{ raster }]).length).toBe(lengths[0]);
  expect(() => lengthOf(2)).toThrow(RangeError);

  const { classDropout: _, ...config } = run.config;
  const told = modelCoder(await integerModel({ ...run, config }));
  expect(told.encode([{ raster }])).toEqual(told.encode([{ raster, label: "shortest" }]));
  expect(() => told.encode([{ raster, label: -1 }])).toThrow(RangeError);
});

test("codes are the same on every machine", () => {
  const pins = kinds.map((kind) => {
    const raster = discPicture(10, 8, channelsOf(kind), "pinned");
    return checksum(modelCoder(models[kind]!).encode([{ raster, label: 1 }]));
  });
  expect(pins).toEqual(["bf12cd5f", "1ef6497c", "db3b9f5", "7709df09", "f7cb13c8"]);
});

test("models of other weights have other names", async () => {
  const run = runs.values!; // one of the kinds
  const parameters = run.parameters.slice();
  parameters[7]! += 0.01;
  const other = await integerModel({ ...run, parameters });
  expect(other.hash).not.toBe(models.values!.hash);
  expect(other.hash).toMatch(/^[0-9a-f]{64}$/);
});

describe("errors", () => {
  test("a picture in color for a model of gray ones, and one of a size that it has not learned", () => {
    const color = discPicture(10, 8, 3, 1);
    expect(() => modelCoder(models.values!).encode([{ raster: color }])).toThrow(
      /gray pictures.*3/,
    );
    const large = { raster: discPicture(80, 64, 1, 1) };
    expect(() => modelCoder(models.state!).encode([large])).toThrow(/of 10×8.*of 80×64/);
  });

  test("a run of another model", async () => {
    const run = untrainedRun({ model: tinyModels.paper });
    await expect(integerModel(run)).rejects.toThrow(/the model paper cannot be a codec/);
  });

  test("a file that is not one, or damaged", async () => {
    const file = encodeIntegerModel(models.values!);
    const text = Array.from(file, (byte) => String.fromCharCode(byte)).join("");
    const changed = (from: string, to: string) =>
      Uint8Array.from(text.replace(from, to), (letter) => letter.charCodeAt(0));
    await expect(openIntegerModel(file.subarray(0, 900), "m")).rejects.toThrow(/^m is not a whole/);
    const other = changed('"version":"1"', '"version":"9"');
    await expect(openIntegerModel(other, "m")).rejects.toThrow(/^m is not an integer model/);
    const ends = changed('\\"ends\\":2', '\\"ends\\":3');
    await expect(openIntegerModel(ends, "m")).rejects.toThrow(/layers.*do not fit/);
    const classes = changed('[\\"a\\",\\"b\\"]', '[\\"a\\"]      ');
    await expect(openIntegerModel(classes, "m")).rejects.toThrow(/layers.*do not fit/);
  });

  test("a damaged code ends, with an error or with other pictures", () => {
    const coder = modelCoder(models.values!);
    const raster = discPicture(12, 9, 1, 1);
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
