import { describe, expect, test } from "vitest";
import { evaluate, relativeError } from "../../../test/evaluate.ts";
import { createRandom } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import { concat, input, type Tensor } from "../../graph/index.ts";
import { initialize } from "../../train/trainer.ts";
import { type GptOptions, gpt } from "../layers/gpt.ts";
import { bind, layoutOf } from "../parameters.ts";
import { createDecoder, type Decoder, stepperNames } from "./decoder.ts";
import { type Past, wholeSequence } from "./past.ts";

const options: GptOptions = { layers: 2, heads: 2, width: 16, vocabulary: 11, context: 12 };
const [batch, length] = [3, 12];
const tokens = input("tokens", [batch, length], "int32");
const layout = layoutOf((p) => gpt(p, tokens, options));
const random = createRandom(2);
const arena = initialize(layout, random).map((x) => x + 0.2 * random.normal());
const ids = Int32Array.from({ length: batch * length }, () => random.integer(11));

const column = (t: number) => Int32Array.from({ length: batch }, (_, b) => ids[b * length + t]!); // t < length

describe.each(stepperNames)("a decoder by %s", (stepper) => {
  function decoderOf(buckets: readonly number[]) {
    const token = input("token", [batch, 1], "int32");
    return createDecoder(
      (p, { attend, position }) => gpt(p, token, { ...options, attend }, position),
      layout,
      arena,
      { batch, layers: 2, heads: 2, depth: 8, buckets, threads: 1, stepper },
    );
  }

  test("cached logits equal those of the full forward pass to 1e-4, across buckets", async () => {
    const bound = bind(layout, input("arena", [layout.size]));
    const { full } = await evaluate(
      { full: gpt(bound.scope, tokens, options) },
      { arena, tokens: ids },
    );
    const decoder = decoderOf([2, 4]); // and 8 by itself, and 16
    for (let t = 0; t < length; t++) {
      expect(decoder.position()).toBe(t);
      const logits = await decoder.next({ token: column(t) });
      const expected = Array.from({ length: batch }, (_, b) => {
        const start = (b * length + t) * options.vocabulary;
        return full.slice(start, start + options.vocabulary);
      }).flat();
      expect(relativeError(logits, expected)).toBeLessThan(1e-4);
    }
    await decoder.close();
  });

  test.each([1, 2, 3, 8, 11])(
    "fed with %i positions together it goes on as after as many steps",
    async (fed) => {
      await using stepped = decoderOf([16]);
      for (let t = 0; t < fed; t++) await stepped.next({ token: column(t) });
      const expected = await stepped.next({ token: column(fed) });
      await using decoder = decoderOf([16]);
      await decoder.feed(Array.from({ length: fed }, (_, t) => ({ token: column(t) })));
      expect(decoder.position()).toBe(fed);
      expect(relativeError(await decoder.next({ token: column(fed) }), expected)).toBeLessThan(
        1e-5,
      );
    },
  );

  test("after a restart it gives what a new one gives", async () => {
    await using used = decoderOf([2, 4]);
    for (let t = 0; t < 7; t++) await used.next({ token: column(t) });
    used.restart();
    expect(used.position()).toBe(0);
    await using fresh = decoderOf([8]); // as many as the used one has come to
    for (let t = 3; t < 8; t++) {
      const expected = await fresh.next({ token: column(t) });
      expect(await used.next({ token: column(t) })).toEqual(expected);
    }
  });

  describe("the past of a model", () => {
    const windows = [1, 2, 2, 4];
    const width = windows.length;
    /** The mean of the last windows[i] values of feature i, and what it was two positions ago. */
    const model = (x: Tensor, past: Past) => {
      const recent = past.mean(x, windows, "zero");
      return concat([recent, past.ago(recent, 2)], -1);
    };

    // Whole numbers and powers of two, so that nothing is rounded.
    const numbers = (seed: number) => {
      const random = createRandom(seed);
      return Float32Array.from({ length: batch * length * width }, () => random.integer(100) - 50);
    };
    const expected = async (values: Float32Array) => {
      const { y } = await evaluate(
        { y: model(input("x", [batch, length, width]), wholeSequence) },
        { x: values },
      );
      return (t: number) => at(Float32Array.from(y), t, 2 * width);
    };
    /** Position t of `[batch, length, features]`. */
    const at = (values: Float32Array, t: number, features: number) =>
      Float32Array.from({ length: batch * features }, (_, i) => {
        const row = Math.floor(i / features);
        return values[(row * length + t) * features + (i % features)]!; // t < length
      });
    const decoder = (buckets: readonly number[]) =>
      createDecoder(
        (_, { past }) => model(input("x", [batch, 1, width]), past),
        { parameters: [], size: 0 },
        new Float32Array(),
        { batch, layers: 0, heads: 1, depth: 1, buckets, threads: 1, stepper },
      );

    test("is the same position by position as over a whole sequence, across buckets", async () => {
      const values = numbers(1);
      const wanted = await expected(values);
      await using steps = decoder([1, 4]);
      for (let t = 0; t < length; t++) {
        expect(await steps.next({ x: at(values, t, width) })).toEqual(wanted(t));
      }
    });

    test("is the same where positions are fed together", async () => {
      const values = numbers(2);
      const wanted = await expected(values);
      await using steps = decoder([16]);
      await steps.feed(Array.from({ length: 9 }, (_, t) => ({ x: at(values, t, width) })));
      for (let t = 9; t < length; t++) {
        expect(await steps.next({ x: at(values, t, width) })).toEqual(wanted(t));
      }
    });

    test("is forgotten at a restart, wherever it comes", async () => {
      await using steps = decoder([4]);
      for (const [round, fed] of [1, 3, 5, 9, length].entries()) {
        const values = numbers(round);
        const wanted = await expected(values);
        for (let t = 0; t < fed; t++) {
          expect(await steps.next({ x: at(values, t, width) })).toEqual(wanted(t));
        }
        steps.restart();
      }
    });

    test("knows no lag of zero beside others", async () => {
      const mixed = createDecoder(
        (_, { past }) => past.ago(input("x", [1, 1, 2]), [0, 1]),
        { parameters: [], size: 0 },
        new Float32Array(),
        { batch: 1, layers: 0, heads: 1, depth: 1, threads: 1, stepper },
      );
      await expect(mixed.next({ x: new Float32Array(2) })).rejects.toThrow(
        "lags must all be 0 or all 1 and more, not 0, 1",
      );
    });
  });
});

