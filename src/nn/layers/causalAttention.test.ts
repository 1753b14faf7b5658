import { describe, expect, test } from "vitest";
import { evaluate, evaluateAll, relativeError, someNumbers } from "../../../test/evaluate.ts";
import { constant, type DType, gradient, input } from "../../graph/index.ts";
import { type CausalOptions, causal } from "./causalAttention.ts";

const shape = [2, 2, 10, 3];
const size = 120;
const operands = (dtype: DType = "float32") =>
  ["q", "k", "v"].map((name) => input(name, shape, dtype)) as never as Operands;
type Operands = readonly [
  q: ReturnType<typeof input>,
  k: ReturnType<typeof input>,
  v: ReturnType<typeof input>,
];
const feeds = {
  q: someNumbers(size, -2, 2, 1),
  k: someNumbers(size, -2, 2, 2),
  v: someNumbers(size, -2, 2, 3),
};
/** Arbitrary factors of the result, so that a loss depends on each number in its own way. */
const factors = someNumbers(size, 0.5, 1.5, 7);

/** Chunks of 1 are more than there are reaches. */
const ways: readonly CausalOptions[] = [1, 2, 3, 10, 100].flatMap((chunk) => [
  { chunk, keep: true },
  { chunk, keep: false },
]);

test("causal attention is softmax(Q Kᵀ / √d) V over the past and present", async () => {
  const { y } = await evaluate({ y: causal()(...operands()) }, feeds);
  const expected: number[] = [];
  for (let head = 0; head < 4; head++) {
    for (let i = 0; i < 10; i++) {
      const at = (x: number[], j: number) => x.slice((head * 10 + j) * 3, (head * 10 + j) * 3 + 3);
      const weights = Array.from({ length: i + 1 }, (_, j) =>
        Math.exp(at(feeds.q, i).reduce((s, x, d) => s + x * at(feeds.k, j)[d]!, 0) / Math.sqrt(3)),
      );
      const total = weights.reduce((a, b) => a + b);
      for (let d = 0; d < 3; d++) {
        expected.push(weights.reduce((s, w, j) => s + (w / total) * at(feeds.v, j)[d]!, 0));
      }
    }
  }
  expect(relativeError(y, expected)).toBeLessThan(1e-6);
});

describe.each(ways)("in chunks of $chunk, weights kept: $keep", (options) => {
  test("neither result nor gradients change", async () => {
    const run = (own: CausalOptions) => {
      const x = operands();
      const y = causal(own)(...x);
      const [gq, gk, gv] = gradient(y.mul(constant(factors, shape)).square().sum(), x);
      return evaluate({ y, gq: gq!, gk: gk!, gv: gv! }, feeds); // three tensors, three gradients
    };
    const [whole, own] = await Promise.all([run({}), run(options)]);
    for (const name of ["y", "gq", "gk", "gv"] as const) {
      expect(relativeError(own[name], whole[name]), name).toBeLessThan(1e-5);
    }
  });

  test("gradients are those that finite differences have, in float64", async () => {
    const x = operands("float64");
    const loss = causal(options)(...x)
      .mul(constant(factors, shape, "float64"))
      .sum();
    const [gq, gk, gv] = gradient(loss, x);
    const { q, k, v } = await evaluate({ q: gq!, k: gk!, v: gv! }, feeds); // as above
    const step = 1e-5;
    const places = [0, 17, 29, 41, 60, 119];
    const names = ["q", "k", "v"] as const;
    const probes = names.flatMap((name) =>
      places.flatMap((place) =>
        [step, -step].map((moved) => ({
          ...feeds,
          [name]: feeds[name].map((value, i) => (i === place ? value + moved : value)),
        })),
      ),
    );
    const losses = (await evaluateAll({ loss }, probes)).map((run) => run.loss[0]!); // a scalar
    const differences = Array.from(
      { length: losses.length / 2 },
      (_, i) => (losses[2 * i]! - losses[2 * i + 1]!) / (2 * step),
    );
    const analytic = [q, k, v].flatMap((g) => places.map((place) => g[place]!));
    expect(relativeError(analytic, differences)).toBeLessThan(1e-8);
  });
});

test("a number of the future reaches nothing before it, to the last bit", async () => {
  const changed = {
    ...feeds,
    k: feeds.k.map((x, i) => (i % 30 >= 15 ? 5 - x : x)),
    v: feeds.v.map((x, i) => (i % 30 >= 15 ? 5 - x : x)),
  };
  for (const options of ways) {
    const [a, b] = await evaluateAll({ y: causal(options)(...operands()) }, [feeds, changed]);
    const past = (y: readonly number[]) => y.filter((_, i) => i % 30 < 15);
    expect(past(b!.y)).toEqual(past(a!.y)); // two feeds, two results
    expect(b!.y).not.toEqual(a!.y);
  }
});

test("the gradient can be differentiated again, whether weights are kept or not", async () => {
  const second = async (options: CausalOptions) => {
    const x = operands("float64");
    const [dq] = gradient(
      causal(options)(...x)
        .square()
        .sum(),
      [x[0]],
    );
    const [of] = gradient(dq!.square().sum(), [x[1]]); // one gradient an operand
    return (await evaluate({ of: of! }, feeds)).of; // as above
  };
  const expected = await second({ chunk: 3, keep: false });
  for (const chunk of [3, 100]) {
    expect(relativeError(await second({ chunk, keep: true }), expected)).toBeLessThan(1e-6);
  }
});
