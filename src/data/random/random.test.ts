import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, fromState, type Random } from "./random.ts";

const draws = (random: Random, n = 20) => Array.from({ length: n }, () => random.uniform());
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe("a stream", () => {
  it("is the same for the same seed, on every machine and in every version", () => {
    const random = createRandom(1);
    expect([random.integer(1000), random.integer(1000), random.integer(1000)]).toEqual([
      9, 274, 679,
    ]);
  });

  it("is another for another seed, and a number is not its text", () => {
    const first = [0, 1, 2, -1, 0.5, "0", "1", "one", ""].map((seed) =>
      createRandom(seed).uniform(),
    );
    expect(new Set(first).size).toBe(first.length);
  });

  it("goes on exactly from its saved state, whatever was drawn before", () => {
    const kinds = fc.array(fc.constantFrom("uniform", "normal", "integer", "permutation"));
    fc.assert(
      fc.property(fc.integer(), kinds, (seed, before) => {
        const random = createRandom(seed);
        for (const kind of before) random[kind](7);
        const saved = JSON.parse(JSON.stringify(random.state()));
        expect(draws(fromState(saved))).toEqual(draws(random));
      }),
    );
  });
});

describe("fork", () => {
  it("depends on state and label, and draws nothing", () => {
    const random = createRandom(3);
    const before = random.state();
    expect(draws(random.fork("noise"))).toEqual(draws(random.fork("noise")));
    expect(random.state()).toEqual(before);
    const others = [random.fork("noise"), random.fork("data"), random.fork(0), random.fork("0")];
    random.uniform();
    others.push(random.fork("noise"));
    expect(new Set(others.map((other) => other.uniform())).size).toBe(others.length);
  });

  it("gives streams that do not resemble their parent", () => {
    const random = createRandom(4);
    const child = random.fork("x");
    const n = 20_000;
    const product = Array.from({ length: n }, () => random.normal() * child.normal());
    expect(Math.abs(mean(product))).toBeLessThan(4 / Math.sqrt(n));
  });
});

describe("distributions", () => {
  const n = 100_000;

  it("uniform: mean 1/2, variance 1/12, inside [0, 1)", () => {
    const values = draws(createRandom(5), n);
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(mean(values.map((x) => (x - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
  });

  it("normal: moments 0, 1, 0, 3", () => {
    const random = createRandom(6);
    const values = Array.from({ length: n }, () => random.normal());
    const moments = [1, 2, 3, 4].map((k) => mean(values.map((x) => x ** k)));
    [0, 1, 0, 3].forEach((moment, i) => {
      expect(Math.abs(moments[i]! - moment)).toBeLessThan(0.1);
    });
  });

  it("integer: every result as likely (chi squared)", () => {
    const random = createRandom(7);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < n; i++) counts[random.integer(10)]!++;
    const chi2 = counts.reduce((sum, count) => sum + (count - n / 10) ** 2 / (n / 10), 0);
    // 99.9 % of the distribution with nine degrees of freedom lies below.
    expect(chi2).toBeLessThan(27.9);
  });

  it("permutation: each number once, each place as likely for the first", () => {
    const random = createRandom(8);
    const places = new Array<number>(5).fill(0);
    for (let i = 0; i < 5000; i++) {
      const order = random.permutation(5);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      places[order.indexOf(0)]!++;
    }
    for (const count of places) expect(Math.abs(count - 1000)).toBeLessThan(120);
    expect(random.permutation(0)).toHaveLength(0);
  });
});
