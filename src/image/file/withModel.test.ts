import { beforeAll, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { encodeIntegerModel, type IntegerModel, integerModel } from "../integer/integerModel.ts";
import { discPicture, tinyModels, untrainedRun } from "../testing.ts";
import { decodePicture } from "./decodePicture.ts";
import { decodeSet } from "./decodeSet.ts";
import { encodeSet } from "./encodeSet.ts";
import { decodeWithModel, encodeWithModel, openModel } from "./withModel.ts";

/** The file of a model whose weights are drawn by a seed. */
async function modelFile(seed: string): Promise<Uint8Array> {
  const run = untrainedRun({
    model: tinyModels.values,
    language: { wavelet: "haar", lossless: true, order: "coefficients", levels: 2 },
    startingPlanes: [{ "10": 3 }, {}],
    classDropout: 0.1,
  });
  const random = createRandom(seed);
  const parameters = run.parameters.map(() => random.uniform() - 0.5);
  return encodeIntegerModel(await integerModel({ ...run, parameters }));
}
let model: IntegerModel;
const pictures = [0, 1, 2].map((i) => ({ name: `p/${i}`, raster: discPicture(9, 7 + i, 1, i) }));

beforeAll(async () => {
  model = await openModel(await modelFile("one"));
});

test("a model from its file codes pictures with their names, all or the first", () => {
  const { file, bitsPerPixel } = encodeWithModel(model, pictures);
  expect(bitsPerPixel).toBeCloseTo((8 * file.length) / (9 * (7 + 8 + 9)), 10);
  expect(decodeWithModel(file, model)).toEqual({ count: 3, pictures, missingBytes: 0 });
  const first = decodeWithModel(file, model, { first: 1 });
  expect(first).toEqual({ count: 3, pictures: pictures.slice(0, 1), missingBytes: 0 });
});

test("another model is a clear error, and so is a file without one, or a model that is none", async () => {
  const { file } = encodeWithModel(model, pictures);
  const other = await openModel(await modelFile("other"));
  expect(() => decodeWithModel(file, other, { name: "f" })).toThrow(
    /^f was encoded with the model [0-9a-f]{32}…, and the model given is [0-9a-f]{32}…/,
  );
  const set = encodeSet(pictures, { lossless: true }).file;
  expect(() => decodeWithModel(set, model)).toThrow(/not a set that a model has coded/);
  expect(() => decodeSet(file)).toThrow(/not a set of pictures without a model/);
  expect(() => decodePicture(file)).toThrow(/coded by a trained model/);
  await expect(openModel(file, { name: "m" })).rejects.toThrow(/^m /);
});
