import { describe, expect, test } from "vitest";
import { field } from "../../src/browser.ts";
import {
  constant,
  gradient,
  gradients,
  input,
  isFloat,
  type OperationName,
  sizeOf,
} from "../../src/graph/index.ts";
import { testPicture } from "../../src/image/testing.ts";
import { type CompileOptions, compile, type Values, valuesOf } from "../../src/runtime/index.ts";
import { memoryStore } from "../../src/train/browser.ts";
import { relativeError, someNumbers } from "../evaluate.ts";
import { type Case, cases, prepare } from "../operationCases.ts";
import { placementOf } from "./nodesElsewhere.ts";
import { shapesOf, someSteps, trainings } from "./trainings.ts";

/** How near WebGPU must come to the CPU. */
const bound = 1e-4;
const cpu: CompileOptions = { threads: 1 };
const webgpu: CompileOptions = { threads: 1, device: "webgpu" };

/** The result of a use of an operation and its gradients. */
async function computed(subject: Case, name: OperationName, options: CompileOptions) {
  const { inputs, feeds } = prepare(subject, "float32");
  const y = subject.build(...inputs);
  const floats = inputs.filter((x) => isFloat(x.dtype));
  const weights = () => constant(someNumbers(sizeOf(y.shape), 0.5, 1.5, 7), y.shape, "float32");
  const slopes =
    gradients[name] === "not differentiable" || floats.length === 0
      ? []
      : gradient(y.mul(weights()).sum(), floats);
  const outputs = { y, ...Object.fromEntries(slopes.map((g, i) => [`g${i}`, g])) };
  await using executable = await compile(outputs, options);
  const given = executable.inputs.map((x) => [x.name, valuesOf(x.dtype, feeds[x.name]!)] as const);
  const results = await executable.run(Object.fromEntries(given));
  return Object.values<Values>(results).map((values) => Array.from(values, Number));
}

describe.each(Object.keys(cases) as OperationName[])("%s on WebGPU", (name) => {
  test.each(cases[name].map((subject, i) => [i, subject] as const))(
    "use %i and its gradient are the CPU's, and no node leaves the device",
    async (_, subject) => {
      // int64 becomes int32 at the boundary, which WebGPU cannot do.
      const strict = subject.operands.every(({ dtype }) => dtype !== "int64");
      const there = await computed(subject, name, { ...webgpu, strict });
      const here = await computed(subject, name, cpu);
      there.forEach((values, i) => {
        expect(relativeError(values, here[i]!)).toBeLessThan(bound);
      });
    },
  );
});

describe("what the device lacks", () => {
  const x = input("x", [2], "float64");

  test("is counted", async () => {
    const { elsewhere } = await placementOf(async (profile) => {
      await using executable = await compile({ y: x.exp() }, { ...webgpu, profile });
      await executable.run({ x: Float64Array.of(1, 2) });
    });
    expect(elsewhere).toEqual(["Exp on CPUExecutionProvider"]);
  });

  test("is refused where that is asked for", async () => {
    await expect(compile({ y: x.exp() }, { ...webgpu, strict: true })).rejects.toThrow(/fallback/);
  });
});

describe("outputs that stay on the device", () => {
  test("are fed again, read, and released", async () => {
    const x = input("x", [3]);
    const outputs = { next: x.mul(2), sum: x.sum() };
    await using executable = await compile(outputs, { ...webgpu, keep: ["next"] });
    const first = await executable.runKeeping({ x: Float32Array.of(1, 2, 3) });
    expect(first.arrays).toEqual({ sum: Float32Array.of(6) });
    const { next } = first.kept;
    const second = await executable.runKeeping({ x: next! });
    expect(second.arrays.sum).toEqual(Float32Array.of(12));
    expect(await second.kept.next!.read()).toEqual(Float32Array.of(4, 8, 12));
    next!.release();
    await expect(next!.read()).rejects.toThrow(/released/);
    await expect(executable.runKeeping({ x: next! })).rejects.toThrow(/"x", float32\[3\], needs/);
  });
});

/** Of the trainings those that stand for all; all of them where the variable is set. */
const usual = [
  "a GPT",
  "an image model state",
  "an image model paper",
  "a classifier of images",
  "a field siren",
];
const tried = Object.keys(trainings).filter(
  (name) => process.env.ONDELETTE_TEST_ALL === "1" || usual.includes(name),
);

/**
 * Where norms of gradients and parameters come less near, though losses do: 1.9e-4 of one norm of `wire`, 2.2e-4 of the
 * parameters of `relu`. AdamW's first step makes of a gradient that is next to nothing one of the whole rate, in the direction
 * that rounding gives it.
 */
const wider: Readonly<Record<string, number>> = { "a field wire": 1e-3, "a field relu": 1e-3 };

describe.each(tried)("%s on WebGPU", (name) => {
  const open = trainings[name]!; // its own key
  const near = wider[name] ?? bound;

  test("five steps are the CPU's, and each node of every shape of batch runs on the device", async () => {
    const here = await someSteps(await open(), 5, cpu);
    let there = here;
    const { elsewhere } = await placementOf(async (profile) => {
      there = await someSteps(await open(), 5, { ...webgpu, profile, strict: true });
      for (const [shape, step] of await shapesOf(await open())) {
        if (there.shapes.has(shape)) continue;
        await someSteps(await open(), step, { ...webgpu, profile, strict: true });
      }
    });
    expect(elsewhere).toEqual([]);
    for (let step = 0; step < 5; step++) {
      expect(Math.abs(there.losses[step]! / here.losses[step]! - 1)).toBeLessThan(bound);
      expect(Math.abs(there.norms[step]! / here.norms[step]! - 1)).toBeLessThan(near);
    }
    const length = (values: Float32Array) =>
      Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    const apart = there.parameters.map((value, i) => value - here.parameters[i]!);
    expect(length(apart) / length(here.parameters)).toBeLessThan(near);
  });
});

test("a field that was solved has the CPU's values", async () => {
  const signal = field.pictureSignal(testPicture(16, 12, 1));
  const config = field.createField(signal, {
    ...{ path: "the picture", model: "expansion", parameters: 800, seed: 1 },
  });
  const store = memoryStore("field");
  await field.fitField(store, config, signal, cpu);
  const saved = await field.openField(store);
  const view = field.wholeView(signal.size, 2);
  const [here, there] = [
    await field.renderField(saved, view, cpu),
    await field.renderField(saved, view, webgpu),
  ];
  expect(relativeError(there.values, here.values)).toBeLessThan(bound);
});
