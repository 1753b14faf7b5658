import { expect, test } from "vitest";
import { distance, noise } from "../testing.ts";
import { symmetricEigen } from "./symmetricEigen.ts";

/** A B, both n × n. */
const product = (a: Float64Array, b: Float64Array, n: number) =>
  Float64Array.from({ length: n * n }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[Math.floor(i / n) * n + k]! * b[k * n + (i % n)]!;
    return sum;
  });
const transposed = (a: Float64Array, n: number) => a.map((_, i) => a[(i % n) * n + ((i / n) | 0)]!);

test.each([1, 2, 5, 9])("a symmetric matrix of %s rows is V Λ Vᵀ with orthonormal V", (n) => {
  const half = noise(n * n, n);
  const matrix = half.map((x, i) => x + transposed(half, n)[i]!);
  const { values, vectors } = symmetricEigen(matrix, n);
  const scaled = vectors.map((x, i) => x * values[i % n]!);
  expect(distance(product(scaled, transposed(vectors, n), n), matrix)).toBeLessThan(1e-13);
  const unit = matrix.map((_, i) => (i % (n + 1) === 0 ? 1 : 0));
  expect(distance(product(vectors, transposed(vectors, n), n), unit)).toBeLessThan(1e-13);
});

test("of a diagonal matrix they are its diagonal, of zeros zero", () => {
  expect([...symmetricEigen(Float64Array.of(3, 0, 0, -1), 2).values]).toEqual([3, -1]);
  expect([...symmetricEigen(new Float64Array(4), 2).values]).toEqual([0, 0]);
});
