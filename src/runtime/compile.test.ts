import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { constant, input } from "../graph/index.ts";
import { compile, EmitError, emit, writeModel } from "./index.ts";

describe("emit", () => {
  test("writes every operation once, however often its result is used", () => {
    const x = input("x", [2]);
    const e = x.exp();
    const graph = emit({ a: e.add(e), b: e.mul(e) });
    expect(graph.nodes.filter((node) => node.type === "Exp")).toHaveLength(1);
    expect(graph.inputs).toEqual([{ name: "x", dtype: "float32", shape: [2] }]);
    expect(graph.outputs.map(({ name }) => name)).toEqual(["a:out", "b:out"]);
  });

  test("leaves out what no output depends on", () => {
    const x = input("x", [2]);
    x.exp();
    expect(emit({ y: x.add(1) }).nodes.map(({ type }) => type)).toEqual(["Add"]);
  });

  test("stores equal constants once", () => {
    const x = input("x", [2]);
    expect(
      emit({
        y: x
          .add(2)
          .mul(2)
          .sub(constant([2], [])),
      }).initializers,
    ).toHaveLength(1);
  });

  test("folds transposes and scales of a product into one node", () => {
    const x = input("x", [2, 3]);
    const graph = emit({ y: x.matmul(x, { transB: true, alpha: 0.5 }) });
    expect(graph.nodes.map(({ type }) => type)).toEqual(["FusedMatMul"]);
  });

  test("refuses two different inputs of one name", () => {
    const sum = input("x", [2]).add(input("x", [2]));
    expect(() => emit({ sum })).toThrow(EmitError);
    expect(() => emit({ sum })).toThrow(/named "x"/);
  });

  test("the same graph gives the same bytes", () => {
    const model = () => writeModel(emit({ y: input("x", [2]).gelu().sum() }));
    expect(model()).toEqual(model());
  });
});

describe("an executable", () => {
  test("writes into the arrays it is given and allocates the others", async () => {
    const x = input("x", [3]);
    const executable = await compile({ double: x.mul(2), square: x.square() }, { threads: 1 });
    const double = new Float32Array(3);
    const result = await executable.run({ x: Float32Array.of(1, 2, 3) }, { double });
    expect(result.double).toBe(double);
    expect([...double]).toEqual([2, 4, 6]);
    expect(result.square).toEqual(Float32Array.of(1, 4, 9));
    await executable.close();
  });

  test("takes indices, masks and float64, and returns them", async () => {
    const i = input("i", [2], "int32");
    const l = input("l", [2], "int64");
    const b = input("b", [2], "bool");
    const d = input("d", [2], "float64");
    const executable = await compile(
      { i: i.add(1), l: l.mul(3), b: b.not(), d: d.div(3), w: b.where(d, 0) },
      { threads: 1 },
    );
    const result = await executable.run({
      i: Int32Array.of(-1, 5),
      l: BigInt64Array.of(2n ** 40n, -1n),
      b: Uint8Array.of(1, 0),
      d: Float64Array.of(1, 2),
    });
    expect(result.i).toEqual(Int32Array.of(0, 6));
    expect(result.l).toEqual(BigInt64Array.of(3n * 2n ** 40n, -3n));
    expect(result.b).toEqual(Uint8Array.of(0, 1));
    expect(result.d).toEqual(Float64Array.of(1 / 3, 2 / 3));
    expect(result.w).toEqual(Float64Array.of(1, 0));
    await executable.close();
  });

  test("an input, a constant and one tensor under two names may be outputs", async () => {
    const x = input("x", [1]);
    const y = x.add(1);
    const executable = await compile({ x, c: constant([7], []), y, z: y }, { threads: 1 });
    const result = await executable.run({ x: Float32Array.of(1) });
    expect(result).toEqual({
      x: Float32Array.of(1),
      c: Float32Array.of(7),
      y: Float32Array.of(2),
      z: Float32Array.of(2),
    });
    await executable.close();
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ["no array", {}, /"x", float32\[2\], needs a Float32Array of length 2, not nothing/],
    ["a wrong length", { x: new Float32Array(3) }, /"x", .*, not a Float32Array of length 3/],
    ["a wrong type", { x: new Int32Array(2) }, /"x", .*, not an Int32Array of length 2/],
    ["a list", { x: [1, 2] }, /"x", .*, not an Array of length 2/],
    ["a number", { x: 7 }, /"x", .*, not 7/],
    [
      "an input that it does not have",
      { x: new Float32Array(2), z: new Float32Array(2) },
      /no output depends on an input "z"; the inputs are "x"/,
    ],
  ])("refuses %s by name", async (_, feeds, message) => {
    await using executable = await compile({ y: input("x", [2]).exp() }, { threads: 1 });
    const run = executable.run(feeds as Record<string, Float32Array>);
    await expect(run).rejects.toThrow(TypeError);
    await expect(run).rejects.toThrow(message);
  });

  test("refuses a wrong output array by name", async () => {
    await using executable = await compile({ y: input("x", [2]).exp() }, { threads: 1 });
    const run = executable.run({ x: new Float32Array(2) }, { y: new Float64Array(2) });
    await expect(run).rejects.toThrow(
      /"y", float32\[2\], needs a Float32Array of length 2, not a Float64Array/,
    );
  });

  test("may be closed twice, and runs no more then", async () => {
    const executable = await compile({ y: input("x", [2]).exp() }, { threads: 1 });
    await executable.close();
    await executable[Symbol.asyncDispose]();
    await expect(executable.run({ x: new Float32Array(2) })).rejects.toThrow(/closed/);
  });

  const folder = mkdtempSync(join(tmpdir(), "ondelette-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("can write a profile", async () => {
    const profile = join(folder, "trace");
    const executable = await compile({ y: input("x", [2]).exp() }, { threads: 1, profile });
    await executable.run({ x: new Float32Array(2) });
    await executable.close();
    expect(existsSync(folder) && readdirSync(folder)).toHaveLength(1);
  });
});
