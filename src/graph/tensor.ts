import type { MatmulOptions } from "./operations/matmul.ts";
import { type OperationAttributes, type OperationName, operations } from "./operations.ts";
import {
  type DType,
  describe,
  normalAxis,
  type Shape,
  ShapeError,
  sameShape,
  sizeOf,
  type TensorType,
} from "./types.ts";

/** Where a tensor comes from: fed by the caller, fixed in the graph, or computed. */
export type Source =
  | { readonly kind: "input"; readonly name: string }
  | {
      readonly kind: "constant";
      readonly values: ArrayLike<number>;
      /** What an exported file calls it. */
      readonly name?: string;
    }
  | {
      readonly kind: "operation";
      readonly name: OperationName;
      readonly inputs: readonly Tensor[];
      readonly attributes: OperationAttributes[OperationName];
      /** All outputs of this application; filled once, when they have been made. */
      readonly outputs: readonly Tensor[];
    };

type Operand = Tensor | number;
type Axes = number | readonly number[];

/**
 * A value that will be computed: immutable, with its type known now. Methods build the graph and check shapes at once;
 * nothing is computed before the graph is compiled (see `runtime/`). Numbers stand for constants of the other operand's type.
 */
export class Tensor implements TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly source: Source;
  /** Which output of its source this is. */
  readonly output: number;

  constructor(type: TensorType, source: Source, output = 0) {
    this.dtype = type.dtype;
    this.shape = type.shape;
    this.source = source;
    this.output = output;
  }

  add(b: Operand): Tensor {
    return apply("add", [this, this.operand(b)], {});
  }
  sub(b: Operand): Tensor {
    return apply("sub", [this, this.operand(b)], {});
  }
  mul(b: Operand): Tensor {
    return apply("mul", [this, this.operand(b)], {});
  }
  div(b: Operand): Tensor {
    return apply("div", [this, this.operand(b)], {});
  }
  pow(b: Operand): Tensor {
    return apply("pow", [this, this.operand(b)], {});
  }
  maximum(b: Operand): Tensor {
    return apply("maximum", [this, this.operand(b)], {});
  }
  minimum(b: Operand): Tensor {
    return apply("minimum", [this, this.operand(b)], {});
  }
  equal(b: Operand): Tensor {
    return apply("equal", [this, this.operand(b)], {});
  }
  less(b: Operand): Tensor {
    return apply("less", [this, this.operand(b)], {});
  }
  lessEqual(b: Operand): Tensor {
    return apply("lessEqual", [this, this.operand(b)], {});
  }
  greater(b: Operand): Tensor {
    return apply("greater", [this, this.operand(b)], {});
  }
  greaterEqual(b: Operand): Tensor {
    return apply("greaterEqual", [this, this.operand(b)], {});
  }
  and(b: Tensor): Tensor {
    return apply("and", [this, b], {});
  }
  or(b: Tensor): Tensor {
    return apply("or", [this, b], {});
  }
  not(): Tensor {
    return apply("not", [this], {});
  }
  /** With this as the condition (bool): `a` where it holds, else `b`. */
  where(a: Operand, b: Operand): Tensor {
    const like = a instanceof Tensor ? a : b;
    if (!(like instanceof Tensor))
      throw new ShapeError("where: one of the two values must be a tensor");
    return apply("where", [this, like.operand(a), like.operand(b)], {});
  }

  neg(): Tensor {
    return apply("neg", [this], {});
  }
  exp(): Tensor {
    return apply("exp", [this], {});
  }
  log(): Tensor {
    return apply("log", [this], {});
  }
  sqrt(): Tensor {
    return apply("sqrt", [this], {});
  }
  sin(): Tensor {
    return apply("sin", [this], {});
  }
  cos(): Tensor {
    return apply("cos", [this], {});
  }
  tanh(): Tensor {
    return apply("tanh", [this], {});
  }
  erf(): Tensor {
    return apply("erf", [this], {});
  }
  sigmoid(): Tensor {
    return apply("sigmoid", [this], {});
  }
  abs(): Tensor {
    return apply("abs", [this], {});
  }
  sign(): Tensor {
    return apply("sign", [this], {});
  }
  relu(): Tensor {
    return apply("relu", [this], {});
  }
  /** x Φ(x), Φ the normal distribution function (Hendrycks & Gimpel 2016). */
  gelu(): Tensor {
    return erfGate(this.mul(Math.SQRT1_2)).mul(Math.SQRT1_2);
  }
  silu(): Tensor {
    return apply("silu", [this], {});
  }
  square(): Tensor {
    return this.mul(this);
  }
  cast(dtype: DType): Tensor {
    return dtype === this.dtype ? this : apply("cast", [this], { dtype });
  }
  /** This value, through which no gradient flows. */
  stopGradient(): Tensor {
    return apply("stopGradient", [this], {});
  }

  /** Sum over `axes` (all by default). */
  sum(axes?: Axes, options: { readonly keepDims?: boolean } = {}): Tensor {
    const list = this.axes("sum", axes);
    if (list.length === 0) return this;
    return apply("sum", [this], { axes: list, keepDims: options.keepDims ?? false });
  }
  /** Mean over `axes` (all by default). */
  mean(axes?: Axes, options: { readonly keepDims?: boolean } = {}): Tensor {
    const count = sizeOf(this.axes("mean", axes).map((axis) => this.shape[axis]!)); // axes are normal
    return this.sum(axes, options).mul(1 / count);
  }
  /** Largest value over `axes` (all by default). */
  max(axes?: Axes, options: { readonly keepDims?: boolean } = {}): Tensor {
    return apply("max", [this], {
      axes: this.axes("max", axes),
      keepDims: options.keepDims ?? false,
    });
  }
  /** Smallest value over `axes` (all by default). */
  min(axes?: Axes, options: { readonly keepDims?: boolean } = {}): Tensor {
    return this.neg().max(axes, options).neg();
  }
  /** Index (int64) of the largest value along `axis`. */
  argMax(axis: number): Tensor {
    return apply("argMax", [this], { axis: normalAxis("argMax", axis, this.shape.length) });
  }
  /** Running sum along `axis`. */
  cumsum(
    axis: number,
    options: { readonly exclusive?: boolean; readonly reverse?: boolean } = {},
  ): Tensor {
    return apply("cumsum", [this], {
      axis: normalAxis("cumsum", axis, this.shape.length),
      exclusive: options.exclusive ?? false,
      reverse: options.reverse ?? false,
    });
  }

  /** `alpha op(this) op(b)` over the last two axes; a transpose flag swaps them first at no cost. */
  matmul(b: Tensor, options: Partial<MatmulOptions> = {}): Tensor {
    return apply("matmul", [this, b], { transA: false, transB: false, alpha: 1, ...options });
  }

  /** The same elements under another shape; one length may be -1 and is worked out. */
  reshape(shape: Shape): Tensor {
    const known = sizeOf(shape.filter((length) => length !== -1));
    const full = shape.map((length) => (length === -1 ? sizeOf(this.shape) / known : length));
    return sameShape(full, this.shape) ? this : apply("reshape", [this], { shape: full });
  }
  /** Axis i of the result is axis `permutation[i]` of this. */
  transpose(permutation: readonly number[]): Tensor {
    return apply("transpose", [this], { permutation });
  }
  /** Elements `start ≤ i < end` along `axis`; negative bounds count from the end. */
  slice(axis: number, start: number, end?: number): Tensor {
    const normal = normalAxis("slice", axis, this.shape.length);
    const length = this.shape[normal]!; // the axis exists
    const from = start < 0 ? start + length : start;
    const to = end === undefined ? length : end < 0 ? end + length : end;
    return from === 0 && to === length
      ? this
      : apply("slice", [this], { axis: normal, start: from, end: to });
  }
  /** Consecutive pieces of these lengths along `axis`. */
  split(axis: number, lengths: readonly number[]): Tensor[] {
    const normal = normalAxis("split", axis, this.shape.length);
    return lengths.length === 1 && lengths[0] === this.shape[normal]
      ? [this]
      : applyAll("split", [this], { axis: normal, lengths });
  }
  /** `before` and `after` zeros around this along `axis`; a negative number takes elements away there instead. */
  pad(axis: number, before: number, after: number): Tensor {
    const normal = normalAxis("pad", axis, this.shape.length);
    return before === 0 && after === 0
      ? this
      : apply("pad", [this], { axis: normal, before, after });
  }
  /** Repeated along axes of length 1 (and new leading axes) to fill `shape`. */
  expand(shape: Shape): Tensor {
    return sameShape(shape, this.shape) ? this : apply("expand", [this], { shape });
  }

  /** Rows of this table: `result[i…] = this[indices[i…]]`. */
  gather(indices: Tensor): Tensor {
    return apply("gather", [this, indices], {});
  }
  /** The adjoint of gather: sums row i… of this into row `indices[i…]` of a table of `rows` rows. */
  scatterAdd(indices: Tensor, rows: number): Tensor {
    return apply("scatterAdd", [this, indices], { rows });
  }
  /** These indices as rows of 0 and 1 of length `depth`. */
  oneHot(depth: number, dtype: DType = "float32"): Tensor {
    return apply("oneHot", [this], { depth, dtype });
  }

  /** Softmax over the last axis. */
  softmax(): Tensor {
    return apply("softmax", [this], {});
  }
  /** Logarithm of the softmax over the last axis. */
  logSoftmax(): Tensor {
    return apply("logSoftmax", [this], {});
  }
  /** Layer norm over the last axis with a learned `scale` and `bias` (Ba et al. 2016). */
  layerNorm(scale: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
    return apply("layerNorm", [this, scale, bias], { epsilon });
  }
  /** RMS norm over the last axis with a learned `scale` (Zhang & Sennrich 2019). */
  rmsNorm(scale: Tensor, epsilon = 1e-6): Tensor {
    return apply("rmsNorm", [this, scale], { epsilon });
  }

  /** The type, such as `float32[2, 3]`; `describeGraph` shows what computes it. */
  toString(): string {
    return describe(this);
  }

  private operand(value: Operand): Tensor {
    return value instanceof Tensor ? value : constant([value], [], this.dtype);
  }

  private axes(operation: string, axes: Axes | undefined): number[] {
    if (axes === undefined) return [...this.shape.keys()];
    const list = typeof axes === "number" ? [axes] : axes;
    return list.map((axis) => normalAxis(operation, axis, this.shape.length));
  }
}

