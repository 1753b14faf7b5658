import fc from "fast-check";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { relativeError, someNumbers } from "../../test/evaluate.ts";
import { UserError } from "../errors/index.ts";
import { concat, constant, gradient, input, sizeOf, type Tensor } from "../graph/index.ts";
import {
  causalConvolution,
  crossEntropy,
  gpt,
  layerNorm,
  layoutOf,
  linear,
  mlp,
  rmsNorm,
  type Scope,
} from "../nn/index.ts";
import { freeze } from "../nn/parameters.ts";
import { type BatchModel, compile, exportOnnx, type Values, valuesOf } from "./index.ts";

/** A model whose inputs are integers below `below`, or numbers from -1 to 1 where that is absent. */
interface Subject {
  readonly build: BatchModel;
  readonly below?: number;
}

/** `model` with arbitrary parameters frozen in. */
function frozen(model: (p: Scope, batch: number) => Record<string, Tensor>): BatchModel {
  const layout = layoutOf((p) => model(p, 2));
  const parameters = Float32Array.from(someNumbers(layout.size, -0.5, 0.5, 3));
  return (batch) => ({ outputs: model(freeze(layout, parameters), batch) });
}

const tokens = (batch: number, length: number, name = "tokens") =>
  input(name, [batch, length], "int32");

const subjects: Readonly<Record<string, Subject>> = {
  "a multilayer perceptron": {
    build: frozen((p, batch) => {
      const x = input("x", [batch, 6]);
      const hidden = linear(p.in("first"), x, 16).gelu();
      return { logits: linear(p.in("second"), hidden, 4) };
    }),
  },
  "the GPT": {
    below: 11,
    build: frozen((p, batch) => ({
      logits: gpt(p, tokens(batch, 10), {
        layers: 2,
        heads: 2,
        width: 16,
        vocabulary: 11,
        context: 12,
      }),
    })),
  },
  "a GPT that attends in chunks of the length": {
    below: 5,
    build: frozen((p, batch) => ({
      logits: gpt(p, tokens(batch, 300), {
        layers: 1,
        heads: 1,
        width: 4,
        vocabulary: 5,
        context: 300,
      }),
    })),
  },
  "a causal convolution": {
    build: frozen((p, batch) => ({
      y: causalConvolution(p, input("x", [batch, 7, 3]), { taps: 3, dilation: 2 }),
    })),
  },
  "norms and an mlp": {
    build: frozen((p, batch) => {
      const x = input("x", [batch, 5, 8]);
      return { y: mlp(p.in("mlp"), rmsNorm(p.in("rms"), layerNorm(p.in("layer"), x))) };
    }),
  },
  "softmax and cross-entropy": {
    below: 4,
    build: frozen((p, batch) => {
      const targets = tokens(batch, 3, "targets");
      const x = targets.cast("float32").reshape([batch, 3, 1]).mul(0.5);
      const logits = linear(p, x, 4, { bias: true });
      const loss = crossEntropy(logits, targets);
      return { probabilities: logits.softmax(), ...loss };
    }),
  },
  "gather, one-hot and an attention mask": {
    below: 6,
    build: frozen((p, batch) => {
      const ids = tokens(batch, 5);
      const x = p.get("table", [6, 4], () => {}).gather(ids);
      const padding = ids.equal(0).cast("float32").mul(-1e9).reshape([batch, 1, 5]);
      const scores = x.matmul(x, { transB: true, alpha: 0.5 }).add(padding);
      return { y: scores.softmax().matmul(x), hot: ids.oneHot(6).sum(1) };
    }),
  },
  "means over the batch, and its gradient": {
    build: frozen((p, batch) => {
      const x = input("x", [batch, 3]);
      const loss = linear(p, x, 2).square().mean();
      const [g] = gradient(loss, [x]);
      return { loss, g: g!, centered: x.sub(x.mean(0)), weighted: x.mul(batch) };
    }),
  },
  "sums into rows of a table": {
    below: 4,
    build: (batch) => {
      const ids = tokens(batch, 2);
      const updates = ids.cast("float32").reshape([batch, 2, 1]).expand([batch, 2, 3]);
      return { outputs: { few: updates.scatterAdd(ids, 4), many: updates.scatterAdd(ids, 200) } };
    },
  },
  "slices, pads and pieces of the batch": {
    build: (batch) => {
      const x = input("x", [batch, 4]);
      const twice = concat([x, x.mul(2)], 0);
      const [first, second] = twice.split(0, [batch, batch]) as [Tensor, Tensor];
      return {
        outputs: {
          y: first.mul(second),
          last: x.slice(0, -1),
          padded: x.pad(0, 1, 0).slice(0, 0, batch),
          longer: concat([x, constant([1, 2, 3, 4], [1, 4])], 0),
        },
      };
    },
  },
  "constants for each example": {
    build: (batch) => {
      const x = input("x", [batch, 2]);
      const ones = constant(Array(batch).fill(1), [batch, 1]);
      const repeated = constant(
        Array.from({ length: 2 * batch }, (_, i) => i % 2),
        [batch, 2],
      );
      const rows = constant([...Array(batch).keys()], [batch], "int32");
      const offsets = constant(
        Array.from({ length: batch }, (_, i) => 2 * i),
        [batch, 1],
        "int64",
      );
      const numbers = x.mul(0).cast("int64").add(offsets);
      return { outputs: { y: x.add(ones).add(repeated).gather(rows), numbers } };
    },
  },
  "an axis that is the batch, but not the first": {
    build: (batch) => ({ outputs: { y: input("x", [3, batch]).transpose([1, 0]).softmax() } }),
  },
};

