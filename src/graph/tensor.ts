import type { Convolution } from "./operations/convolution.ts";
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

/** Where a tensor comes from: an input fed by the caller, a constant of the graph, or an operation. */
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
      /** All outputs of this application of the operation. */
      readonly outputs: readonly Tensor[];
    };

/** How a window moves over a plane. One number stands for rows and columns, or for all four sides. */
export interface ConvolutionOptions {
  /** Places from one position of the window to the next; 1 by default. */
  readonly stride?: number | readonly [number, number];
  /** Zeros beyond the edges (top, left, bottom, right); none by default. */
  readonly padding?: number | readonly [number, number, number, number];
  /** Places from one tap to the next; 1 by default. */
  readonly dilation?: number | readonly [number, number];
  /** Groups of channels that do not see each other; 1 by default. */
  readonly groups?: number;
}

type Operand = Tensor | number;
type Axes = number | readonly number[];

/**
 * A value that will be computed. It is immutable and its type is known at once. Methods build the graph and check shapes
 * (a mistake is a ShapeError that names the operation and the types); nothing is computed until `compile` runs the graph.
 * A number in place of a tensor is a constant of the other operand's element type. Shapes broadcast as in NumPy, and
 * negative axes count from the end.
 *
 * @example
 * ```ts
 * const x = input("x", [8, 3]);
 * const w = input("w", [3, 2]);
 * const y = x.matmul(w).add(1).relu(); // float32[8, 2]
 * const executable = await compile({ y, total: y.sum() });
 * ```
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

  /** `this + b`, broadcast. */
  add(b: Operand): Tensor {
    return apply("add", [this, this.operand(b)], {});
  }
  /** `this - b`, broadcast. */
  sub(b: Operand): Tensor {
    return apply("sub", [this, this.operand(b)], {});
  }
  /** `this · b` element by element, broadcast; `matmul` is the matrix product. */
  mul(b: Operand): Tensor {
    return apply("mul", [this, this.operand(b)], {});
  }
  /** `this / b`, broadcast. */
  div(b: Operand): Tensor {
    return apply("div", [this, this.operand(b)], {});
  }
  /** `this` to the power `b`, broadcast. The gradient with respect to `b` needs `this > 0`. */
  pow(b: Operand): Tensor {
    return apply("pow", [this, this.operand(b)], {});
  }
  /** The larger of `this` and `b` element by element; `max` reduces over axes. */
  maximum(b: Operand): Tensor {
    return apply("maximum", [this, this.operand(b)], {});
  }
  /** The smaller of `this` and `b` element by element; `min` reduces over axes. */
  minimum(b: Operand): Tensor {
    return apply("minimum", [this, this.operand(b)], {});
  }
  /** Whether `this = b`, as bool. */
  equal(b: Operand): Tensor {
    return apply("equal", [this, this.operand(b)], {});
  }
  /** Whether `this < b`, as bool. */
  less(b: Operand): Tensor {
    return apply("less", [this, this.operand(b)], {});
  }
  /** Whether `this ≤ b`, as bool. */
  lessEqual(b: Operand): Tensor {
    return apply("lessEqual", [this, this.operand(b)], {});
  }
  /** Whether `this > b`, as bool. */
  greater(b: Operand): Tensor {
    return apply("greater", [this, this.operand(b)], {});
  }
  /** Whether `this ≥ b`, as bool. */
  greaterEqual(b: Operand): Tensor {
    return apply("greaterEqual", [this, this.operand(b)], {});
  }
  /** Whether both bools hold. */
  and(b: Tensor): Tensor {
    return apply("and", [this, b], {});
  }
  /** Whether at least one of two bools holds. */
  or(b: Tensor): Tensor {
    return apply("or", [this, b], {});
  }
  /** The opposite of a bool. */
  not(): Tensor {
    return apply("not", [this], {});
  }
  /**
   * With this as the condition (bool): `a` where it holds, else `b`; all three broadcast.
   *
   * @example
   * ```ts
   * const leaky = x.greater(0).where(x, x.mul(0.01));
   * ```
   */
  where(a: Operand, b: Operand): Tensor {
    const like = a instanceof Tensor ? a : b;
    if (!(like instanceof Tensor))
      throw new ShapeError("where: one of the two values must be a tensor");
    return apply("where", [this, like.operand(a), like.operand(b)], {});
  }

  /** `-this`. */
  neg(): Tensor {
    return apply("neg", [this], {});
  }
  /** e to the power `this`. */
  exp(): Tensor {
    return apply("exp", [this], {});
  }
  /** Natural logarithm; NaN below 0, -∞ at 0. */
  log(): Tensor {
    return apply("log", [this], {});
  }
  /** Square root; NaN below 0. */
  sqrt(): Tensor {
    return apply("sqrt", [this], {});
  }
  /** Sine, in radians. */
  sin(): Tensor {
    return apply("sin", [this], {});
  }
  /** Cosine, in radians. */
  cos(): Tensor {
    return apply("cos", [this], {});
  }
  /** Hyperbolic tangent. */
  tanh(): Tensor {
    return apply("tanh", [this], {});
  }
  /** Error function, `2/√π ∫₀ˣ exp(-t²) dt`. */
  erf(): Tensor {
    return apply("erf", [this], {});
  }
  /** `1 / (1 + e^-x)`. */
  sigmoid(): Tensor {
    return apply("sigmoid", [this], {});
  }
  /** `|x|`; its gradient at 0 is 0. */
  abs(): Tensor {
    return apply("abs", [this], {});
  }
  /** -1, 0 or 1; no gradient flows through it. */
  sign(): Tensor {
    return apply("sign", [this], {});
  }
  /** `max(x, 0)`; its gradient at 0 is 0. */
  relu(): Tensor {
    return apply("relu", [this], {});
  }
  /** `max(x, 0)²` (So et al. 2021). */
  squaredRelu(): Tensor {
    return apply("squaredRelu", [this], {});
  }
  /** `x Φ(x)`, where Φ is the normal distribution function (Hendrycks & Gimpel 2016). */
  gelu(): Tensor {
    return erfGate(this.mul(Math.SQRT1_2)).mul(Math.SQRT1_2);
  }
  /** `x sigmoid(x)` (Elfwing et al. 2018). */
  silu(): Tensor {
    return apply("silu", [this], {});
  }
  /** `this · this`. */
  square(): Tensor {
    return this.mul(this);
  }
  /** The same values as another element type; gradients flow between floating-point types only. */
  cast(dtype: DType): Tensor {
    return dtype === this.dtype ? this : apply("cast", [this], { dtype });
  }
  /** The same value; no gradient flows through it. */
  stopGradient(): Tensor {
    return apply("stopGradient", [this], {});
  }

  /**
   * Sum over `axes` (all by default). Reduced axes disappear, or stay with length 1 where `keepDims`.
   *
   * @example
   * ```ts
   * input("x", [2, 3]).sum(1); // float32[2]
   * input("x", [2, 3]).sum(1, { keepDims: true }); // float32[2, 1]
   * ```
   */
  sum(axes?: Axes, options: { readonly keepDims?: boolean } = {}): Tensor {
    const list = this.axes("sum", axes);
    if (list.length === 0) return this;
    return apply("sum", [this], { axes: list, keepDims: options.keepDims ?? false });
  }
  /** Mean over `axes` (all by default); axes as in `sum`. */
  mean(axes?: Axes, options: { readonly keepDims?: boolean } = {}): Tensor {
    const count = sizeOf(this.axes("mean", axes).map((axis) => this.shape[axis]!)); // axes are normal
    return this.sum(axes, options).mul(1 / count);
  }
  /** Largest value over `axes` (all by default); axes as in `sum`. Equal maxima share the gradient. */
  max(axes?: Axes, options: { readonly keepDims?: boolean } = {}): Tensor {
    return apply("max", [this], {
      axes: this.axes("max", axes),
      keepDims: options.keepDims ?? false,
    });
  }
  /** Smallest value over `axes` (all by default); axes as in `sum`. Equal minima share the gradient. */
  min(axes?: Axes, options: { readonly keepDims?: boolean } = {}): Tensor {
    return this.neg().max(axes, options).neg();
  }
  /** Index (int64) of the largest value along `axis`, which disappears; the first of equal ones. */
  argMax(axis: number): Tensor {
    return apply("argMax", [this], { axis: normalAxis("argMax", axis, this.shape.length) });
  }
  /** Running sum along `axis`. `exclusive` leaves out the element itself, `reverse` sums from the end. */
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

  /**
   * Matrix product `alpha op(this) op(b)` over the last two axes; the axes before them broadcast. The flags `transA` and
   * `transB` swap the last two axes of an operand first, at no cost.
   *
   * @example
   * ```ts
   * const scores = q.matmul(k, { transB: true, alpha: 1 / Math.sqrt(depth) }); // [batch, length, length]
   * ```
   */
  matmul(b: Tensor, options: Partial<MatmulOptions> = {}): Tensor {
    return apply("matmul", [this, b], { transA: false, transB: false, alpha: 1, ...options });
  }

  /** The same elements in row-major order under another shape; one length may be -1 and follows from the others. */
  reshape(shape: Shape): Tensor {
    const known = sizeOf(shape.filter((length) => length !== -1));
    const full = shape.map((length) => (length === -1 ? sizeOf(this.shape) / known : length));
    return sameShape(full, this.shape) ? this : apply("reshape", [this], { shape: full });
  }
  /** The axes in another order: axis i of the result is axis `permutation[i]` of this. */
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
  /** Consecutive pieces of these lengths along `axis`; the inverse of `concat`. */
  split(axis: number, lengths: readonly number[]): Tensor[] {
    const normal = normalAxis("split", axis, this.shape.length);
    return lengths.length === 1 && lengths[0] === this.shape[normal]
      ? [this]
      : applyAll("split", [this], { axis: normal, lengths });
  }
  /** Adds `before` and `after` zeros along `axis`; a negative number removes elements instead. */
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

  /**
   * Rows of this table: `result[i…] = this[indices[i…]]`, as an embedding looks up its tokens. Indices are int32 or int64.
   *
   * @example
   * ```ts
   * const table = input("table", [50257, 64]);
   * table.gather(input("tokens", [8, 128], "int32")); // float32[8, 128, 64]
   * ```
   */
  gather(indices: Tensor): Tensor {
    return apply("gather", [this, indices], {});
  }
  /**
   * The adjoint of `gather`: adds row i… of this to row `indices[i…]` of a table of `rows` zero rows. Up to 128 rows of
   * float32 are summed by a matrix product, where a NaN in one row makes its column NaN in all rows.
   */
  scatterAdd(indices: Tensor, rows: number): Tensor {
    return apply("scatterAdd", [this, indices], { rows });
  }
  /** These indices as rows of length `depth`: 1 at the index, 0 elsewhere, all 0 for an index outside 0…depth-1. */
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

  /**
   * Two-dimensional convolution (correlation, as everywhere in machine learning) of `[batch, in, height, width]` with a
   * kernel `[out, in / groups, rows, columns]`: `[batch, out, …]`.
   *
   * @example
   * ```ts
   * const edges = input("x", [8, 3, 32, 32]).conv2d(input("w", [16, 3, 3, 3]), { padding: 1, stride: 2 });
   * edges.shape; // [8, 16, 16, 16]
   * ```
   */
  conv2d(kernel: Tensor, options: ConvolutionOptions = {}): Tensor {
    return apply("conv2d", [this, kernel], convolutionOf(options));
  }
  /**
   * The adjoint of {@link conv2d} with the same kernel and options, also called its transpose: `[batch, out, …]` to
   * `[batch, in, height, width]`. Several sizes lead to the same result of a strided convolution; the smallest is the default.
   */
  convTranspose2d(
    kernel: Tensor,
    { size, ...options }: ConvolutionOptions & { readonly size?: readonly [number, number] } = {},
  ): Tensor {
    const convolution = convolutionOf(options);
    const { stride, padding, dilation } = convolution;
    const along = (axis: 0 | 1) =>
      ((this.shape[2 + axis] ?? 0) - 1) * stride[axis] +
      ((kernel.shape[2 + axis] ?? 0) - 1) * dilation[axis] +
      (1 - padding[axis] - padding[axis + 2]!);
    return apply("convTranspose2d", [this, kernel], {
      ...{ ...convolution, size: size ?? [along(0), along(1)] },
    });
  }
  /**
   * Largest value of each window of `window` (rows, columns) on each plane of `[batch, channels, height, width]`; windows lie
   * side by side unless `stride` says otherwise, and places beyond the edge never win. The gradient goes to the first of equal
   * values.
   */
  maxPool2d(
    window: number | readonly [number, number],
    options: Omit<ConvolutionOptions, "groups"> = {},
  ): Tensor {
    const taps = pairOf(window);
    const { groups: _, ...rest } = convolutionOf({ stride: taps, ...options });
    return apply("maxPool2d", [this], { ...rest, taps });
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

/**
 * A value that the caller feeds at every run, under `name`.
 *
 * @example
 * ```ts
 * const tokens = input("tokens", [8, 128], "int32");
 * ```
 */
export function input(name: string, shape: Shape, dtype: DType = "float32"): Tensor {
  return new Tensor({ dtype, shape }, { kind: "input", name });
}

/**
 * A value fixed when the graph is built: `values` in row-major order. An exported file calls it `name`. Throws a
 * ShapeError where the number of values does not fit the shape.
 *
 * @example
 * ```ts
 * const edges = constant([-1, 0, 1], [3, 1]);
 * ```
 */
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

/**
 * Tensors one after another along `axis`; all other lengths must agree.
 *
 * @example
 * ```ts
 * concat([input("a", [2, 3]), input("b", [4, 3])], 0); // float32[6, 3]
 * ```
 */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors;
  if (!first) throw new ShapeError("concat: was given no tensor");
  return apply("concat", tensors, { axis: normalAxis("concat", axis, first.shape.length) });
}

const pairOf = (value: number | readonly [number, number]): readonly [number, number] =>
  typeof value === "number" ? [value, value] : value;

/** Options of a convolution with all defaults filled in. */
function convolutionOf(options: ConvolutionOptions): Convolution {
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  return {
    stride: pairOf(stride),
    padding: typeof padding === "number" ? [padding, padding, padding, padding] : padding,
    dilation: pairOf(dilation),
    groups,
  };
}

/** Applies an operation of the table and infers the types of its outputs. */
export function applyAll<K extends OperationName>(
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

/** Applies an operation of the table and returns its first output; further outputs serve its gradient. */
export function apply<K extends OperationName>(
  name: K,
  inputs: readonly Tensor[],
  attributes: OperationAttributes[K],
): Tensor {
  return applyAll(name, inputs, attributes)[0]!; // every operation has an output
}
