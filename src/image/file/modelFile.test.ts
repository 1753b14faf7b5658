import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { integerModel } from "../integer/integerModel.ts";
import { discPicture, tinyModels, untrainedRun } from "../testing.ts";
import { isModelFile, readModelFile, readModelHead, writeModelFile } from "./modelFile.ts";

/** A model whose weights are drawn by a seed. */
async function modelOf(seed: string) {
  const run = untrainedRun({
    model: tinyModels.values,
    language: { wavelet: "haar", lossless: true, order: "coefficients", levels: 3 },
    startingPlanes: [{ "10": 3 }, {}],
    classDropout: 0.1,
  });
  const random = createRandom(seed);
  return integerModel({ ...run, parameters: run.parameters.map(() => random.uniform() - 0.5) });
}
const model = await modelOf("one");
const other = await modelOf("another");

const rasters = [discPicture(9, 7, 1, "a"), discPicture(9, 7, 1, "b"), discPicture(5, 12, 1, "c")];
const file = writeModelFile(
  model,
  rasters.map((raster) => ({ raster })),
);

describe("a file of pictures that a model has coded", () => {
  test("gives them back, of any sizes", () => {
    expect(isModelFile(file, "set")).toBe(true);
    expect(readModelFile(file, model, "set")).toEqual({ rasters, pictures: 3, missingBytes: 0 });
  });

  test("tells its model and sizes without the model", () => {
    expect(readModelHead(file, "set")).toMatchObject({
      model: model.hash.slice(0, 32),
      sizes: rasters.map(({ width, height }) => ({ width, height })),
      missingBytes: 0,
    });
  });

  test("is refused by another model", () => {
    expect(() => readModelFile(file, other, "set.ondl")).toThrow(
      /^set.ondl was encoded with the model [0-9a-f]{32}…, and the model given is [0-9a-f]{32}…/,
    );
  });

  test("that is damaged anywhere, or cut short, says so or gives its first pictures", () => {
    for (let i = 0; i < file.length; i++) {
      const damaged = file.slice();
      damaged[i]! ^= 5;
      const read = () => {
        if (!isModelFile(damaged, "set")) return "another kind of file";
        const { missingBytes } = readModelFile(damaged, model, "set");
        return missingBytes > 0 ? "cut short" : "whole"; // a length that is damaged
      };
      let outcome: string;
      try {
        outcome = read();
      } catch (error) {
        outcome = String(error);
      }
      expect([i, outcome]).toEqual([
        i,
        expect.stringMatching(/^another kind of file$|^cut short$|^UserError: set /),
      ]);
    }
    for (let length = file.length - 1; length > file.length - 12; length--) {
      const cut = readModelFile(file.subarray(0, length), model, "set");
      expect(cut.missingBytes).toBe(file.length - length);
      expect(cut.rasters[0]).toEqual(rasters[0]);
    }
  });
});
