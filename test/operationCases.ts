import {
  concat,
  customGradient,
  type DType,
  input,
  type OperationName,
  type Shape,
  sizeOf,
  type Tensor,
} from "../src/graph/index.ts";
import { apply, erfGate } from "../src/graph/tensor.ts";
import { type ConvolutionSizes, shapesOf, visitProducts } from "../src/graph/testing.ts";
import { someNumbers } from "./evaluate.ts";

/** An operand: random numbers of a range for floating point, given ones for indices and masks. */
export interface Operand {
  readonly shape: Shape;
  readonly range?: readonly [low: number, high: number];
  readonly values?: readonly number[];
  readonly dtype?: "int32" | "int64" | "bool";
}

/** One use of an operation, with its result written out in plain TypeScript. */
export interface Case {
  readonly operands: readonly Operand[];
  build(...x: Tensor[]): Tensor;
  expected(...x: readonly number[][]): number[];
}

export const matrix: Operand = { shape: [2, 3] };
const row: Operand = { shape: [3], range: [0.5, 1.5] };
const positive: Operand = { shape: [2, 3], range: [0.2, 2] };
const mask: Operand = { shape: [2, 3], dtype: "bool", values: [1, 0, 1, 0, 0, 1] };

function unary(operand: Operand, build: (x: Tensor) => Tensor, f: (x: number) => number): Case[] {
  return [{ operands: [operand], build, expected: (x) => x.map(f) }];
}

/** Both operands of one shape, and each broadcast against the other. */
function binary(
  operand: Operand,
  build: (a: Tensor, b: Tensor) => Tensor,
  f: (a: number, b: number) => number,
): Case[] {
  const expected = (a: number[], b: number[]) => a.map((x, i) => f(x, b[i % b.length]!)); // lists are full
  const column: Operand = { ...operand, shape: [2, 1] };
  return [
    { operands: [operand, { ...operand }], build, expected },
    { operands: [operand, row], build, expected },
    { operands: [row, operand], build, expected: (a, b) => b.map((y, i) => f(a[i % 3]!, y)) },
    {
      operands: [column, row],
      build,
      expected: (a, b) => a.flatMap((x) => b.map((y) => f(x, y))),
    },
  ];
}

function comparison(
  build: (a: Tensor, b: Tensor) => Tensor,
  f: (a: number, b: number) => boolean,
): Case[] {
  const levels: Operand = { shape: [6], values: [1, 2, 3, -1, 0, 5] };
  const others: Operand = { shape: [6], values: [1, 3, 2, -1, -2, 5] };
  return [
    {
      operands: [levels, others],
      build,
      expected: (a, b) => a.map((x, i) => Number(f(x, b[i]!))), // of equal length
    },
  ];
}

/** erf by the series of its integral, summed until it stands still. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const sum = (x: readonly number[]) => x.reduce((a, b) => a + b, 0);
const mean = (x: readonly number[]) => sum(x) / x.length;
export const range = (n: number) => [...Array(n).keys()];

/** The rows of a matrix. */
function split(x: readonly number[], width: number): number[][] {
  return range(x.length / width).map((r) => x.slice(r * width, (r + 1) * width));
}
const byRow = (f: (row: number[]) => number[]) => (x: number[]) => split(x, 3).flatMap(f);

const softmax = byRow((r) => r.map((x) => Math.exp(x) / sum(r.map(Math.exp))));

const product = (a: number[], b: number[], m: number, k: number, n: number) =>
  range(m).flatMap((i) =>
    range(n).map((j) => sum(range(k).map((l) => a[i * k + l]! * b[l * n + j]!))),
  );
const flip = (a: number[], columns: number) =>
  range(columns).flatMap((j) => split(a, columns).map((r) => r[j]!));

