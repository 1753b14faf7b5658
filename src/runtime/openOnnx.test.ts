import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { UserError } from "../errors/index.ts";
import { concat, input } from "../graph/index.ts";
import { exportOnnx, openOnnx } from "./index.ts";

const folder = await mkdtemp(join(tmpdir(), "open-onnx-"));
afterAll(() => rm(folder, { recursive: true }));

/** Sums of rows, and the index of the largest element of each. */
const bytes = exportOnnx((batch) => {
  const x = input("x", [batch, 3]);
  const shift = input("shift", [batch, 3]);
  const y = x.add(shift);
  return { outputs: { sum: y.sum(1), largest: y.argMax(1), twice: concat([y, y], 1) } };
});
const options = { threads: 1 };
const rows = (...data: number[]) => ({
  data: Float32Array.from(data),
  shape: [data.length / 3, 3],
});

test("an exported model runs from bytes and from a file, with any batch size", async () => {
  const path = join(folder, "rows.onnx");
  await writeFile(path, bytes);
  for (const source of [bytes, path]) {
    await using model = await openOnnx(source, options);
    expect([...model.inputs].sort()).toEqual(["shift", "x"]);
    expect([...model.outputs].sort()).toEqual(["largest", "sum", "twice"]);
    const one = await model.run({ x: rows(1, 5, 3), shift: rows(0, 0, 1) });
    expect(one.sum).toEqual({ data: Float32Array.of(10), shape: [1] });
    const two = await model.run({ x: rows(1, 5, 3, 9, 0, 0), shift: rows(0, 0, 0, 0, 0, 0) });
    expect(two.sum).toEqual({ data: Float32Array.of(9, 9), shape: [2] });
    expect(Array.from(two.largest!.data, Number)).toEqual([1, 0]);
    expect(two.twice?.shape).toEqual([2, 6]);
  }
});

test("an input that is missing, unknown or of another shape is an error that names it", async () => {
  await using model = await openOnnx(bytes, options);
  const x = rows(1, 2, 3);
  await expect(model.run({ x })).rejects.toThrow('the input "shift" is missing');
  await expect(model.run({ x, shift: x, z: x })).rejects.toThrow(
    'there is no input "z"; the inputs are',
  );
  const wrong = { data: x.data, shape: [2, 3] };
  await expect(model.run({ x, shift: wrong })).rejects.toThrow(
    '"shift" has 3 numbers, and a shape of [2, 3] needs 6',
  );
});

test("a file that does not exist or is no model is a UserError that names it", async () => {
  const failure = (path: string) => openOnnx(path, options).catch((error: unknown) => error);
  const missing = await failure(join(folder, "none.onnx"));
  expect(missing).toBeInstanceOf(UserError);
  expect(missing).toMatchObject({ code: "not-found" });
  const path = join(folder, "text.onnx");
  await writeFile(path, "no model");
  const damaged = await failure(path);
  expect(damaged).toBeInstanceOf(UserError);
  expect(damaged).toMatchObject({ code: "damaged-file" });
  expect((damaged as UserError).message).toMatch(/text\.onnx cannot be opened: /);
});
