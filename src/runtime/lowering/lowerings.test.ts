import { describe, expect, test } from "vitest";
import { relativeError, someNumbers } from "../../../test/evaluate.ts";
import { type Case, cases, prepare } from "../../../test/operationCases.ts";
import {
  concat,
  constant,
  gradient,
  gradients,
  input,
  isFloat,
  type OperationName,
  sizeOf,
  type Tensor,
} from "../../graph/index.ts";
import { emit } from "../emit.ts";
import { loadEngine } from "../loadEngine.ts";
import { writeModel } from "../onnxProto.ts";
import { allocate, type Values, valuesOf } from "../values.ts";
import type { EmitTarget } from "./lowering.ts";

/** What a graph that is written for a target comes to on the CPU, which has all operators. */
async function computed(
  outputs: Readonly<Record<string, Tensor>>,
  feeds: Readonly<Record<string, ArrayLike<number>>>,
  target: EmitTarget,
) {
  const graph = emit(outputs, target);
  const engine = await loadEngine();
  const session = await engine.open(writeModel(graph), { threads: 1 });
  const given = graph.inputs.map(({ name, dtype, shape }) => {
    return [name, new engine.Tensor(dtype, valuesOf(dtype, feeds[name]!), shape)] as const;
  });
  const into = graph.outputs.map(({ name, dtype, shape }) => {
    return [name, new engine.Tensor(dtype, allocate(dtype, shape), shape)] as const;
  });
  await session.run(Object.fromEntries(given), Object.fromEntries(into));
  await session.release();
  return into.map(([, tensor]) => Array.from(tensor.data as Values, Number));
}

/** A use of an operation and its gradients. */
function withGradients(subject: Case, name: OperationName) {
  const { inputs, feeds } = prepare(subject, "float32");
  const y = subject.build(...inputs);
  const floats = inputs.filter((x) => isFloat(x.dtype));
  if (gradients[name] === "not differentiable" || floats.length === 0) {
    return { outputs: { y }, feeds };
  }
  const weights = constant(someNumbers(sizeOf(y.shape), 0.5, 1.5, 7), y.shape, "float32");
  const slopes = gradient(y.mul(weights).sum(), floats);
  return { outputs: { y, ...Object.fromEntries(slopes.map((g, i) => [`g${i}`, g])) }, feeds };
}

describe.each(["webgpu", "file"] as const)("written for the target %s", (target) => {
  test.each(Object.keys(cases) as OperationName[])("%s is what it is on the CPU", async (name) => {
    for (const subject of cases[name]) {
      const { outputs, feeds } = withGradients(subject, name);
      const own = await computed(outputs, feeds, target);
      const expected = await computed(outputs, feeds, "cpu");
      own.forEach((values, i) => {
        expect(relativeError(values, expected[i]!)).toBeLessThan(2e-6);
      });
    }
  });
});

describe("WebGPU's operators", () => {
  const typesOf = (outputs: Readonly<Record<string, Tensor>>) =>
    emit(outputs, "webgpu").nodes.map(({ type }) => type);

  test("are Gemm for a product with a transposed matrix, also of many rows", () => {
    const [a, b] = [input("a", [2, 3, 4]), input("b", [5, 4])];
    expect(typesOf({ y: a.matmul(b, { transB: true }) })).toEqual(["Reshape", "Gemm", "Reshape"]);
  });

  test("scale the smaller of operand and product", () => {
    const [a, b] = [input("a", [2, 3, 4]), input("b", [2, 9, 4])];
    const product = a.matmul(b, { transB: true, alpha: 0.5 });
    expect(typesOf({ product })).toEqual(["Mul", "Transpose", "MatMul"]);
    const [c, d] = [input("c", [2, 3, 40]), input("d", [2, 9, 40])];
    const small = c.matmul(d, { transB: true, alpha: 0.5 });
    expect(typesOf({ small })).toEqual(["Transpose", "MatMul", "Mul"]);
  });

  test("take sines of many turns exactly", async () => {
    const x = input("x", [64]);
    const numbers = Array.from({ length: 64 }, (_, i) => 3.1 * (i - 32) + 0.01 * i);
    const rounded = Array.from(Float32Array.from(numbers));
    const [sin, cos] = await computed({ sin: x.sin(), cos: x.cos() }, { x: rounded }, "webgpu");
    expect(relativeError(sin!, rounded.map(Math.sin))).toBeLessThan(1e-6);
    expect(relativeError(cos!, rounded.map(Math.cos))).toBeLessThan(1e-6);
  });

  test("slice what would be split into many pieces", () => {
    const pieces = (count: number) =>
      typesOf({ y: concat(input("x", [count]).split(0, Array(count).fill(1)).toReversed(), 0) });
    expect(pieces(7)).toEqual(["Split", "Concat"]);
    expect(pieces(8)).toEqual([...Array(8).fill("Slice"), "Concat"]);
  });

  test("never compute with int64", async () => {
    const [i, x] = [input("i", [3], "int64"), input("x", [4, 2])];
    const row = i.add(1).mul(2);
    const outputs = { row, hits: row.equal(4), rows: x.gather(i), best: x.argMax(1).add(i.sum()) };
    const feeds = { i: [0, 1, 3], x: [1, 2, 4, 3, 5, 6, 8, 7] };
    expect(await computed(outputs, feeds, "webgpu")).toEqual(await computed(outputs, feeds, "cpu"));
    const { nodes } = emit(outputs, "webgpu");
    const casts = nodes.filter(({ type, attributes }) => type === "Cast" && attributes.to === 7);
    expect(casts).toHaveLength(2); // the outputs row and best
  });
});
