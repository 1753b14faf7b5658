import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../test/evaluate.ts";
import { gradient, input, type Shape, sizeOf } from "./index.ts";

/** The definition, element by element: alpha op(a) op(b) with broadcast batch axes. */
function reference(
  a: readonly number[],
  aShape: Shape,
  b: readonly number[],
  bShape: Shape,
  { transA, transB, alpha }: { transA: boolean; transB: boolean; alpha: number },
  [outShape, m, k, n]: [Shape, number, number, number],
): number[] {
  const batch = outShape.slice(0, -2);
  const out: number[] = [];
  for (let flat = 0; flat < sizeOf(batch); flat++) {
    const at = (shape: Shape) => {
      // Index of this batch element in an operand whose axes of length 1 repeat.
      const own = shape.slice(0, -2);
      let rest = flat;
      let index = 0;
      let stride = 1;
      for (let axis = batch.length - 1; axis >= 0; axis--) {
        const position = rest % batch[axis]!;
        rest = (rest - position) / batch[axis]!;
        const length = own[axis - batch.length + own.length] ?? 1;
        if (length > 1) index += position * stride;
        stride *= length;
      }
      return index;
    };
    const [x, y] = [at(aShape) * m * k, at(bShape) * k * n];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) {
          sum +=
            a[x + (transA ? l * m + i : i * k + l)]! * b[y + (transB ? j * k + l : l * n + j)]!;
        }
        out.push(alpha * sum);
      }
    }
  }
  return out;
}

const length = fc.integer({ min: 1, max: 4 });
/** Two batches of axes that broadcast together. */
const batches = fc
  .array(fc.record({ length, a: fc.boolean(), b: fc.boolean() }), { maxLength: 2 })
  .chain((axes) =>
    fc.record({
      a: fc
        .integer({ min: 0, max: axes.length })
        .map((from) => axes.slice(from).map((x) => (x.a ? x.length : 1))),
      b: fc
        .integer({ min: 0, max: axes.length })
        .map((from) => axes.slice(from).map((x) => (x.b ? x.length : 1))),
    }),
  );

const problem = fc.record({
  m: length,
  k: length,
  n: length,
  batches,
  transA: fc.boolean(),
  transB: fc.boolean(),
  alpha: fc.constantFrom(1, 0.5),
  dtype: fc.constantFrom("float32" as const, "float64" as const),
});

test("matmul and its gradients equal the definition for all flags, batch axes and types", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ m, k, n, batches, dtype, ...options }) => {
      const { transA, transB, alpha } = options;
      const aShape = [...batches.a, ...(transA ? [k, m] : [m, k])];
      const bShape = [...batches.b, ...(transB ? [n, k] : [k, n])];
      const [a, b] = [input("a", aShape, dtype), input("b", bShape, dtype)];
      const y = a.matmul(b, options);
      const weight = input("w", y.shape, dtype);
      const [ga, gb] = gradient(y.mul(weight).sum(), [a, b]);
      const feeds = {
        a: someNumbers(sizeOf(aShape), -1, 1, 1),
        b: someNumbers(sizeOf(bShape), -1, 1, 2),
        w: someNumbers(sizeOf(y.shape), -1, 1, 3),
      };
      const actual = await evaluate({ y, ga: ga!, gb: gb! }, feeds); // two tensors, two gradients
      const sizes: [Shape, number, number, number] = [y.shape, m, k, n];
      const f = (x: number[], z: number[]) =>
        reference(x, aShape, z, bShape, { transA, transB, alpha }, sizes);
      const bound = dtype === "float32" ? 1e-5 : 1e-12;
      expect(relativeError(actual.y, f(feeds.a, feeds.b))).toBeLessThan(bound);

      // The product is linear in each operand, so its gradient along unit vectors is exact.
      const unit = (count: number, i: number) =>
        [...Array(count).keys()].map((j) => Number(i === j));
      const along = (y1: number[]) => y1.reduce((s, v, i) => s + v * feeds.w[i]!, 0);
      const expectA = feeds.a.map((_, i) => along(f(unit(feeds.a.length, i), feeds.b)));
      const expectB = feeds.b.map((_, i) => along(f(feeds.a, unit(feeds.b.length, i))));
      expect(relativeError(actual.ga, expectA)).toBeLessThan(bound);
      expect(relativeError(actual.gb, expectB)).toBeLessThan(bound);
    }),
    { numRuns: 150, seed: 7 },
  );
});
