import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { quantizeLinear } from "./linear.ts";
import { plainProducts } from "./products.ts";
import { simdProducts } from "./simdProducts.ts";
import { randomLayer } from "./testing.ts";

test("vectors of WebAssembly give the plain sums, bit for bit, whatever the sizes", () => {
  const anySize = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 11 }));
  fc.assert(
    fc.property(fc.integer(), fc.array(anySize, { minLength: 1, maxLength: 3 }), (seed, sizes) => {
      const random = createRandom(seed);
      const layers = sizes.map(([inputs, outputs]) => {
        const { weight, bias } = randomLayer(random, inputs, outputs);
        return quantizeLinear(weight, bias, { input: 10, output: 12, most: 32767 });
      });
      const plain = plainProducts(layers);
      const vectors = simdProducts(layers);
      if (!vectors) return expect.fail("this platform has no vectors");
      for (const [k, { inputs }] of layers.entries()) {
        const [ours, theirs] = [plain[k]!, vectors[k]!]; // one a layer
        for (let i = 0; i < inputs; i++)
          ours.input[i] = theirs.input[i] =
            random.uniform() < 0.3 ? (random.integer(2) ? 32767 : -32767) : 5000 * random.normal();
        ours.multiply();
        theirs.multiply();
        expect([...theirs.sums]).toEqual([...ours.sums]);
      }
    }),
  );
});