const convolutions: readonly ConvolutionSizes[] = [
  {
    ...{ batch: 2, channels: 2, results: 3, side: 4, taps: 3 },
    ...{ stride: 1, padding: [1, 1, 1, 1], dilation: 1, groups: 1 },
  },
  {
    ...{ batch: 1, channels: 4, results: 2, side: 6, taps: 3 },
    ...{ stride: 2, padding: [1, 0, 1, 2], dilation: 1, groups: 2 },
  },
  {
    ...{ batch: 2, channels: 2, results: 2, side: 6, taps: 2 },
    ...{ stride: 3, padding: [0, 0, 0, 0], dilation: 2, groups: 2 },
  },
];

/** One of the three convolutions in each of the settings: what it computes is `into` of each product. */
const convolved = (
  inputs: (shapes: ReturnType<typeof shapesOf>) => readonly [Shape, Shape],
  build: (a: Tensor, b: Tensor, sizes: ConvolutionSizes) => Tensor,
  result: "x" | "w" | "g",
): Case[] =>
  convolutions.map((sizes) => ({
    operands: inputs(shapesOf(sizes)).map((shape) => ({ shape })),
    build: (a, b) => build(a, b, sizes),
    expected(a, b) {
      const sums = Array<number>(sizeOf(shapesOf(sizes)[result])).fill(0);
      visitProducts(sizes, (x, w, g) => {
        if (result === "g") sums[g]! += a[x]! * b[w]!;
        else if (result === "x") sums[x]! += a[g]! * b[w]!;
        else sums[w]! += a[x]! * b[g]!;
      });
      return sums;
    },
  }));

