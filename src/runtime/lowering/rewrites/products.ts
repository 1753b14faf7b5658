import { type OnnxWriter, single } from "../../../graph/operation.ts";
import { flip } from "../../../graph/operations/matmul.ts";
import { sizeOf, type TensorType } from "../../../graph/types.ts";
import { type Application, asItIs, numberOf, type Rewrite, typesOf } from "../lowering.ts";

/** The two operands of a FusedMatMul, and what is done with them. */
function productOf(node: Application) {
  const [a, b] = node.inputs as readonly [string, string];
  const [typeA, typeB] = typesOf(node) as readonly [TensorType, TensorType];
  const { transA, transB, alpha } = node.attributes;
  return {
    ...{ a, b, typeA, typeB, alpha: numberOf(alpha, 1) },
    ...{ transA: numberOf(transA) === 1, transB: numberOf(transB) === 1 },
  };
}

/**
 * On the CPU: aᵀ b with few columns as (bᵀ a)ᵀ. Transposing a, as ONNX Runtime does, costs more than the product.
 */
export const narrowProduct: Rewrite = (writer, node) => {
  const { a, b, typeA, typeB, transA, transB } = productOf(node);
  const [columnsA, columnsB] = [typeA.shape.at(-1)!, typeB.shape.at(-1)!]; // rank ≥ 2
  const narrow = transA && !transB && columnsB <= 64 && 2 * columnsB <= columnsA;
  if (!narrow) return asItIs(writer, node);
  const [product] = asItIs(writer, { ...node, inputs: [b, a] });
  return [flip(writer, product!, typeA.shape.length < typeB.shape.length ? typeB : typeA)];
};

/** By operators of the standard: transposes, a product, and its scale. */
export const plainProduct: Rewrite = (writer, node) => {
  const { a, b, typeA, typeB, transA, transB, alpha } = productOf(node);
  const product = single(writer, "MatMul", [
    transA ? flip(writer, a, typeA) : a,
    transB ? flip(writer, b, typeB) : b,
  ]);
  return [scaled(writer, product, alpha)];
};

/**
 * By Gemm, which transposes and scales by itself, where at most a's rows are many; else the smaller of the first operand and
 * the product is scaled.
 */
export const gemmProduct: Rewrite = (writer, node) => {
  const { a, b, typeA, typeB, transA, transB, alpha } = productOf(node);
  const [lead, flat] = [typeA.shape.slice(0, -1), typeA.shape.length === 2];
  if (typeB.shape.length === 2 && (flat || !transA)) {
    const [inner, columns] = [typeA.shape.at(-1)!, typeB.shape[transB ? 0 : 1]!]; // rank ≥ 2
    const rows = flat ? a : reshaped(writer, a, [sizeOf(lead), inner]);
    const product = single(writer, "Gemm", [rows, b], node.attributes);
    return [flat ? product : reshaped(writer, product, [...lead, columns])];
  }
  const [inner, columns] = [typeA.shape.at(transA ? -2 : -1)!, typeB.shape.at(transB ? -2 : -1)!];
  const first = inner <= columns;
  const left = first ? scaled(writer, a, alpha) : a;
  const product = single(writer, "MatMul", [
    transA ? flip(writer, left, typeA) : left,
    transB ? flip(writer, b, typeB) : b,
  ]);
  return [first ? product : scaled(writer, product, alpha)];
};

const scaled = (writer: OnnxWriter, x: string, alpha: number): string =>
  alpha === 1 ? x : single(writer, "Mul", [x, writer.constant("float32", [], [alpha])]);

const reshaped = (writer: OnnxWriter, x: string, shape: readonly number[]): string =>
  single(writer, "Reshape", [x, writer.constant("int64", [shape.length], shape)]);
