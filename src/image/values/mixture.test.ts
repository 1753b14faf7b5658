import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Site, SiteKind } from "../../codec/index.ts";
import { createRandom } from "../../data/random/random.ts";
import { constant, input } from "../../graph/index.ts";
import { compile } from "../../runtime/index.ts";
import {
  type MixtureSize,
  mixtureOf,
  mixtureWidth,
  points,
  startOfMixture,
  valueBits,
} from "./mixture.ts";
import { writeTokenLogits } from "./tokenLogits.ts";

const size: MixtureSize = { ends: 2, middle: 3 };
const width = mixtureWidth(size);

/** What a network may say: the start, shaken. */
const anySaid = fc.integer().map((seed) => {
  const random = createRandom(seed);
  const said = new Float32Array(width);
  startOfMixture(size)(said, [width], random);
  return said.map((x) => x + 2 * random.normal());
});
const anyRange = fc
  .tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 40 }))
  .map(([low, more]) => [low, low + more] as const);

describe("the distribution of an integer", () => {
  test("sums to 1 between its ends, in the graph as in plain numbers", async () => {
    const most = 42;
    const said = input("said", [most, width]);
    const ranges = input("ranges", [most, 3]);
    const graph = await compile({ bits: valueBits(said, ranges, size) });
    const samples = fc.sample(fc.tuple(anySaid, anyRange), 30);
    for (const [row, [low, high]] of samples) {
      const feeds = { said: new Float32Array(most * width), ranges: new Float32Array(most * 3) };
      const mixture = mixtureOf(row, low, high, size);
      const all = mixture.mass(low, high);
      const count = high - low + 1;
      for (let k = 0; k < count; k++) {
        feeds.said.set(row, k * width);
        feeds.ranges.set([low + k, low, high], 3 * k);
      }
      const { bits } = await graph.run(feeds);
      let sum = 0;
      for (let k = 0; k < count; k++) {
        sum += 2 ** -Number(bits![k]);
        const share = mixture.mass(low + k, low + k) / all;
        expect(2 ** -Number(bits![k])).toBeCloseTo(share, 4);
      }
      expect(sum).toBeCloseTo(1, 4);
      // What is certain costs nothing, and so do unused rows.
      expect(bits![most - 1]).toBeCloseTo(0, 5);
    }
    await graph.close();
  });

  test("says nothing of what lies beyond its ends", () => {
    const mixture = mixtureOf(new Float32Array(width), -3, 9, size);
    expect([mixture.mass(10, 50), mixture.mass(-9, -4), mixture.mass(5, 4)]).toEqual([0, 0, 0]);
    expect(mixture.mass(-100, 100)).toBe(mixture.mass(-3, 9));
  });

  test("has finite bits and gradients however far the value is from all that was expected", async () => {
    const said = constant(
      Array.from({ length: width }, (_, k) => (k < 4 + 7 ? -60 : 90)),
      [1, width],
    );
    const graph = await compile({ bits: valueBits(said, input("ranges", [1, 3]), size) });
    const { bits } = await graph.run({ ranges: Float32Array.of(500, -510, 510) });
    expect(Number.isFinite(bits![0]!)).toBe(true);
    await graph.close();
  });

  test("is right in the tails of its logistics, where sigmoids differ by less than float32 can tell", async () => {
    const [low, high] = [-510, 510];
    const count = 1 + 2 * 300;
    const said = input("said", [count, width]);
    const graph = await compile({ bits: valueBits(said, input("ranges", [count, 3]), size) });
    for (const scale of [-3, -1, 0, 1, 2, 3]) {
      // All mass is in one logistic around 0.
      const row = new Float32Array(width).fill(-60);
      row[points + 5] = 0;
      row.fill(0, points + 7, points + 14);
      row.fill(scale, points + 14);
      const mixture = mixtureOf(row, low, high, size);
      const feeds = { said: new Float32Array(count * width), ranges: new Float32Array(3 * count) };
      for (let k = 0; k < count; k++) {
        feeds.said.set(row, k * width);
        feeds.ranges.set([k - 300, low, high], 3 * k);
      }
      const { bits } = await graph.run(feeds);
      for (let k = 0; k < count; k++)
        expect(bits![k]).toBeCloseTo(-Math.log2(mixture.mass(k - 300, k - 300)), 2);
    }
    await graph.close();
  });
});

test("the shares of a coefficient's tokens multiply to that of its integer", () => {
  const unit = 0.5;
  const startingPlane = 7;
  fc.assert(
    fc.property(anySaid, fc.integer({ min: -255, max: 255 }), (said, value) => {
      const [low, high] = [-255, 200];
      fc.pre(value <= high);
      const mixture = mixtureOf(said, low, high, size);
      const out = new Float64Array(7) as unknown as Float32Array; // in full precision
      let known = 0;
      let log = 0;
      const coefficient = value === 0 ? 0 : (value + Math.sign(value) / 2) * unit;
      for (let plane = startingPlane; 2 ** plane >= unit; plane--) {
        const threshold = 2 ** plane;
        const site = { kind: SiteKind.coefficient, threshold } as unknown as Site;
        out.fill(-1e9);
        writeTokenLogits(out, 0, mixture, site, known, unit);
        const total = Math.log([...out].reduce((sum, x) => sum + Math.exp(x), 0));
        const magnitude = Math.abs(coefficient);
        if (known === 0) {
          const token = magnitude < threshold ? 4 : coefficient < 0 ? 2 : 3;
          log += out[token]! - total;
          if (token !== 4) known = Math.sign(coefficient) * 1.5 * threshold;
        } else {
          const further = magnitude > Math.abs(known);
          log += out[further ? 6 : 5]! - total;
          known += Math.sign(known) * (further ? 0.5 : -0.5) * threshold;
        }
      }
      const share = mixture.mass(value, value) / mixture.mass(low, high);
      expect(log).toBeCloseTo(Math.log(share), 6);
    }),
  );
});
