import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { checkLinear, quantizeLinear } from "./linear.ts";
import { randomLayer } from "./testing.ts";

const units = { input: 10, output: 12, most: 32767 };
const anyLayer = fc
  .tuple(fc.integer(), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }))
  .map(([seed, inputs, outputs]) => {
    const random = createRandom(seed);
    const scale = 10 ** (4 * random.uniform() - 3);
    return { ...randomLayer(random, inputs, outputs, scale), inputs, outputs, random };
  });

describe("a layer in integers", () => {
  test("gives what the trained one gives, within what its rounding explains", () => {
    fc.assert(
      fc.property(anyLayer, ({ weight, bias, inputs, outputs, random }) => {
        const layer = quantizeLinear(weight, bias, units);
        const x = Int16Array.from({ length: inputs }, () => 3000 * random.normal());
        for (let j = 0; j < outputs; j++) {
          let exact = bias[j]!;
          let size = 0;
          let sum = layer.bias[j]!;
          for (let i = 0; i < inputs; i++) {
            exact += (weight[i * outputs + j]! * x[i]!) / 2 ** units.input;
            size += Math.abs(x[i]!) / 2 ** units.input;
            sum += layer.weights[j * layer.stride + i]! * x[i]!;
          }
          const step = 2 ** (units.output - units.input - layer.shifts[j]!); // of a weight
          const told = (sum >> layer.shifts[j]!) / 2 ** units.output;
          expect(Math.abs(told - exact)).toBeLessThan(step * size + 2 ** -units.output);
        }
      }),
    );
  });

  test("has no inputs whose sum leaves 32 bits", () => {
    fc.assert(
      fc.property(anyLayer, ({ weight, bias, outputs }) => {
        const layer = quantizeLinear(weight, bias, units);
        for (let j = 0; j < outputs; j++) {
          const row = layer.weights.subarray(j * layer.stride, (j + 1) * layer.stride);
          const most = row.reduce((sum, w) => sum + Math.abs(w) * units.most, 0);
          expect(most + Math.abs(layer.bias[j]!)).toBeLessThan(2 ** 31);
        }
        expect(checkLinear(layer, "it")).toBe(layer);
      }),
    );
  });

  test("is refused where weights are too large, or no numbers", () => {
    const layer = (w: number) => () =>
      quantizeLinear(new Float32Array(64).fill(w), new Float32Array(1), units);
    expect(layer(100)).not.toThrow();
    for (const weight of [1e5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(layer(weight)).toThrow(/too large/);
  });

  test("is refused from a file whose sums could leave 32 bits", () => {
    const layer = quantizeLinear(Float32Array.of(1, 2, 3), Float32Array.of(0), units);
    const changed = (change: (weights: Int16Array) => void) => {
      const weights = Int16Array.from(layer.weights);
      change(weights);
      return { ...layer, weights };
    };
    const bad = [
      changed((weights) => weights.fill(32767, 0, 3)),
      changed((weights) => weights.fill(1, 3)), // behind the inputs
      { ...layer, shifts: Uint8Array.of(0) },
      { ...layer, bias: Int32Array.of(2 ** 31 - 1) },
      { ...layer, stride: 32 },
    ];
    for (const wrong of bad) expect(() => checkLinear(wrong, "f")).toThrow(/^f is damaged/);
  });
});
