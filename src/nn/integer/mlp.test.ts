import { expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { fastProducts } from "./fastProducts.ts";
import { integerSilu, mlpUnits, quantizeMlp, runMlp } from "./mlp.ts";
import { plainProducts } from "./products.ts";
import { checksum, randomLayer } from "./testing.ts";

test("SiLU is that of real numbers to half a unit, and is the same on every machine", () => {
  const unit = 2 ** mlpUnits.hidden;
  const values = Int16Array.from({ length: 90 * unit }, (_, i) => integerSilu(i - 20 * unit));
  const errors = Array.from(values, (value, i) => {
    const x = i / unit - 20;
    return Math.abs(value - Math.min(32767, (x * unit) / (1 + Math.exp(-x))));
  });
  expect(errors.reduce((a, b) => Math.max(a, b))).toBeLessThanOrEqual(0.5001);
  expect(integerSilu(1e9)).toBe(32767);
  expect(checksum(values)).toBe("3be51da0");
});

test("a network says in integers what it says in real numbers, and clips what is too large", () => {
  const random = createRandom(5);
  const sizes = [
    [30, 24],
    [24, 24],
    [24, 7],
  ] as const;
  const layers = sizes.map(([inputs, outputs]) => randomLayer(random, inputs, outputs, 0.2));
  const network = quantizeMlp(layers);
  const running = runMlp(network, { inputs: 30, outputs: 7 }, fastProducts);
  const witness = runMlp(network, { inputs: 30, outputs: 7 }, plainProducts);
  for (let trial = 0; trial < 30; trial++) {
    const told = Float32Array.from({ length: 30 }, () => 2 * random.uniform() - 1);
    let h = Float64Array.from(told);
    for (const [k, { weight, bias }] of layers.entries()) {
      const next = Float64Array.from(bias, (b, j) =>
        h.reduce((sum, x, i) => sum + x * weight[i * bias.length + j]!, b),
      );
      h = k < 2 ? next.map((x) => x / (1 + Math.exp(-x))) : next;
    }
    const said = [...running.say(told)];
    for (const [j, value] of said.entries()) expect(value / 2 ** 12).toBeCloseTo(h[j]!, 1);
    expect([...witness.say(told)]).toEqual(said);
  }
  const clipped = [...running.say(new Float32Array(30).fill(9))];
  expect(clipped).toEqual([...running.say(new Float32Array(30).fill(2))]);
});
