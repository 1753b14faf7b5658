import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../../../test/evaluate.ts";
import { input } from "../../../graph/index.ts";
import { gabor } from "./gabor.ts";
import { type GaborAtom, gaborAt, gaborProduct } from "./gaborProduct.ts";

const number = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true, noDefaultInfinity: true });
const pair = (low: number, high: number) => fc.tuple(number(low, high), number(low, high));
const atoms: fc.Arbitrary<GaborAtom> = fc.record({
  amplitude: pair(-2, 2),
  center: pair(-1, 1),
  frequency: pair(-9, 9),
  // Positive definite: the diagonal outweighs the rest.
  shape: fc.tuple(number(1, 4), number(-0.9, 0.9), number(1, 4)),
});

test("the product of two atoms is an atom: frequencies add, phase and height as the formula says", () => {
  fc.assert(
    fc.property(atoms, atoms, pair(-1, 1), (a, b, r) => {
      const [x, y] = [gaborAt(a, r), gaborAt(b, r)];
      const product = gaborAt(gaborProduct(a, b), r);
      expect(product[0]).toBeCloseTo(x[0] * y[0] - x[1] * y[1], 12);
      expect(product[1]).toBeCloseTo(x[0] * y[1] + x[1] * y[0], 12);
    }),
  );
});

test("atoms far apart do not meet", () => {
  const atom = (x: number): GaborAtom => ({
    ...{ amplitude: [1, 0], center: [x, 0], frequency: [5, 0], shape: [1, 0, 1] },
  });
  const [re, im] = gaborProduct(atom(0), atom(9)).amplitude;
  expect(Math.hypot(re, im)).toBeLessThan(1e-17);
});

test("the template is the atom of its formula", async () => {
  const [u, v] = [input("u", [1], "float64"), input("v", [1], "float64")];
  const { re, im } = gabor({ omega: 4, sigma: 1.5 }).at([u, v]);
  const values = await evaluate({ re, im }, { u: [0.3], v: [-0.4] });
  const atom: GaborAtom = {
    ...{ amplitude: [1, 0], center: [0, 0], frequency: [4, 0], shape: [2.25, 0, 2.25] },
  };
  const [x, y] = gaborAt(atom, [0.3, -0.4]);
  expect(values.re[0]).toBeCloseTo(x, 14);
  expect(values.im[0]).toBeCloseTo(y, 14);
});

/** Of a Gabor wavelet on a fine grid: the share of energy at negative frequencies, and the DC relative to the peak. */
function spectrumOf(ratio: number) {
  const [step, reach] = [1 / 64, 12];
  const times = Array.from({ length: (2 * reach) / step }, (_, i) => (i + 0.5) * step - reach);
  const at = (xi: number) => {
    let [re, im] = [0, 0];
    for (const x of times) {
      const envelope = Math.exp(-x * x) * step;
      re += envelope * Math.cos((ratio - xi) * x);
      im += envelope * Math.sin((ratio - xi) * x);
    }
    return Math.hypot(re, im);
  };
  let [below, all] = [0, 0];
  for (let xi = -8 + 1 / 64; xi < ratio + 8; xi += 1 / 32) {
    const energy = at(xi) ** 2;
    all += energy;
    if (xi < 0) below += energy;
  }
  return { wrongSide: below / all, dc: at(0) / at(ratio) };
}

describe("how progressive it is", () => {
  // wrong side ½ erfc(ω/(σ√2)), DC exp(-ω²/4σ²), by ω/σ
  test.each([
    [1, 0.1587, 0.7788],
    [2, 0.02275, 0.3679],
    [4, 3.167e-5, 0.01832],
  ])("ω/σ = %d: energy on the wrong side %f, DC %f of the peak", (ratio, wrongSide, dc) => {
    const found = spectrumOf(ratio);
    expect(found.wrongSide / wrongSide).toBeCloseTo(1, 2);
    expect(found.dc / dc).toBeCloseTo(1, 3);
  });
});