/** Arbitrary values for each input of a compiled graph. */
function feedsFor(
  inputs: readonly { name: string; dtype: "float32" | "int32"; shape: readonly number[] }[],
  below: number | undefined,
): Record<string, Values> {
  return Object.fromEntries(
    inputs.map(({ name, dtype, shape }, i) => {
      const numbers = someNumbers(sizeOf(shape), below ? 0 : -1, below ?? 1, i + 7);
      return [name, valuesOf(dtype, below ? numbers.map(Math.floor) : numbers)];
    }),
  );
}

/** The largest relative difference between the file and the graph for a batch of this size. */
async function difference({ build, below }: Subject, batch: number, session: InferenceSession) {
  await using executable = await compile(build(batch).outputs, { threads: 1 });
  const feeds = feedsFor(executable.inputs as Parameters<typeof feedsFor>[0], below);
  const expected = await executable.run(feeds);
  const tensors = executable.inputs.map(({ name, dtype, shape }) => [
    name,
    new OrtTensor(dtype, feeds[name]!, shape),
  ]);
  const results = await session.run(Object.fromEntries(tensors));
  expect(Object.keys(results).sort()).toEqual(Object.keys(expected).sort());
  let worst = 0;
  for (const [name, values] of Object.entries(expected)) {
    const actual = results[name]!; // of the same names
    expect([...actual.dims]).toEqual([...build(batch).outputs[name]!.shape]);
    const plain = (data: ArrayLike<number | bigint>) => Array.from(data, Number);
    worst = Math.max(
      worst,
      relativeError(plain(actual.data as Float32Array), plain(values as Float32Array)),
    );
  }
  return worst;
}

const open = (bytes: Uint8Array) =>
  InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 });

