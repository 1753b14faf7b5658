import { describe, expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../test/evaluate.ts";
import { createRandom } from "../data/random/random.ts";
import { concat, gradient, input, type Tensor } from "../graph/index.ts";
import { createDecoder, stepperNames } from "../nn/decoding/decoder.ts";
import { bind, layoutOf, type ParameterLayout } from "../nn/parameters.ts";
import { initialize } from "../train/trainer.ts";
import { type DesignName, designNames } from "./design.ts";
import { mixingNames, mixingOf } from "./mixings.ts";
import { type SequenceSize, sequenceLoss, sequenceModel } from "./model.ts";
import { buildSequence } from "./run.ts";

const [batch, context, symbols] = [2, 16, 7];
/** Between blocks, on pairs of tokens, in attention and in the feed-forward layers: one after another. */
const lists = ["haar-8,bigram", "haar,canon,values", "multi-token,haar-heads,smear"] as const;
const names = [...mixingNames, ...lists];
const sizeOf = (design: DesignName = "gpt2", layers = 2): SequenceSize => ({
  ...{ layers, heads: 2, width: 12, context, symbols, design },
});
const tokens = input("tokens", [batch, context], "int32");
const targets = input("targets", [batch, context], "int32");
const random = createRandom(6);
const ids = Int32Array.from({ length: batch * context }, () => random.integer(symbols + 1));
const aims = Int32Array.from({ length: batch * context }, () => random.integer(symbols) - 1);

const layoutFor = (name: string, size: SequenceSize) =>
  layoutOf((p) => sequenceLoss(p, { inputs: tokens, targets }, size, mixingOf(name)));

/** Parameters that are not at their start, where some are zero. */
function stirred(layout: ParameterLayout): Float32Array<ArrayBuffer> {
  const random = createRandom(4);
  return initialize(layout, random).map((value) => value + 0.3 * random.normal());
}

const row = (values: readonly number[], t: number) =>
  Array.from({ length: batch }, (_, b) => {
    const start = (b * context + t) * symbols;
    return values.slice(start, start + symbols);
  }).flat();

describe.each(names)("the mixing %s", (name) => {
  test("is causal: no position sees a later token, not in the last bit", async () => {
    const size = sizeOf();
    const layout = layoutFor(name, size);
    const arena = input("arena", [layout.size]);
    const y = sequenceModel(bind(layout, arena).scope, tokens, size, mixingOf(name));
    const logits = async (tokens: Int32Array) =>
      (await evaluate({ y }, { tokens, arena: stirred(layout) })).y;
    const before = await logits(ids);
    for (const t of [1, 7, context - 1]) {
      const after = await logits(
        ids.map((id, i) => (i % context >= t ? (id + 1 + (i % 3)) % symbols : id)),
      );
      for (let earlier = 0; earlier < t; earlier++) {
        expect(row(after, earlier)).toEqual(row(before, earlier));
      }
      expect(row(after, t)).not.toEqual(row(before, t));
    }
  });

  test("has gradients of the loss equal to finite differences", async () => {
    const size = sizeOf();
    const layout = layoutFor(name, size);
    const { scope, tensors } = bind(layout, input("arena", [layout.size], "float64"));
    const { loss } = sequenceLoss(scope, { inputs: tokens, targets }, size, mixingOf(name));
    const gradients = gradient(loss, tensors).map((g) => g.reshape([-1]));
    const feeds = { tokens: ids, targets: aims };
    const arena = Array.from(stirred(layout));
    const { g } = await evaluate({ g: concat(gradients, 0) }, { ...feeds, arena });
    const along = someNumbers(layout.size, -1, 1, 6);
    const expected = g.reduce((sum, v, i) => sum + v * along[i]!, 0); // as many
    const at = async (h: number) => {
      const moved = arena.map((value, i) => value + h * along[i]!); // as many
      return (await evaluate({ loss }, { ...feeds, arena: moved })).loss[0]!; // a scalar
    };
    const h = 1e-5;
    expect(((await at(h)) - (await at(-h))) / (2 * h)).toBeCloseTo(expected, 5);
  });

  test.each(designNames)(
    "gives the same logits token by token as over the whole, as %s",
    async (design) => {
      const size = sizeOf(design, 3);
      const mixing = mixingOf(name);
      const layout = layoutFor(name, size);
      const arena = stirred(layout);
      const { scope } = bind(layout, input("arena", [layout.size]));
      const whole = sequenceModel(scope, tokens, size, mixing);
      const { whole: logits } = await evaluate({ whole }, { arena, tokens: ids });
      const token = input("token", [batch, 1], "int32");
      const feedsAt = (t: number) => ({
        token: Int32Array.from({ length: batch }, (_, b) => ids[b * context + t]!), // t < context
      });
      for (const stepper of stepperNames) {
        await using decoder = createDecoder(
          (p, step) => sequenceModel(p, token, size, mixing, { step }),
          layout,
          arena,
          {
            ...{ batch, layers: 3, heads: 2, depth: size.width / 2, threads: 1, stepper },
            buckets: [4, 8], // and 16 by itself
          },
        );
        for (let t = 0; t < context; t++) {
          const got = await decoder.next(feedsAt(t));
          expect(relativeError(got, row(logits, t)), stepper).toBeLessThan(1e-4);
        }
        decoder.restart();
        await decoder.feed(Array.from({ length: 11 }, (_, t) => feedsAt(t)));
        const got = await decoder.next(feedsAt(11));
        expect(relativeError(got, row(logits, 11)), stepper).toBeLessThan(1e-4);
      }
    },
  );
});

/** How many parameters a mixing adds to a model of 2 blocks. */
const added = (name: string) => layoutFor(name, sizeOf()).size - layoutFor("none", sizeOf()).size;

test("those that average or shift have no parameters, the others few", () => {
  const [width, layers] = [12, 2];
  expect(Object.fromEntries(mixingNames.map((name) => [name, added(name)]))).toEqual({
    ...{ none: 0, haar: 0, "haar-renormalized": 0, "haar-8": 0, "haar-heads": 0 },
    ...{ shift: 0, window: 0 },
    learned: (8 * width) / 2, // taps by mixed features, in one passage between blocks
    smear: width + 1, // gate (all features, for there are just 12), strength
    bigram: (symbols + 2) * (symbols + 1) * width + layers,
    conv: 3 * width,
    conv4: 4 * width,
    primer: layers * 3 * (3 * width),
    canon: layers * 4 * (width + 3 * width + width + 4 * width),
    values: layers * ((symbols + 1) * width + 1),
    ema: width / 2,
    "multi-token": width * width + 3 * width, // a layer and a norm
  });
});

describe("a list of mixings", () => {
  test("has the parameters of all", () => {
    expect(added("haar-8,bigram,conv")).toBe(added("bigram") + added("conv"));
  });

  test("refuses a name that is unknown, or there twice", () => {
    expect(() => mixingOf("haar,bigam")).toThrow(
      'there is no mixing "bigam"; there are none, haar',
    );
    expect(() => mixingOf(",")).toThrow('there is no mixing ""');
    expect(() => mixingOf("conv,haar,conv")).toThrow('the mixing "conv" is named twice');
    expect(() => mixingOf("none,haar")).toThrow('"none" cannot work together with others');
  });

  test("may have spaces around its names", () => {
    expect(mixingOf(" bigram ")).toBe(mixingOf("bigram"));
    expect(added("conv, bigram")).toBe(added("conv,bigram"));
  });
});

/** Logits of a new model, and of one without a mixing that has the same parameters beside. */
const startsAs = async (name: string, size = sizeOf()) => {
  const layout = layoutFor(name, size);
  const arena = input("arena", [layout.size]);
  const { scope } = bind(layout, arena);
  const [y, plain] = [name, "none"].map((each) =>
    sequenceModel(scope, tokens, size, mixingOf(each)),
  ) as [Tensor, Tensor];
  const start = initialize(layout, createRandom(1));
  return evaluate({ y, plain }, { tokens: ids, arena: start });
};

test.each(["smear", "bigram", "conv", "conv4", "primer", "canon", "values"] as const)(
  "%s starts as if it were not there",
  async (name) => {
    const { y, plain } = await startsAs(name);
    expect(relativeError(y, plain)).toBeLessThan(1e-6);
  },
);

test("pairs of many symbols share rows", async () => {
  const size = { ...sizeOf(), symbols: 400 };
  const layout = layoutFor("bigram", size);
  const table = layout.parameters.find(({ name }) => name === "mixing.table");
  expect(table?.shape).toEqual([8192, 12]);
  const { scope } = bind(layout, input("arena", [layout.size]));
  const y = sequenceModel(scope, tokens, size, mixingOf("bigram"));
  const many = ids.map((_, i) => (i * 37) % 401);
  const result = await evaluate({ y }, { tokens: many, arena: stirred(layout) });
  expect(result.y.every(Number.isFinite)).toBe(true);
});

test("rotary positions need heads of an even width", () => {
  const options = { mixing: "none", layers: 1, heads: 4, width: 20, context: 8 };
  expect(() => buildSequence({ options: { ...options, design: "rotary" }, symbols: 7 })).toThrow(
    'the design "rotary" needs heads of an even width; 4 heads of a width of 20 have 5 each',
  );
  expect(buildSequence({ options, symbols: 7 }).size.design).toBe("gpt2");
});
