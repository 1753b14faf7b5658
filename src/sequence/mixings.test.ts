import { describe, expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../test/evaluate.ts";
import { createRandom } from "../data/random/random.ts";
import { gradient, input } from "../graph/index.ts";
import { createDecoder } from "../nn/decoding/decoder.ts";
import { bind, layoutOf, type ParameterLayout } from "../nn/parameters.ts";
import { initialize } from "../train/trainer.ts";
import { type MixingName, mixingNames, mixingOf } from "./mixings.ts";
import { sequenceModel } from "./model.ts";

const [batch, length, width, context] = [2, 19, 10, 16]; // longer than the context, and no power of two
const names = mixingNames.filter((name) => name !== "none");

/** A mixing over `[batch, length, width]` in float64, with parameters that are not at their start. */
function opened(name: MixingName) {
  const mixing = mixingOf(name, width, context)!; // none is left out
  const x = input("x", [batch, length, width], "float64");
  const layout = layoutOf((p) => mixing.whole(p, input("x", [batch, length, width])));
  const y = mixing.whole(bind(layout, input("arena", [layout.size], "float64")).scope, x);
  return { x, y, layout, arena: stirred(layout) };
}

function stirred(layout: ParameterLayout): Float32Array<ArrayBuffer> {
  const random = createRandom(4);
  return initialize(layout, random).map((value) => value + 0.3 * random.normal());
}

const row = (values: readonly number[], t: number) =>
  Array.from({ length: batch }, (_, b) => {
    const start = (b * length + t) * width;
    return values.slice(start, start + width);
  }).flat();

describe.each(names)("the mixing %s", (name) => {
  test("is causal: no position sees a later one, not in the last bit", async () => {
    const { y, arena } = opened(name);
    const before = someNumbers(batch * length * width);
    for (const t of [1, 7, length - 1]) {
      const after = before.map((value, i) =>
        Math.floor(i / width) % length >= t ? value + 1 + (i % 3) : value,
      );
      const [a, b] = [
        await evaluate({ y }, { x: before, arena }),
        await evaluate({ y }, { x: after, arena }),
      ];
      for (let earlier = 0; earlier < t; earlier++) {
        expect(row(b.y, earlier)).toEqual(row(a.y, earlier));
      }
      expect(row(b.y, t)).not.toEqual(row(a.y, t));
    }
  });

  test("has gradients equal to finite differences", async () => {
    const { x, y, layout, arena } = opened(name);
    const g = input("g", y.shape, "float64");
    const parameters = bind(layout, input("arena", [layout.size], "float64"));
    const mixed = mixingOf(name, width, context)!.whole(parameters.scope, x); // none is left out
    const loss = mixed.mul(g).sum();
    const gradients = gradient(loss, [x, ...parameters.tensors]);
    const outputs = Object.fromEntries(gradients.map((d, i) => [`d${i}`, d]));
    const feeds = {
      x: someNumbers(batch * length * width),
      g: someNumbers(batch * length * width, -1, 1, 3),
    };
    const all = await evaluate(outputs, { ...feeds, arena });
    const [dx = [], ...dp] = Object.values(all);
    const direction = {
      x: someNumbers(dx.length, -1, 1, 5),
      arena: someNumbers(layout.size, -1, 1, 6),
    };
    const dot = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, v, i) => sum + v * b[i]!, 0); // as many
    const expected = dot(dx, direction.x) + dot(dp.flat(), direction.arena);
    const at = async (h: number) => {
      const moved = (from: ArrayLike<number>, along: readonly number[]) =>
        Array.from(from, (value, i) => value + h * along[i]!); // as many
      const here = {
        ...feeds,
        x: moved(feeds.x, direction.x),
        arena: moved(arena, direction.arena),
      };
      return (await evaluate({ loss }, here)).loss[0]!; // a scalar
    };
    const h = 1e-5;
    expect(((await at(h)) - (await at(-h))) / (2 * h)).toBeCloseTo(expected, 6);
  });

  test("gives the same logits token by token as over the whole sequence", async () => {
    const size = { layers: 3, heads: 2, width, context, symbols: 7 };
    const mixing = mixingOf(name, width, context);
    const tokens = input("tokens", [batch, context], "int32");
    const layout = layoutOf((p) => sequenceModel(p, tokens, size, mixing));
    const arena = stirred(layout);
    const whole = sequenceModel(
      bind(layout, input("arena", [layout.size])).scope,
      tokens,
      size,
      mixing,
    );
    const random = createRandom(6);
    const ids = Int32Array.from({ length: batch * context }, () => random.integer(8));
    const { whole: logits } = await evaluate({ whole }, { arena, tokens: ids });
    const token = input("token", [batch, 1], "int32");
    const decoder = createDecoder(
      (p, step) => sequenceModel(p, token, size, mixing, step),
      layout,
      arena,
      {
        ...{ batch, layers: 3, heads: 2, depth: width / 2, threads: 1 },
        buckets: [4, 8], // and 16 by itself
      },
    );
    for (let t = 0; t < context; t++) {
      const now = Int32Array.from({ length: batch }, (_, b) => ids[b * context + t]!); // t < context
      const got = await decoder.next({ token: now });
      const wanted = [0, 1].flatMap((b) =>
        logits.slice((b * context + t) * 7, (b * context + t + 1) * 7),
      );
      expect(relativeError(got, wanted)).toBeLessThan(1e-4);
    }
    await decoder.close();
  });
});

test("those that average or shift have no parameters, the others few", () => {
  const sizes = Object.fromEntries(names.map((name) => [name, opened(name).layout.size]));
  expect(sizes).toEqual({
    ...{ haar: 0, "haar-renormalized": 0, "haar-8": 0, shift: 0, window: 0 },
    learned: 8 * 5, // taps by mixed features
    smear: width + 1 + 1, // gate (all features, for there are fewer than 12), its bias, strength
    conv: 3 * width,
    conv4: 4 * width,
    ema: 5,
  });
});

test.each(["smear", "conv", "conv4"] as const)("%s starts as the identity", async (name) => {
  const { y, layout } = opened(name);
  const x = someNumbers(batch * length * width);
  const start = initialize(layout, createRandom(1));
  expect((await evaluate({ y }, { x, arena: start })).y).toEqual(x);
});

test("learned kernels start as the fixed averages", async () => {
  const x = someNumbers(batch * length * width);
  const learned = opened("learned");
  const start = initialize(learned.layout, createRandom(1));
  const fixed = await evaluate({ y: opened("haar").y }, { x });
  const result = await evaluate({ y: learned.y }, { x, arena: start });
  expect(relativeError(result.y, fixed.y)).toBeLessThan(1e-12);
});