describe("an exported file computes what the graph computes, with any batch size:", () => {
  test.each(Object.keys(subjects))("%s", async (name) => {
    const subject = subjects[name]!; // a key of it
    const session = await open(exportOnnx(subject.build));
    for (const batch of [1, 3, 17]) {
      expect(await difference(subject, batch, session), `batch ${batch}`).toBeLessThan(2e-6);
    }
    await session.release();
  });

  /** A step from one tensor of `[batch, …]` to another. */
  type Step = (x: Tensor, batch: number) => Tensor;
  const rest = (x: Tensor) => sizeOf(x.shape.slice(1));
  const steps: readonly Step[] = [
    (x) => x.tanh(),
    (x) => x.add(x.sum(0, { keepDims: true })),
    (x) => x.sub(x.mean()),
    (x, batch) => x.reshape([batch, rest(x)]),
    (x, batch) =>
      x
        .reshape([batch * rest(x), 1])
        .mul(0.5)
        .reshape(x.shape),
    (x, batch) => x.reshape([batch, 1, rest(x)]).expand([batch, 2, rest(x)]),
    (x) =>
      x
        .transpose([...x.shape.keys()].reverse())
        .softmax()
        .transpose([...x.shape.keys()].reverse()),
    (x) => concat([x, x.square()], -1),
    (x) => concat([x, x.neg()], 0).slice(0, x.shape[0]!),
    (x) => x.pad(0, 2, 1).slice(0, 1, -2),
    (x) => x.cumsum(0),
    (x, batch) =>
      x
        .reshape([batch, rest(x)])
        .matmul(x.reshape([batch, rest(x)]), { transB: true })
        .sum(1, { keepDims: true })
        .mul(0.01),
    (x) =>
      x
        .gather(x.argMax(0).reshape([-1]).slice(0, 0, 1))
        .mul(0.5)
        .add(x),
    (x) => x.greater(0).where(x, x.mul(0.1)),
    (x) => x.max(0, { keepDims: true }).sub(x),
  ];
  test("random graphs", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(steps.length - 1), { minLength: 1, maxLength: 6 }),
        async (path) => {
          const build: BatchModel = (batch) => ({
            outputs: {
              y: path.reduce((x, step) => steps[step]!(x, batch), input("x", [batch, 3, 2])),
            },
          });
          const session = await open(exportOnnx(build));
          for (const batch of [1, 3]) {
            expect(await difference({ build }, batch, session)).toBeLessThan(1e-5);
          }
          await session.release();
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("an exported file says what it is", () => {
  const build = frozen((p, batch) => ({ y: linear(p.in("head"), input("x", [batch, 3]), 2) }));

  test("names of inputs and outputs, and a free first length", async () => {
    const session = await open(exportOnnx(build));
    const value = { isTensor: true, type: "float32" };
    expect(session.inputMetadata).toEqual([{ ...value, name: "x", shape: ["batch", 3] }]);
    expect(session.outputMetadata).toEqual([{ ...value, name: "y", shape: ["batch", 2] }]);
    await session.release();
  });

  test("parameters under their names, descriptions, properties and the version of the producer", () => {
    const bytes = exportOnnx(build, {
      name: "head of a model",
      description: "two classes of three numbers",
      descriptions: { x: "three numbers", y: "two logits" },
      producerVersion: "1.2.3",
      properties: { license: "Apache-2.0" },
    });
    const text = Buffer.from(bytes).toString("latin1");
    for (const part of [
      "head.weight",
      "head.bias",
      "head of a model",
      "two classes of three numbers",
      "three numbers",
      "two logits",
      "1.2.3",
      "license",
      "Apache-2.0",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("inputs in the order of their descriptions, then the others", async () => {
    const names = ["a", "b", "c", "d"];
    const sum: BatchModel = (batch) => {
      const inputs = names.map((name) => input(name, [batch]));
      return { outputs: { y: inputs.reduce((x, y) => x.add(y)) } };
    };
    const session = await open(exportOnnx(sum, { descriptions: { d: "last", y: "sum", b: "" } }));
    expect(session.inputNames).toEqual(["d", "b", "a", "c"]);
    await session.release();
  });

  test("operators of the standard alone", () => {
    const bytes = exportOnnx(
      frozen((p, batch) => {
        const x = rmsNorm(p, input("x", [batch, 4, 3]));
        return { y: x.matmul(x, { transB: true, alpha: 0.5 }) };
      }),
    );
    const text = Buffer.from(bytes).toString("latin1");
    expect(text).not.toContain("com.microsoft");
    expect(text).not.toContain("SimplifiedLayerNormalization");
  });

  test("the same model gives the same bytes", () => {
    expect(exportOnnx(build)).toEqual(exportOnnx(build));
  });

  test("a name that the graph would choose is free for an input", async () => {
    const session = await open(
      exportOnnx((batch) => ({
        outputs: {
          t1: input("t0", [batch])
            .add(input("constant0", [batch]))
            .mul(3),
        },
      })),
    );
    expect(session.inputNames).toEqual(["t0", "constant0"]);
    const tensor = new OrtTensor("float32", Float32Array.of(1, 2), [2]);
    const { t1 } = await session.run({ t0: tensor, constant0: tensor });
    expect([...(t1?.data as Float32Array)]).toEqual([6, 12]);
    await session.release();
  });
});

describe("what one file cannot follow is refused, with the name of the operation:", () => {
  const x = (batch: number) => input("x", [batch, 2]);
  test.each<[string, (batch: number) => Record<string, Tensor>, RegExp]>([
    [
      "a number for each example",
      (batch) => ({ y: x(batch).mul(constant(someNumbers(batch), [batch, 1])) }),
      /mul0 \(Mul\) has a constant that does not follow the batch size: float32\[13, 1\]/,
    ],
    [
      "another factor for each size",
      (batch) => ({ y: x(batch).mul(Math.sqrt(batch)) }),
      /mul0 \(Mul\) has a constant .*float32\[\] \(3\.60.*for batches of 13, 17, 29/,
    ],
    [
      "a part of the batch",
      (batch) => ({ y: x(batch).slice(0, 0, Math.ceil(batch / 2)) }),
      /"y" is float32\[7, 2\], float32\[9, 2\], float32\[15, 2\]/,
    ],
    [
      "a part of the batch that does not reach the output",
      (batch) => ({
        y: x(batch)
          .slice(0, 0, Math.ceil(batch / 2))
          .sum(0),
      }),
      /slice\d+ \(Slice\) has a constant that does not follow/,
    ],
    [
      "another graph for each size",
      (batch) => ({ y: batch > 15 ? x(batch).exp() : x(batch).tanh() }),
      /operation tanh0 \(Tanh\) is not the same for a batch of 13 and one of 17/,
    ],
    [
      "another number for a small batch",
      (batch) => ({ y: x(batch).mul(batch < 10 ? 2 : 3) }),
      /mul0 \(Mul\) has a constant/,
    ],
    [
      "another shape for a small batch",
      (batch) => ({ y: batch < 10 ? x(batch).reshape([-1]) : x(batch) }),
      /"y" is float32\[13, 2\], float32\[17, 2\], float32\[2\] for batches of 13, 17, 1/,
    ],
    [
      "an output for some sizes only",
      (batch) => {
        const e = x(batch).exp();
        return { y: e, ...(batch > 15 && { z: e.add(1) }) };
      },
      /different outputs/,
    ],
    [
      "outputs that change their names",
      (batch) => {
        const once = x(batch).tanh();
        const twice = once.tanh();
        return batch > 15 ? { y: twice, z: once } : { y: once, z: twice };
      },
      /operation tanh0 \(Tanh\) is not the same/,
    ],
    [
      "no input with the batch",
      (batch) => ({ y: input("x", [2]).expand([batch, 2]) }),
      /no input has the batch/,
    ],
  ])("%s", (_, outputs, message) => {
    const attempt = () => exportOnnx((batch) => ({ outputs: outputs(batch) }));
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(message);
  });
});
