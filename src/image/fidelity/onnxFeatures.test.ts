import { describe, expect, test } from "vitest";
import { blankRaster, type Raster } from "../../data/images/raster.ts";
import { input, type Shape, sizeOf, type Tensor } from "../../graph/index.ts";
import { exportOnnx } from "../../runtime/index.ts";
import { openOnnxFeatures } from "./onnxFeatures.ts";

/** A network with one input, written as a file that takes any number of pictures. */
const network = (rest: Shape, outputs: (x: Tensor) => Record<string, Tensor>) =>
  exportOnnx((batch) => ({ outputs: outputs(input("x", [batch, ...rest])) }));
const flat = (x: Tensor) => ({ pixels: x.reshape([x.shape[0]!, sizeOf(x.shape) / x.shape[0]!]) });

const color: Raster = {
  width: 2,
  height: 2,
  channels: 3,
  data: Uint8Array.of(255, 0, 51, 0, 0, 0, 0, 255, 0, 0, 0, 255),
};

describe("features by a network", () => {
  test("see pictures as NCHW or NHWC, whichever its input is", async () => {
    for (const [shape, expected] of [
      [
        [3, 2, 2],
        [1, 0, 0, 0, 0, 0, 1, 0, 0.2, 0, 0, 1],
      ],
      [
        [2, 2, 3],
        [1, 0, 0.2, 0, 0, 0, 0, 1, 0, 0, 0, 1],
      ],
    ] as const) {
      await using extractor = await openOnnxFeatures(network(shape, flat));
      const { count, dimension, data } = await extractor.features([color]);
      expect([count, dimension]).toEqual([1, 12]);
      expect([...data]).toEqual(expected.map(Math.fround));
      expect(extractor.description).toMatch(shape[0] === 3 ? "NCHW" : "NHWC");
    }
  });

  test("see gray where it takes one channel, luma of color, in the range that is asked for", async () => {
    await using extractor = await openOnnxFeatures(network([1, 2, 2], flat), { range: [-1, 1] });
    const { data } = await extractor.features([blankRaster(2, 2, 1, 255), color]);
    expect([...data.subarray(0, 5)].map((x) => x.toFixed(3))).toEqual([
      "1.000",
      "1.000",
      "1.000",
      "1.000",
      "-0.357",
    ]);
  });

  test("see gray three times where it takes color, resized to the size of the network", async () => {
    await using extractor = await openOnnxFeatures(network([3, 1, 4], flat));
    const line: Raster = { width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 204) };
    const { data } = await extractor.features([line]);
    expect([...data].map((x) => x.toFixed(3))).toEqual(
      Array(3).fill(["0.000", "0.200", "0.600", "0.800"]).flat(),
    );
  });

  test("come in order, for more pictures than go in at once", async () => {
    await using extractor = await openOnnxFeatures(network([1, 2, 2], flat));
    const pictures = Array.from({ length: 70 }, (_, i) => blankRaster(2, 2, 1, i));
    const done: number[] = [];
    const { data } = await extractor.features(pictures, (count) => done.push(count));
    expect([...data].map((x) => Math.round(x * 255))).toEqual(pictures.flatMap((p) => [...p.data]));
    expect(done).toEqual([32, 64, 70]);
  });

  test("are of the output that is named", async () => {
    const two = network([1, 2, 2], (x) => ({ ...flat(x), mean: x.mean([1, 2, 3]) }));
    await using extractor = await openOnnxFeatures(two, { output: "mean" });
    const { dimension } = await extractor.features([blankRaster(2, 2, 1)]);
    expect(dimension).toBe(1);
    await expect(openOnnxFeatures(two)).rejects.toThrow("has 2 outputs (pixels, mean)");
    await expect(openOnnxFeatures(two, { output: "logits" })).rejects.toThrow('no output "logits"');
  });

  test("need pictures as input and numbers as output", async () => {
    await expect(openOnnxFeatures(network([4, 2, 2], flat))).rejects.toThrow("1 or 3 channels");
    await expect(openOnnxFeatures(Uint8Array.of(1, 2, 3))).rejects.toThrow("not an ONNX model");
    await using broken = await openOnnxFeatures(network([1, 1, 1], (x) => ({ y: x.div(x) })));
    await expect(broken.features([blankRaster(1, 1, 1)])).rejects.toThrow("gives NaN as a feature");
  });
});
