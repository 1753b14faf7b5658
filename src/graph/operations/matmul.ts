import { type OnnxWriter, type Operation, single } from "../operation.ts";
import { broadcastShapes, describe, isFloat, ShapeError, type TensorType } from "../types.ts";

/** `alpha op(a) op(b)`, where op transposes the last two axes if its flag is set. */
export interface MatmulOptions {
  readonly transA: boolean;
  readonly transB: boolean;
  readonly alpha: number;
}

export interface MatmulAttributes {
  matmul: MatmulOptions;
}

export const matmul: Operation<MatmulOptions> = {
  meaning: "alpha a b over the last two axes, with transpose flags; the axes before broadcast",
  infer: ([a, b], { transA, transB }) => {
    const given = `${describe(a!)}${transA ? "ᵀ" : ""} and ${describe(b!)}${transB ? "ᵀ" : ""}`;
    if (a!.shape.length < 2 || b!.shape.length < 2) {
      throw new ShapeError(`matmul: needs two tensors of rank 2 or more, was given ${given}`);
    }
    if (a!.dtype !== b!.dtype || !isFloat(a!.dtype)) {
      throw new ShapeError(
        `matmul: needs two floating-point tensors of one type, was given ${given}`,
      );
    }
    const [m, k] = transA
      ? [a!.shape.at(-1)!, a!.shape.at(-2)!]
      : [a!.shape.at(-2)!, a!.shape.at(-1)!];
    const [l, n] = transB
      ? [b!.shape.at(-1)!, b!.shape.at(-2)!]
      : [b!.shape.at(-2)!, b!.shape.at(-1)!];
    const batch = broadcastShapes(a!.shape.slice(0, -2), b!.shape.slice(0, -2));
    if (k !== l || !batch) {
      throw new ShapeError(`matmul: ${given} do not match (inner lengths ${k} and ${l})`);
    }
    return [{ dtype: a!.dtype, shape: [...batch, m, n] }];
  },
  emit: (writer, inputs, types, options) => {
    const [a, b] = inputs as readonly [string, string];
    const [typeA, typeB] = types.inputs as readonly [TensorType, TensorType];
    const { transA, transB, alpha } = options;
    if (typeA.dtype === "float32") {
      if (!transA && !transB && alpha === 1) return writer.node("MatMul", inputs);
      const attributes = {
        transA: Number(transA),
        transB: Number(transB),
        alpha: { float: alpha },
      };
      return writer.node("FusedMatMul", inputs, attributes, { types: types.inputs });
    }
    // The fused kernel exists for float32 only.
    const product = single(writer, "MatMul", [
      transA ? flip(writer, a, typeA) : a,
      transB ? flip(writer, b, typeB) : b,
    ]);
    if (alpha === 1) return [product];
    return writer.node("Mul", [product, writer.constant(typeA.dtype, [], [alpha])]);
  },
};

/** Swaps the last two axes; only the rank of `type` matters. */
export function flip(writer: OnnxWriter, x: string, type: TensorType): string {
  const perm = [...type.shape.keys()];
  perm.push(...perm.splice(-2).reverse());
  return single(writer, "Transpose", [x], { perm });
}