/** A value fed by the caller at every run, under `name`. */
export function input(name: string, shape: Shape, dtype: DType = "float32"): Tensor {
  return new Tensor({ dtype, shape }, { kind: "input", name });
}

/** A value fixed when the graph is built: `values` in row-major order. `name` is what an exported file calls it. */
export function constant(
  values: ArrayLike<number>,
  shape: Shape,
  dtype: DType = "float32",
  name?: string,
): Tensor {
  if (values.length !== sizeOf(shape)) {
    throw new ShapeError(
      `constant: ${values.length} values do not fill ${describe({ dtype, shape })}`,
    );
  }
  return new Tensor(
    { dtype, shape },
    { kind: "constant", values, ...(name !== undefined && { name }) },
  );
}

/**
 * `x (1 + erf x)`. With `x = z / √2` this is `√2 gelu(z)`; a layer that folds the two factors into its weights saves two
 * passes over its activations.
 */
export function erfGate(x: Tensor): Tensor {
  return apply("erfGate", [x], {});
}

/** Tensors one after another along `axis`. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors;
  if (!first) throw new ShapeError("concat: was given no tensor");
  return apply("concat", tensors, { axis: normalAxis("concat", axis, first.shape.length) });
}

/** Applies an operation of the table and infers the types of its outputs. */
function applyAll<K extends OperationName>(
  name: K,
  inputs: readonly Tensor[],
  attributes: OperationAttributes[K],
): Tensor[] {
  const outputs: Tensor[] = [];
  const source: Source = { kind: "operation", name, inputs, attributes, outputs };
  operations[name].infer(inputs, attributes).forEach((type, i) => {
    outputs.push(new Tensor(type, source, i));
  });
  return outputs;
}

/** Applies an operation of the table and returns its first output: the only one or the one that matters. */
export function apply<K extends OperationName>(
  name: K,
  inputs: readonly Tensor[],
  attributes: OperationAttributes[K],
): Tensor {
  return applyAll(name, inputs, attributes)[0]!; // every operation has an output
}
