import { expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../../test/evaluate.ts";
import { type DType, gradient, input, type Tensor } from "../../graph/index.ts";
import { normal } from "../initializers.ts";
import { bind, layoutOf, type Scope } from "../parameters.ts";
import {
  type Complex,
  cAdd,
  cMul,
  complexLinear,
  cPower,
  cScale,
  cSquare,
  fromPolar,
  realReadOut,
  squaredModulus,
} from "./complex.ts";

const pair = (name: string, shape: readonly number[]): Complex => ({
  re: input(`${name}.re`, shape, "float64"),
  im: input(`${name}.im`, shape, "float64"),
});
const z = pair("z", [3]);
const w = pair("w", [3]);
const numbers = {
  ...{ "z.re": [0.5, -1.2, 0.7], "z.im": [-0.3, 0.4, 1.1] },
  ...{ "w.re": [1.4, 0.2, -0.6], "w.im": [0.9, -0.8, 0.3] },
};
type Plain = readonly [number, number];
const product = ([a, b]: Plain, [c, d]: Plain): Plain => [a * c - b * d, a * d + b * c];
const plain = (name: "z" | "w"): Plain[] =>
  numbers[`${name}.re`].map((re, i) => [re, numbers[`${name}.im`][i]!]); // as many
const valuesOf = async ({ re, im }: Complex): Promise<number[]> => {
  const values = await evaluate({ re, im }, numbers);
  return [...values.re, ...values.im];
};
const flat = (pairs: readonly Plain[]) => [
  ...pairs.map(([re]) => re),
  ...pairs.map(([, im]) => im),
];

test.each<[string, Complex, Plain[]]>([
  [
    "z + w",
    cAdd(z, w),
    plain("z").map(([a, b], i) => [a + plain("w")[i]![0], b + plain("w")[i]![1]]),
  ], // as many
  ["z w", cMul(z, w), plain("z").map((a, i) => product(a, plain("w")[i]!))], // as many
  ["z²", cSquare(z), plain("z").map((a) => product(a, a))],
  ["z⁵", cPower(z, 5), plain("z").map((a) => [a, a, a, a].reduce(product, a))],
])("%s", async (_, result, expected) => {
  expect(relativeError(await valuesOf(result), flat(expected))).toBeLessThan(1e-14);
});

test("modulus and angle", async () => {
  const there = fromPolar(squaredModulus(z).sqrt(), w.re);
  expect(
    relativeError(
      await valuesOf(cScale(there, w.im)),
      flat(
        plain("z").map(([a, b], i): Plain => {
          const [angle, factor] = plain("w")[i]!; // as many
          const r = factor * Math.hypot(a, b);
          return [r * Math.cos(angle), r * Math.sin(angle)];
        }),
      ),
    ),
  ).toBeLessThan(1e-14);
});

const pairOf = (dtype: DType): Complex => ({
  re: input("x.re", [4, 3], dtype),
  im: input("x.im", [4, 3], dtype),
});
/** Two layers, products and powers. */
function model(p: Scope, x: Complex): Tensor {
  const y = complexLinear(p.in("a"), x, 2, { initialize: normal(1) });
  const w = cPower(cAdd(y, cMul(y, cSquare(y))), 3);
  return realReadOut(p.in("b"), cScale(w, squaredModulus(y)), 2, normal(1));
}

test("gradients equal finite differences, of real and imaginary parts of points and weights", async () => {
  const layout = layoutOf((p) => model(p, pairOf("float32")));
  expect(layout.parameters.map(({ name }) => name)).toEqual([
    ...["a.weight.re", "a.weight.im", "a.bias.re", "a.bias.im", "b.weight.re", "b.weight.im"],
  ]);
  const arena = input("arena", [layout.size], "float64");
  const x = pairOf("float64");
  const loss = model(bind(layout, arena).scope, x)
    .mul(input("g", [4, 2], "float64"))
    .sum();
  const [dRe, dIm, dArena] = gradient(loss, [x.re, x.im, arena]) as [Tensor, Tensor, Tensor]; // three
  const feeds = {
    ...{ "x.re": someNumbers(12), "x.im": someNumbers(12, -1, 1, 2), g: someNumbers(8, -1, 1, 3) },
    arena: someNumbers(layout.size, -1, 1, 4),
  };
  const exact = await evaluate({ "x.re": dRe, "x.im": dIm, arena: dArena }, feeds);
  for (const part of ["x.re", "x.im", "arena"] as const) {
    const moved = async (h: number) => {
      const near = { ...feeds, [part]: feeds[part].map((v, i) => v + h * Math.cos(i)) };
      return (await evaluate({ loss }, near)).loss[0]!; // a scalar
    };
    const slope = ((await moved(1e-6)) - (await moved(-1e-6))) / 2e-6;
    const along = exact[part].reduce((sum, g, i) => sum + g * Math.cos(i), 0);
    expect(relativeError([along], [slope])).toBeLessThan(1e-7);
  }
});
