import { type Operation, single } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { broadcastShapes, describe, isFloat, ShapeError, sizeOf } from "../types.ts";
import { sumTo } from "./elementwise.ts";

/** `alpha op(a) op(b)`, where op transposes the last two axes if its flag is set. */
export interface MatmulOptions {
  readonly transA: boolean;
  readonly transB: boolean;
  readonly alpha: number;
}

export interface MatmulAttributes {
  matmul: MatmulOptions;
}

/** `[…, M, K]` as `[… M, K]`: one matrix of all rows. */
function rows(x: Tensor): Tensor {
  const width = x.shape.at(-1) ?? 1;
  return x.shape.length === 2 ? x : x.reshape([sizeOf(x.shape) / width, width]);
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
  emit: (writer, inputs, types, { transA, transB, alpha }) => {
    if (types.inputs[0]!.dtype === "float32") {
      if (!transA && !transB && alpha === 1) return writer.node("MatMul", inputs);
      return writer.node(
        "FusedMatMul",
        inputs,
        { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } },
        { domain: "com.microsoft" },
      );
    }
    // The fused kernel exists for float32 alone.
    const flip = (name: string, rank: number): string => {
      const perm = [...Array(rank).keys()];
      [perm[rank - 2], perm[rank - 1]] = [rank - 1, rank - 2];
      return single(writer, "Transpose", [name], { perm });
    };
    const a = transA ? flip(inputs[0]!, types.inputs[0]!.shape.length) : inputs[0]!;
    const b = transB ? flip(inputs[1]!, types.inputs[1]!.shape.length) : inputs[1]!;
    const product = single(writer, "MatMul", [a, b]);
    if (alpha === 1) return [product];
    return writer.node("Mul", [product, writer.constant("float64", [], [alpha])]);
  },
  gradient: ([g], { inputs, attributes: { transA, transB, alpha } }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    if (!g) return [];
    const da = transA
      ? b.matmul(g, { transA: transB, transB: true, alpha })
      : g.matmul(b, { transB: !transB, alpha });
    // A matrix shared by a whole batch: one product over all rows instead of a batch of products and their sum.
    const shared = b.shape.length === 2 && a.shape.length > 2 && !transA;
    const [x, dy] = shared ? [rows(a), rows(g)] : [a, g];
    const db = transB
      ? dy.matmul(x, { transA: true, transB: transA, alpha })
      : x.matmul(dy, { transA: !transA, alpha });
    return [sumTo(da, a.shape), sumTo(db, b.shape)];
  },
};
