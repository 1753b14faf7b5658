import { describe, expect, test } from "vitest";
import { relativeError } from "../../../test/evaluate.ts";
import { cases, prepare } from "../../../test/operationCases.ts";
import { constant, input, type OperationName, type Tensor } from "../../graph/index.ts";
import type { Arrays } from "../compile.ts";
import { valuesOf } from "../values.ts";
import { compileSteps } from "./compileSteps.ts";
import { errorFunction } from "./polynomial.ts";

/** Operations that are left to ONNX Runtime. */
const unknown: readonly OperationName[] = [
  ...(["pow", "log", "sin", "cos", "argMax", "cumsum", "scatterAdd", "oneHot"] as const),
  ...(["logSoftmax", "conv2d", "convTranspose2d", "convKernel2d", "maxPool2d"] as const),
];

const names = Object.keys(cases) as OperationName[];

describe.each(names.filter((name) => !unknown.includes(name)))("%s", (name) => {
  test.each([...cases[name].entries()])("computes what it says (case %i)", (_, subject) => {
    const { inputs, numbers, feeds } = prepare(subject, "float32");
    // What cannot be fed, such as a mask, is a constant.
    const given = inputs.map(
      (x, i) =>
        x.dtype === "float32" || x.dtype === "int32" ? x : constant(numbers[i]!, x.shape, x.dtype), // one an input
    );
    const y = subject.build(...given);
    const program = compileSteps({ outputs: { y: y.cast("float32") }, cells: [] });
    const fed = given.flatMap((x, i) =>
      x.source.kind === "input"
        ? [[x.source.name, valuesOf(x.dtype, feeds[inputName(inputs[i]!)]!)] as const] // one an input
        : [],
    );
    const result = program?.run(0, Object.fromEntries(fed));
    expect(relativeError(result?.y ?? [], subject.expected(...numbers))).toBeLessThan(2e-6);
  });
});

const inputName = (x: Tensor): string => (x.source.kind === "input" ? x.source.name : "");

test.each(unknown)("a graph with %s is not compiled", (name) => {
  for (const subject of cases[name]) {
    const { inputs } = prepare(subject, "float32");
    expect(compileSteps({ outputs: { y: subject.build(...inputs) }, cells: [] })).toBeUndefined();
  }
});

const run = (outputs: Readonly<Record<string, Tensor>>, feeds: Arrays) =>
  compileSteps({ outputs, cells: [] })?.run(0, feeds);

test("integers are added, multiplied and divided as integers, quotients rounded toward zero", () => {
  const [a, b] = [input("a", [5], "int32"), input("b", [5], "int32")];
  const feeds = {
    a: Int32Array.of(7, -7, 2 ** 30, 5, -1),
    b: Int32Array.of(2, 2, 7, -3, 4),
  };
  const result = run({ sum: a.add(b), product: a.mul(3), quotient: a.div(b) }, feeds);
  expect(result).toEqual({
    sum: Int32Array.of(9, -5, 2 ** 30 + 7, 2, 3),
    product: Int32Array.of(21, -21, -(2 ** 30), 15, -3),
    quotient: Int32Array.of(3, -3, Math.floor(2 ** 30 / 7), -1, 0),
  });
});

test("an index outside a table is an error; negative ones count from the end", () => {
  const table = constant([1, 2, 3, 4, 5, 6], [3, 2]);
  const program = compileSteps({
    outputs: { y: table.gather(input("i", [1], "int32")) },
    cells: [],
  });
  const rowAt = (i: number) => program?.run(0, { i: Int32Array.of(i) }).y;
  expect(rowAt(2)).toEqual(Float32Array.of(5, 6));
  expect(rowAt(-3)).toEqual(Float32Array.of(1, 2));
  expect(() => rowAt(3)).toThrow(RangeError);
  expect(() => rowAt(-4)).toThrow(RangeError);
});

test("an input that is missing or does not fit is named", () => {
  const outputs = { y: input("x", [2]).neg() };
  expect(() => run(outputs, {})).toThrow('"x", float32[2], needs a Float32Array');
  expect(() => run(outputs, { x: new Float32Array(3) })).toThrow(TypeError);
});

/** Over a range of numbers, the largest relative error. */
const worstError = (
  f: (x: Tensor) => Tensor,
  expected: (x: number) => number,
  [low, high]: readonly [number, number],
) => {
  const xs = Float32Array.from({ length: 20_001 }, (_, i) => low + ((high - low) * i) / 20_000);
  const y = run({ y: f(input("x", [xs.length])) }, { x: xs })?.y ?? [];
  return Array.from(xs).reduce((worst, x, i) => {
    const error = Math.abs(y[i]! - expected(x)) / Math.max(1e-38, Math.abs(expected(x))); // one an x
    return Math.max(worst, error);
  }, 0);
};

test("exp, tanh, sigmoid and erf are within a few roundings of float32", () => {
  const rounding = 2 ** -24;
  expect(worstError((x) => x.exp(), Math.exp, [-87, 88])).toBeLessThan(4 * rounding);
  expect(worstError((x) => x.tanh(), Math.tanh, [-10, 10])).toBeLessThan(4 * rounding);
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  expect(worstError((x) => x.sigmoid(), sigmoid, [-80, 80])).toBeLessThan(6 * rounding);
  const erf = (x: number) => Math.sign(x) * errorFunction(Math.abs(x));
  expect(worstError((x) => x.erf(), erf, [-4.5, 4.5])).toBeLessThan(8 * rounding);
});

test("exp goes to 0 and to infinity; NaN stays NaN", () => {
  const x = input("x", [4]);
  const feeds = { x: Float32Array.of(-200, 200, Number.NaN, 0) };
  const all = { exp: x.exp(), tanh: x.tanh(), erf: x.erf(), sigmoid: x.sigmoid(), relu: x.relu() };
  const result = run(all, feeds);
  expect(result?.exp).toEqual(Float32Array.of(0, Number.POSITIVE_INFINITY, Number.NaN, 1));
  expect(result?.tanh).toEqual(Float32Array.of(-1, 1, Number.NaN, 0));
  expect(result?.erf).toEqual(Float32Array.of(-1, 1, Number.NaN, 0));
  expect(result?.relu).toEqual(Float32Array.of(0, 200, Number.NaN, 0));
  expect(result?.sigmoid?.[2]).toBeNaN();
});