test("both give the same over hundreds of positions, while their memories grow", async () => {
  const long = { ...options, layers: 1, context: 600 };
  const token = input("token", [1, 1], "int32");
  const layout = layoutOf((p) => gpt(p, token, long));
  const arena = initialize(layout, createRandom(3)).map((x) => x + 0.2 * random.normal());
  const [vectors, onnx] = stepperNames.map((stepper) =>
    createDecoder(
      (p, { attend, position }) => gpt(p, token, { ...long, attend }, position),
      layout,
      arena,
      { batch: 1, layers: 1, heads: 2, depth: 8, threads: 1, stepper },
    ),
  ) as [Decoder, Decoder];
  for (let t = 0; t < 300; t++) {
    const feeds = { token: Int32Array.of(t % 11) };
    const expected = await onnx.next(feeds);
    expect(relativeError(await vectors.next(feeds), expected)).toBeLessThan(1e-4);
  }
  await onnx.close();
});

describe("a model with an operation that vectors do not know", () => {
  const decoderOf = (stepper?: "vectors") =>
    createDecoder(
      () => input("x", [1, 1, 2]).sin(),
      { parameters: [], size: 0 },
      new Float32Array(),
      { batch: 1, layers: 0, heads: 1, depth: 1, threads: 1, ...(stepper && { stepper }) },
    );
  const feeds = { x: Float32Array.of(0, 1) };

  test("is run by ONNX Runtime", async () => {
    await using decoder = decoderOf();
    expect(relativeError(await decoder.next(feeds), [0, Math.sin(1)])).toBeLessThan(1e-6);
  });

  test("is refused where vectors are asked for", async () => {
    await expect(decoderOf("vectors").next(feeds)).rejects.toThrow(UserError);
  });
});
