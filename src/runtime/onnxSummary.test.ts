import { InferenceSession } from "onnxruntime-node";
import { expect, test } from "vitest";
import { UserError } from "../errors/index.ts";
import { input } from "../graph/index.ts";
import { exportOnnx, onnxSummary } from "./index.ts";

const bytes = exportOnnx(
  (batch) => {
    const x = input("x", [batch, 3]);
    const index = input("index", [batch], "int32");
    return { outputs: { y: x.mul(2), count: index.oneHot(4).sum(0), mean: x.mean() } };
  },
  {
    description: "twice of everything",
    descriptions: { x: "three numbers" },
    producerVersion: "1.2.3",
    properties: { license: "Apache-2.0", classNames: '["a","ü"]' },
  },
);

test("a summary gives types, shapes with names of free lengths, and metadata", () => {
  expect(onnxSummary(bytes)).toEqual({
    description: "twice of everything",
    producerVersion: "1.2.3",
    properties: { license: "Apache-2.0", classNames: '["a","ü"]' },
    inputs: [
      { name: "x", dtype: "float32", shape: ["batch", 3], description: "three numbers" },
      { name: "index", dtype: "int32", shape: ["batch"] },
    ],
    outputs: [
      { name: "y", dtype: "float32", shape: ["batch", 3] },
      { name: "count", dtype: "float32", shape: [4] },
      { name: "mean", dtype: "float32", shape: [] },
    ],
  });
});

test("a summary agrees with ONNX Runtime", async () => {
  const session = await InferenceSession.create(bytes);
  const { inputs, outputs } = onnxSummary(bytes);
  const plain = (values: typeof inputs) =>
    values.map(({ name, dtype, shape }) => ({ name, type: dtype, shape, isTensor: true }));
  expect(session.inputMetadata).toEqual(plain(inputs));
  expect(session.outputMetadata).toEqual(plain(outputs));
  await session.release();
});

test.each([
  ["no bytes", new Uint8Array()],
  ["a beginning of a model", bytes.subarray(0, bytes.length / 2)],
  ["text", new TextEncoder().encode("this is not a model")],
])("%s are refused", (_, other) => {
  expect(() => onnxSummary(other)).toThrow(UserError);
  expect(() => onnxSummary(other)).toThrow("the bytes are not an ONNX model");
});
