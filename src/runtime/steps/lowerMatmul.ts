import type { MatmulOptions } from "../../graph/operations/matmul.ts";
import { type Shape, sizeOf, type TensorType } from "../../graph/types.ts";
import { type Held, roomFor } from "./held.ts";
import { type Kernel, numberBytes } from "./kernel.ts";
import {
  multiplyAny,
  multiplyPanels,
  multiplyPanelsOfRows,
  packPanels,
  panelColumns,
  panelsOf,
  type Steps,
} from "./productKernels.ts";
import { mostFed, type Program } from "./program.ts";
import { expanded } from "./rearrange.ts";

/** More products than this are no step of a few sequences, and their calls would make a long program. */
const mostProducts = 256;

interface Product {
  readonly inputs: readonly Held[];
  readonly outputs: readonly TensorType[];
  readonly attributes: MatmulOptions;
}

/** Whether a product is one with a matrix that is known beforehand, to which a known bias can be added at no cost. */
export function isKnownMatrix(b: Held | undefined, { transA }: MatmulOptions): boolean {
  return b?.values !== undefined && !transA && sizeOf(b.shape) === sizeOf(b.shape.slice(-2));
}

/** A matrix product, plus `bias` where the matrix is known. */
export function lowerMatmul(
  program: Program,
  product: Product,
  bias?: ArrayLike<number>,
): readonly Held[] | undefined {
  const [a, b] = product.inputs as readonly [Held, Held];
  const { shape } = product.outputs[0]!; // one output
  if (a.lane !== "float" || b.lane !== "float") return undefined;
  const result = roomFor(program, shape, "float");
  const done = isKnownMatrix(b, product.attributes)
    ? multiplyKnown(program, result, product, bias)
    : multiplyEach(program, result, product);
  return done ? [result] : undefined;
}

function multiplyKnown(
  program: Program,
  result: Held,
  { inputs, attributes: { transB, alpha } }: Product,
  bias: ArrayLike<number> | undefined,
): boolean {
  const [a, b] = inputs as readonly [Held, Held];
  const values = b.values!; // the matrix is known
  const [depth, columns] = [a.shape.at(-1)!, result.shape.at(-1)!]; // operands have two axes
  const rows = sizeOf(result.shape) / columns;
  if (rows > mostProducts) return false;
  const at = (k: number, n: number) => alpha * values[transB ? n * depth + k : k * columns + n]!; // within the matrix
  const matrix = program.hold(packPanels(depth, columns, at, bias));
  const whole = Math.floor(columns / panelColumns);
  const rest = panelsOf(columns)[whole];
  const wholeBytes = whole * panelColumns * numberBytes;
  for (let row = 0; row < rows; row++) {
    const to = result.address() + row * columns * numberBytes;
    const x = a.address() + row * depth * numberBytes;
    const parts = [
      { width: panelColumns, start: 0, end: wholeBytes },
      { width: rest ?? 0, start: wholeBytes, end: wholeBytes + (rest ?? 0) * numberBytes },
    ].filter(({ start, end }) => end > start);
    const calls = (name: string, kernel: (width: number, frameBytes: number) => Kernel) =>
      parts.map(({ width, start, end }) => ({
        name: `${name}.${depth}.${width}`,
        kernel: (frameBytes: number) => kernel(width, frameBytes),
        values: [to + start, x, matrix + (depth + 1) * start, to + end],
      }));
    program.callApart(
      calls("multiply", (width) => multiplyPanels(depth, width)),
      {
        once: calls("multiplyRows", (width, frameBytes) =>
          multiplyPanelsOfRows(depth, width, mostFed, frameBytes),
        ),
      },
    );
  }
  return true;
}

function multiplyEach(
  program: Program,
  result: Held,
  { inputs, attributes: { transA, transB, alpha } }: Product,
): boolean {
  const [a, b] = inputs as readonly [Held, Held];
  const lead = result.shape.slice(0, -2);
  if (sizeOf(lead) > mostProducts) return false;
  const matrixOf = (x: Held): Shape => x.shape.slice(-2);
  const [rows, columns] = result.shape.slice(-2) as [number, number];
  const [aRows, aColumns] = matrixOf(a) as [number, number];
  const [bRows, bColumns] = matrixOf(b) as [number, number];
  const depth = transA ? aRows : aColumns;
  const stepsOf = (columnsOf: number, transposed: boolean): Steps =>
    transposed ? [1, columnsOf] : [columnsOf, 1];
  const steps = { a: stepsOf(aColumns, transA), b: stepsOf(bColumns, transB) };
  const all = (x: Held) => expanded(program, x, [...lead, ...matrixOf(x)]).address();
  const [first, second] = [all(a), all(b)];
  const name = `multiplyAny.${[rows, depth, columns, alpha, ...steps.a, ...steps.b].join(".")}`;
  for (let i = 0; i < sizeOf(lead); i++) {
    program.call(
      ...([name, () => multiplyAny([rows, depth, columns], steps, alpha)] as const),
      result.address() + i * rows * columns * numberBytes,
      first + i * aRows * aColumns * numberBytes,
      second + i * bRows * bColumns * numberBytes,
    );
  }
  return true;
}
