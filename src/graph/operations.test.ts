import { describe, expect, test } from "vitest";
import { evaluate, evaluateAll, relativeError, someNumbers } from "../../test/evaluate.ts";
import { type Case, cases, matrix, prepare, range } from "../../test/operationCases.ts";
import {
  constant,
  gradient,
  gradients,
  input,
  isFloat,
  type OperationName,
  operations,
  sizeOf,
  Tensor,
} from "./index.ts";

/**
 * The largest relative difference between the gradients of Σ w y, w arbitrary numbers, and central differences of it.
 * Everything in float64.
 */
async function gradientError(subject: Case): Promise<number> {
  const { inputs, numbers, feeds } = prepare(subject, "float64");
  const y = subject.build(...inputs);
  const weights = constant(someNumbers(sizeOf(y.shape), 0.5, 1.5, 7), y.shape, "float64");
  const loss = y.mul(weights).sum();
  const wrt = inputs.filter((x) => isFloat(x.dtype));
  const outputs = Object.fromEntries(gradient(loss, wrt).map((g, i) => [`g${i}`, g]));
  const analytic = Object.values(await evaluate(outputs, feeds)).flat();

  const step = 1e-5;
  const probes: Record<string, number[]>[] = [];
  for (const [i, x] of inputs.entries()) {
    if (!isFloat(x.dtype)) continue;
    for (let j = 0; j < numbers[i]!.length; j++) {
      for (const sign of [1, -1]) {
        const moved = numbers[i]!.slice(); // one list an input
        moved[j]! += sign * step;
        probes.push({ ...feeds, [`x${i}`]: moved });
      }
    }
  }
  const losses = (await evaluateAll({ loss }, probes)).map((run) => run.loss[0]!); // a scalar
  const numeric = range(losses.length / 2).map(
    (i) => (losses[2 * i]! - losses[2 * i + 1]!) / (2 * step),
  );
  return relativeError(analytic, numeric);
}

describe.each(Object.keys(cases) as OperationName[])("%s", (name) => {
  for (const [i, subject] of cases[name].entries()) {
    const types = subject.operands.map((x) => `${x.dtype ?? "float"}[${x.shape}]`).join(", ");

    test.each(["float32", "float64"] as const)(
      `%s: computes what it says (${types}, ${i})`,
      async (float) => {
        const { inputs, numbers, feeds } = prepare(subject, float);
        const y = subject.build(...inputs);
        const { actual } = await evaluate({ actual: y }, feeds);
        expect(actual).toHaveLength(sizeOf(y.shape));
        const bound = float === "float32" ? 1e-6 : 1e-12;
        expect(relativeError(actual, subject.expected(...numbers))).toBeLessThan(bound);
      },
    );

    const differentiable =
      gradients[name] !== "not differentiable" && subject.operands.some((x) => !x.dtype);
    if (differentiable) {
      test(`has the gradient that finite differences have (${types}, ${i})`, async () => {
        expect(await gradientError(subject)).toBeLessThan(1e-8);
      });
    }
  }
});

test("every operation says in one line what it means", () => {
  for (const { meaning } of Object.values(operations)) expect(meaning).toMatch(/^[^\n]+[^.\n]$/);
});

describe("second derivatives", () => {
  /** The gradient of Σ v f(x) as a function of x, itself differentiated. */
  const gradientOf = (f: (x: Tensor) => Tensor) => (x: Tensor) => {
    const y = f(x);
    const v = constant(someNumbers(sizeOf(y.shape), 0.5, 1.5, 3), y.shape, x.dtype);
    const [g] = gradient(y.mul(v).sum(), [x]);
    return g!; // one tensor, one gradient
  };
  const row64 = (x: Tensor, values: number[]) => constant(values, [3], x.dtype);
  test.each<[string, (x: Tensor) => Tensor]>([
    ["exp", (x) => x.exp()],
    ["product", (x) => x.mul(x).mul(x)],
    ["quotient", (x) => x.div(x.square().add(1))],
    ["gelu", (x) => x.gelu()],
    ["squaredRelu", (x) => x.squaredRelu()],
    ["tanh", (x) => x.tanh()],
    ["softmax", (x) => x.softmax()],
    ["logSoftmax", (x) => x.logSoftmax()],
    ["matmul", (x) => x.matmul(x, { transB: true }).matmul(x)],
    ["gather", (x) => x.gather(constant([1, 1, 0], [3], "int32")).square()],
    ["cumsum", (x) => x.cumsum(1).square()],
    ["layerNorm", (x) => x.layerNorm(row64(x, [1, 2, 0.5]), row64(x, [0, 1, 2]), 1e-2)],
    [
      "conv2d",
      (x) => {
        const image = x.reshape([1, 1, 2, 3]);
        return image.conv2d(image.slice(2, 0, 1), { padding: [0, 2, 0, 2] }).square();
      },
    ],
    [
      "convTranspose2d",
      (x) => {
        const image = x.reshape([1, 1, 2, 3]);
        return image.convTranspose2d(image, { stride: 2 }).square();
      },
    ],
    ["maxPool2d", (x) => x.square().reshape([1, 1, 2, 3]).maxPool2d(2, { stride: 1 })],
    ["rmsNorm", (x) => x.rmsNorm(row64(x, [1, 2, 0.5]), 1e-2)],
  ])("of %s", async (_, f) => {
    const error = await gradientError({
      operands: [matrix],
      build: gradientOf(f),
      expected: () => [],
    });
    expect(error).toBeLessThan(1e-7);
  });
});

test("a Tensor is only a description: building computes nothing", () => {
  const x = input("x", [1_000_000, 1_000_000]);
  expect(x.add(1)).toBeInstanceOf(Tensor);
});