/** Uses of every operation, with their results: what every device computes. */
export const cases: Readonly<Record<OperationName, readonly Case[]>> = {
  add: binary(
    matrix,
    (a, b) => a.add(b),
    (a, b) => a + b,
  ),
  sub: binary(
    matrix,
    (a, b) => a.sub(b),
    (a, b) => a - b,
  ),
  mul: binary(
    matrix,
    (a, b) => a.mul(b),
    (a, b) => a * b,
  ),
  div: binary(
    positive,
    (a, b) => a.div(b),
    (a, b) => a / b,
  ),
  pow: binary(positive, (a, b) => a.pow(b), Math.pow),
  maximum: binary(matrix, (a, b) => a.maximum(b), Math.max),
  minimum: binary(matrix, (a, b) => a.minimum(b), Math.min),
  neg: unary(
    matrix,
    (x) => x.neg(),
    (x) => -x,
  ),
  exp: unary(matrix, (x) => x.exp(), Math.exp),
  log: unary(positive, (x) => x.log(), Math.log),
  sqrt: unary(positive, (x) => x.sqrt(), Math.sqrt),
  sin: unary(matrix, (x) => x.sin(), Math.sin),
  cos: unary(matrix, (x) => x.cos(), Math.cos),
  tanh: unary(matrix, (x) => x.tanh(), Math.tanh),
  erf: unary({ shape: [2, 3], range: [-3, 3] }, (x) => x.erf(), erf),
  sigmoid: unary({ shape: [2, 3], range: [-4, 4] }, (x) => x.sigmoid(), sigmoid),
  abs: unary(matrix, (x) => x.abs(), Math.abs),
  sign: unary(matrix, (x) => x.sign(), Math.sign),
  relu: unary(
    matrix,
    (x) => x.relu(),
    (x) => Math.max(x, 0),
  ),
  squaredRelu: unary(
    matrix,
    (x) => x.squaredRelu(),
    (x) => Math.max(x, 0) ** 2,
  ),
  erfGate: [
    ...unary({ shape: [2, 3], range: [-3, 3] }, erfGate, (x) => x * (1 + erf(x))),
    ...unary(
      { shape: [2, 3], range: [-3, 3] },
      (x) => x.gelu(),
      (x) => (x * (1 + erf(x * Math.SQRT1_2))) / 2,
    ),
  ],
  silu: unary(
    { shape: [2, 3], range: [-3, 3] },
    (x) => x.silu(),
    (x) => x * sigmoid(x),
  ),
  equal: comparison(
    (a, b) => a.equal(b),
    (a, b) => a === b,
  ),
  less: comparison(
    (a, b) => a.less(b),
    (a, b) => a < b,
  ),
  lessEqual: comparison(
    (a, b) => a.lessEqual(b),
    (a, b) => a <= b,
  ),
  greater: comparison(
    (a, b) => a.greater(b),
    (a, b) => a > b,
  ),
  greaterEqual: comparison(
    (a, b) => a.greaterEqual(b),
    (a, b) => a >= b,
  ),
  and: [
    {
      operands: [mask, { ...mask, values: [1, 1, 0, 0, 1, 1] }],
      build: (a, b) => a.and(b),
      expected: () => [1, 0, 0, 0, 0, 1],
    },
  ],
  or: [
    {
      operands: [mask, { ...mask, values: [1, 1, 0, 0, 1, 1] }],
      build: (a, b) => a.or(b),
      expected: () => [1, 1, 1, 0, 1, 1],
    },
  ],
  not: [{ operands: [mask], build: (a) => a.not(), expected: () => [0, 1, 0, 1, 1, 0] }],
  where: [
    {
      operands: [mask, matrix, row],
      build: (c, a, b) => c.where(a, b),
      expected: (c, a, b) => a.map((x, i) => (c[i] ? x : b[i % 3]!)), // a row of three
    },
    {
      operands: [mask, matrix],
      build: (c, a) => c.where(a, -1),
      expected: (c, a) => a.map((x, i) => (c[i] ? x : -1)),
    },
  ],
  cast: [
    {
      operands: [{ shape: [3], dtype: "int32", values: [-1, 0, 7] }],
      build: (x) => x.cast("int64"),
      expected: (x) => x,
    },
    { operands: [mask], build: (x) => x.cast("float32"), expected: (x) => x },
  ],
  stopGradient: unary(
    matrix,
    (x) => x.stopGradient(),
    (x) => x,
  ),
  sum: [
    { operands: [matrix], build: (x) => x.sum(), expected: (x) => [sum(x)] },
    { operands: [matrix], build: (x) => x.sum(1), expected: (x) => split(x, 3).map(sum) },
    {
      operands: [matrix],
      build: (x) => x.sum(-2, { keepDims: true }),
      expected: (x) => split(flip(x, 3), 2).map(sum),
    },
    {
      operands: [{ shape: [3], dtype: "int64", values: [2, 3, 4] }],
      build: (x) => x.sum(),
      expected: () => [9],
    },
  ],
  max: [
    { operands: [matrix], build: (x) => x.max(), expected: (x) => [Math.max(...x)] },
    {
      operands: [matrix],
      build: (x) => x.max(1),
      expected: (x) => split(x, 3).map((r) => Math.max(...r)),
    },
    { operands: [matrix], build: (x) => x.min(), expected: (x) => [Math.min(...x)] },
  ],
  argMax: [
    {
      operands: [{ shape: [2, 3], values: [1, 5, 2, 7, 0, 7] }],
      build: (x) => x.argMax(-1),
      expected: () => [1, 0],
    },
  ],
  cumsum: [
    {
      operands: [matrix],
      build: (x) => x.cumsum(1),
      expected: byRow((r) => r.map((_, i) => sum(r.slice(0, i + 1)))),
    },
    {
      operands: [matrix],
      build: (x) => x.cumsum(1, { exclusive: true, reverse: true }),
      expected: byRow((r) => r.map((_, i) => sum(r.slice(i + 1)))),
    },
    {
      operands: [matrix],
      build: (x) => x.cumsum(0, { reverse: true }),
      expected: ([a, b, c, d, e, f]) => [a! + d!, b! + e!, c! + f!, d!, e!, f!], // six numbers
    },
  ],
  matmul: [
    {
      operands: [{ shape: [2, 3] }, { shape: [3, 4] }],
      build: (a, b) => a.matmul(b),
      expected: (a, b) => product(a, b, 2, 3, 4),
    },
    {
      operands: [{ shape: [3, 2] }, { shape: [4, 3] }],
      build: (a, b) => a.matmul(b, { transA: true, transB: true, alpha: 0.5 }),
      expected: (a, b) => product(flip(a, 2), flip(b, 3), 2, 3, 4).map((x) => x / 2),
    },
    {
      operands: [{ shape: [2, 2, 3] }, { shape: [3, 4] }],
      build: (a, b) => a.matmul(b),
      expected: (a, b) => product(a, b, 4, 3, 4),
    },
  ],
  reshape: [{ operands: [matrix], build: (x) => x.reshape([3, -1]), expected: (x) => x }],
  transpose: [
    {
      operands: [matrix],
      build: (x) => x.transpose([1, 0]),
      expected: (x) => flip(x, 3),
    },
    {
      operands: [{ shape: [2, 1, 3] }],
      build: (x) => x.transpose([2, 0, 1]),
      expected: (x) => flip(x, 3),
    },
  ],
  slice: [
    {
      operands: [matrix],
      build: (x) => x.slice(1, 1),
      expected: byRow((r) => r.slice(1)),
    },
    { operands: [matrix], build: (x) => x.slice(0, -1), expected: (x) => x.slice(3) },
    { operands: [matrix], build: (x) => x.slice(1, 0, -1), expected: byRow((r) => r.slice(0, 2)) },
  ],
  split: [
    {
      operands: [matrix],
      build: (x) => x.split(1, [1, 2])[1]!.mul(2), // two pieces, one unused
      expected: byRow((r) => r.slice(1).map((y) => 2 * y)),
    },
    {
      operands: [matrix],
      build: (x) => concat(x.split(0, [1, 1]).toReversed(), 0),
      expected: (x) => [...x.slice(3), ...x.slice(0, 3)],
    },
  ],
  concat: [
    {
      operands: [matrix, row],
      build: (a, b) => concat([a, b.reshape([1, 3])], 0),
      expected: (a, b) => [...a, ...b],
    },
    {
      operands: [matrix, matrix],
      build: (a, b) => concat([a, b], -1),
      expected: (a, b) => split(a, 3).flatMap((r, i) => [...r, ...split(b, 3)[i]!]), // two rows each
    },
  ],
  pad: [
    {
      operands: [matrix],
      build: (x) => x.pad(-1, 1, 2),
      expected: byRow((r) => [0, ...r, 0, 0]),
    },
    {
      operands: [matrix],
      build: (x) => x.pad(-1, 2, -1),
      expected: byRow((r) => [0, 0, ...r.slice(0, -1)]),
    },
    {
      operands: [matrix],
      build: (x) => x.pad(-1, -1, 1),
      expected: byRow((r) => [...r.slice(1), 0]),
    },
  ],
  expand: [
    { operands: [row], build: (x) => x.expand([2, 3]), expected: (x) => [...x, ...x] },
    {
      operands: [{ shape: [2, 1] }],
      build: (x) => x.expand([2, 3]),
      expected: (x) => x.flatMap((y) => [y, y, y]),
    },
  ],
  gather: [
    {
      operands: [matrix, { shape: [2, 2], dtype: "int32", values: [1, 0, 1, 1] }],
      build: (x, i) => x.gather(i),
      expected: (x, i) => i.flatMap((r) => x.slice(3 * r, 3 * r + 3)),
    },
    {
      operands: [matrix, { shape: [3], dtype: "int64", values: [1, 0, 1] }],
      build: (x, i) => x.gather(i),
      expected: (x, i) => i.flatMap((r) => x.slice(3 * r, 3 * r + 3)),
    },
  ],
  scatterAdd: [
    {
      operands: [matrix, { shape: [2], dtype: "int32", values: [2, 2] }],
      build: (x, i) => x.scatterAdd(i, 4),
      expected: ([a, b, c, d, e, f]) => [0, 0, 0, 0, 0, 0, a! + d!, b! + e!, c! + f!, 0, 0, 0], // six numbers
    },
  ],
  oneHot: [
    {
      operands: [{ shape: [4], dtype: "int32", values: [1, 0, -1, 3] }],
      build: (x) => x.oneHot(3),
      expected: () => [0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    },
    {
      operands: [{ shape: [1], dtype: "int64", values: [1] }],
      build: (x) => x.oneHot(2, "int32"),
      expected: () => [0, 1],
    },
  ],
  softmax: [{ operands: [matrix], build: (x) => x.softmax(), expected: softmax }],
  logSoftmax: [
    {
      operands: [matrix],
      build: (x) => x.logSoftmax(),
      expected: (x) => softmax(x).map(Math.log),
    },
  ],
  layerNorm: [
    {
      operands: [matrix, row, { shape: [3] }],
      build: (x, scale, bias) => x.layerNorm(scale, bias, 1e-2),
      expected: (x, scale, bias) =>
        byRow((r) => {
          const m = mean(r);
          const deviation = Math.sqrt(mean(r.map((v) => (v - m) ** 2)) + 1e-2);
          return r.map((v, i) => ((v - m) / deviation) * scale[i]! + bias[i]!); // rows of three
        })(x),
    },
  ],
  conv2d: convolved(
    ({ x, w }) => [x, w],
    (x, w, sizes) => x.conv2d(w, sizes),
    "g",
  ),
  convTranspose2d: convolved(
    ({ g, w }) => [g, w],
    (g, w, sizes) => g.convTranspose2d(w, { ...sizes, size: [sizes.side, sizes.side] }),
    "x",
  ),
  convKernel2d: convolved(
    ({ x, g }) => [x, g],
    (x, g, { stride, padding, dilation, groups, taps }) =>
      apply("convKernel2d", [x, g], {
        ...{ stride: [stride, stride], dilation: [dilation, dilation], padding, groups },
        taps: [taps, taps],
      }),
    "w",
  ),
  maxPool2d: [
    {
      operands: [{ shape: [1, 2, 2, 4] }],
      build: (x) => x.maxPool2d(2),
      expected: (x) => [0, 2, 8, 10].map((i) => Math.max(...[0, 1, 4, 5].map((d) => x[i + d]!))),
    },
    {
      operands: [{ shape: [1, 1, 3, 3] }],
      build: (x) => x.maxPool2d(2, { stride: 1, padding: [0, 1, 0, 0] }),
      expected: (x) =>
        [
          ...[
            [0, 3],
            [0, 1, 3, 4],
            [1, 2, 4, 5],
          ],
          ...[
            [3, 6],
            [3, 4, 6, 7],
            [4, 5, 7, 8],
          ],
        ].map((seen) => Math.max(...seen.map((i) => x[i]!))),
    },
  ],
  rmsNorm: [
    {
      operands: [matrix, row],
      build: (x, scale) => x.rmsNorm(scale, 1e-2),
      expected: (x, scale) =>
        byRow((r) => {
          const root = Math.sqrt(mean(r.map((v) => v * v)) + 1e-2);
          return r.map((v, i) => (v / root) * scale[i]!); // rows of three
        })(x),
    },
  ],
  custom: [
    {
      operands: [matrix, row],
      // a b², with a rule that reads the second result.
      build: (a, b) =>
        customGradient([a, b], {
          forward: (a, b) => [a.mul(b).mul(b), a.mul(b)],
          backward: ([g], { inputs: [, b], outputs: [, ab] }) => [
            g!.mul(b!.square()), // the first result reaches the loss
            g!
              .mul(ab!)
              .mul(2)
              .sum(0), // as above
          ],
        })[0]!, // two results
      expected: (a, b) => a.map((x, i) => x * b[i % 3]! ** 2), // rows of three
    },
  ],
};

/** The operands of a case as inputs of element type `float` where they are floating point, and their numbers. */
export function prepare({ operands }: Case, float: DType) {
  const inputs = operands.map(({ shape, dtype }, i) => input(`x${i}`, shape, dtype ?? float));
  const numbers = operands.map(
    ({ shape, values, range: [low, high] = [-1, 1] }, i) =>
      values?.slice() ?? someNumbers(sizeOf(shape), low, high, i + 1),
  );
  return { inputs, numbers, feeds: Object.fromEntries(numbers.map((x, i) => [`x${i}`, x])) };
}
