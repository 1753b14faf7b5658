import { expect, test } from "vitest";
import { constant, input, type Tensor } from "../../graph/index.ts";
import { compileSteps } from "./compileSteps.ts";

const numbers = (count: number, scale: number) =>
  Float32Array.from({ length: count }, (_, i) => scale * Math.sin(1 + 3 * i));
const f = Math.fround;

/** Every second size is no whole number of vectors, or of turns of a loop. */
const sizes = [1, 3, 4, 8, 16, 22];

test.each(sizes)("%i sums of products are rounded as one after another", (size) => {
  const [a, b, c] = [numbers(size, 1), numbers(size, 0.7), numbers(size, 1.3)];
  const [x, y] = [input("x", [size]), input("y", [size])];
  const sum = x
    .mul(y)
    .add(y.mul(constant(Array.from(c), [size])))
    .sub(x);
  const program = compileSteps({ outputs: { sum }, cells: [] });
  const expected = a.map((p, i) => f(f(f(p * b[i]!) + f(b[i]! * c[i]!)) - p)); // as many
  expect(program?.run(0, { x: a, y: b }).sum).toEqual(expected);
});

test("an operand can be one number for all, and a row for each of several", () => {
  const [x, share, row] = [input("x", [2, 4]), input("share", [1]), input("row", [1, 4])];
  const outputs = { y: x.sub(row).mul(share).add(row).relu() };
  const fed = { x: numbers(8, 1), share: Float32Array.of(0.3), row: numbers(4, 2) };
  const result = compileSteps({ outputs, cells: [] })?.run(0, fed);
  const expected = fed.x.map((value, i) => {
    const shift = fed.row[i % 4]!; // four of them
    return Math.max(0, f(f(f(value - shift) * f(0.3)) + shift));
  });
  expect(result?.y).toEqual(expected);
});

test("functions within functions do not disturb each other", () => {
  const x = input("x", [5]);
  const nest = (y: Tensor) => y.mul(0.5).tanh().add(y.mul(0.25).sigmoid()).exp();
  const value = (y: number) => Math.exp(Math.tanh(y / 2) + 1 / (1 + Math.exp(-y / 4)));
  const fed = numbers(5, 2);
  const result = compileSteps({ outputs: { y: nest(nest(x)) }, cells: [] })?.run(0, { x: fed });
  for (const [i, y] of fed.entries()) expect(result?.y?.[i]).toBeCloseTo(value(value(y)), 4);
});

test("what is needed twice, or asked for, is computed too", () => {
  const x = input("x", [4]);
  const twice = x.add(1);
  const asked = twice.mul(twice);
  const outputs = { asked, end: asked.sub(x) };
  const result = compileSteps({ outputs, cells: [] })?.run(0, { x: Float32Array.of(1, 2, 3, 4) });
  expect(result).toEqual({
    asked: Float32Array.of(4, 9, 16, 25),
    end: Float32Array.of(3, 7, 13, 21),
  });
});

test("a chain too long for the registers is broken", () => {
  const parts = Array.from({ length: 30 }, (_, i) => input(`x${i}`, [4]));
  const sum = parts.slice(1).reduce((y, x) => y.add(x), parts[0]!); // thirty
  const fed = Object.fromEntries(parts.map((_, i) => [`x${i}`, Float32Array.of(i, 1, 0, -i)]));
  const result = compileSteps({ outputs: { sum }, cells: [] })?.run(0, fed);
  expect(result?.sum).toEqual(Float32Array.of(435, 30, 0, -435));
});
