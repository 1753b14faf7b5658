import type { OnnxOperator } from "../onnxOperators.ts";
import { onnxType } from "../onnxType.ts";
import { type OnnxWriter, type Operation, single } from "../operation.ts";
import {
  broadcastShapes,
  type DType,
  describe,
  isFloat,
  ShapeError,
  type TensorType,
} from "../types.ts";

type None = Record<never, never>;

function broadcastType(name: string, a: TensorType, b: TensorType): TensorType {
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape) {
    throw new ShapeError(`${name}: ${describe(a)} and ${describe(b)} do not broadcast together`);
  }
  if (a.dtype !== b.dtype) {
    throw new ShapeError(
      `${name}: ${describe(a)} and ${describe(b)} differ in type; cast one of them`,
    );
  }
  return { dtype: a.dtype, shape };
}

function requireFloat(name: string, type: TensorType): void {
  if (!isFloat(type.dtype)) {
    throw new ShapeError(`${name}: needs floating point, was given ${describe(type)}`);
  }
}

function pair(inputs: readonly TensorType[]): [TensorType, TensorType] {
  return [inputs[0]!, inputs[1]!]; // arity is fixed by the methods of Tensor
}

/** An arithmetic operation on two operands of one type, which broadcast. */
function binary(name: string, meaning: string, onnx: OnnxOperator): Operation<None> {
  return {
    meaning,
    infer: (inputs) => [broadcastType(name, ...pair(inputs))],
    emit: (writer, inputs) => writer.node(onnx, inputs),
  };
}

function comparison(name: string, meaning: string, onnx: OnnxOperator): Operation<None> {
  return {
    meaning,
    infer: (inputs) => [{ ...broadcastType(name, ...pair(inputs)), dtype: "bool" }],
    emit: (writer, inputs) => writer.node(onnx, inputs),
  };
}

function logical(name: string, meaning: string, onnx: OnnxOperator): Operation<None> {
  return {
    meaning,
    infer: (inputs) => {
      for (const type of inputs) {
        if (type.dtype !== "bool")
          throw new ShapeError(`${name}: needs bool, was given ${describe(type)}`);
      }
      return [inputs.length === 1 ? inputs[0]! : broadcastType(name, ...pair(inputs))]; // one or two operands
    },
    emit: (writer, inputs) => writer.node(onnx, inputs),
  };
}

/** A function of one operand. */
function unary(
  name: string,
  meaning: string,
  emit: OnnxOperator | Operation<None>["emit"],
): Operation<None> {
  return {
    meaning,
    infer: (inputs) => {
      requireFloat(name, inputs[0]!);
      return [inputs[0]!];
    },
    emit:
      typeof emit === "string"
        ? (writer, inputs, types) => writer.node(emit, inputs, {}, { types: types.inputs })
        : emit,
  };
}

/** 2/√π, the slope of erf at 0. */
export const twoOverRootPi = 2 / Math.sqrt(Math.PI);

export interface ElementwiseAttributes {
  add: None;
  sub: None;
  mul: None;
  div: None;
  pow: None;
  maximum: None;
  minimum: None;
  neg: None;
  exp: None;
  log: None;
  sqrt: None;
  sin: None;
  cos: None;
  tanh: None;
  erf: None;
  sigmoid: None;
  abs: None;
  sign: None;
  relu: None;
  squaredRelu: None;
  erfGate: None;
  silu: None;
  equal: None;
  less: None;
  lessEqual: None;
  greater: None;
  greaterEqual: None;
  and: None;
  or: None;
  not: None;
  where: None;
  cast: { readonly dtype: DType };
  stopGradient: None;
}

export const elementwise: {
  readonly [K in keyof ElementwiseAttributes]: Operation<ElementwiseAttributes[K]>;
} = {
  add: binary("add", "a + b", "Add"),
  sub: binary("sub", "a - b", "Sub"),
  mul: binary("mul", "a b", "Mul"),
  div: binary("div", "a / b", "Div"),
  pow: binary("pow", "a to the power b, a > 0 where b is differentiated", "Pow"),
  maximum: binary("maximum", "the larger of a and b; on a tie a has the gradient", "Max"),
  minimum: binary("minimum", "the smaller of a and b; on a tie a has the gradient", "Min"),
  neg: unary("neg", "-x", "Neg"),
  exp: unary("exp", "e^x", "Exp"),
  log: unary("log", "natural logarithm", "Log"),
  sqrt: unary("sqrt", "square root", "Sqrt"),
  sin: unary("sin", "sine of x in radians", "Sin"),
  cos: unary("cos", "cosine of x in radians", "Cos"),
  tanh: unary("tanh", "hyperbolic tangent", "Tanh"),
  erf: unary(
    "erf",
    "error function",
    (writer, inputs, types) =>
      types.inputs[0]!.dtype === "float64"
        ? emitErf64(writer, inputs[0]!)
        : writer.node("Erf", inputs), // unary
  ),
  sigmoid: unary("sigmoid", "1 / (1 + e^-x)", "Sigmoid"),
  abs: unary("abs", "|x|", "Abs"),
  sign: unary("sign", "-1, 0 or 1", "Sign"),
  relu: unary("relu", "max(x, 0)", "Relu"),
  squaredRelu: {
    meaning: "max(x, 0)²; also max(x, 0)",
    infer: ([x]) => {
      requireFloat("squaredRelu", x!);
      return [x!, x!];
    },
    emit: (writer, inputs) => {
      // Both are outputs, because the gradient is twice the root: neither a comparison nor a mask.
      const root = single(writer, "Relu", inputs);
      return [single(writer, "Mul", [root, root]), root];
    },
  },
  erfGate: {
    meaning: "x (1 + erf x), of which gelu is made; also 1 + erf x",
    infer: ([x]) => {
      requireFloat("erfGate", x!);
      return [x!, x!];
    },
    emit: (writer, inputs, types) => {
      // Both are outputs, because the gradient uses both.
      const { dtype } = types.inputs[0]!; // one input
      const [x] = inputs as [string];
      const e = dtype === "float32" ? single(writer, "Erf", [x]) : emitErf64(writer, x)[0]!; // one output
      const gate = single(writer, "Add", [e, writer.constant(dtype, [], [1])]);
      return [single(writer, "Mul", [x, gate]), gate];
    },
  },
  silu: unary("silu", "x sigmoid(x)", (writer, inputs, types) => {
    const [x] = inputs as [string];
    if (types.inputs[0]!.dtype === "float32") {
      return writer.node("Mul", [x, single(writer, "Sigmoid", [x])]);
    }
    // ONNX Runtime would fuse x sigmoid(x) into a kernel that float64 lacks.
    const decay = single(writer, "Exp", [single(writer, "Neg", [x])]);
    return writer.node("Div", [
      x,
      single(writer, "Add", [decay, writer.constant("float64", [], [1])]),
    ]);
  }),
  equal: comparison("equal", "a = b", "Equal"),
  less: comparison("less", "a < b", "Less"),
  lessEqual: comparison("lessEqual", "a ≤ b", "LessOrEqual"),
  greater: comparison("greater", "a > b", "Greater"),
  greaterEqual: comparison("greaterEqual", "a ≥ b", "GreaterOrEqual"),
  and: logical("and", "both", "And"),
  or: logical("or", "either or both", "Or"),
  not: logical("not", "the opposite", "Not"),
  where: {
    meaning: "a where the condition holds, else b",
    infer: ([condition, a, b]) => {
      const value = broadcastType("where", a!, b!); // arity is fixed by Tensor.where
      const shape = broadcastShapes(condition!.shape, value.shape);
      if (condition!.dtype !== "bool" || !shape) {
        throw new ShapeError(
          `where: condition ${describe(condition!)} does not select between ${describe(a!)} and ${describe(b!)}`,
        );
      }
      return [{ dtype: value.dtype, shape }];
    },
    emit: (writer, inputs) => writer.node("Where", inputs),
  },
  cast: {
    meaning: "the same values in another element type",
    infer: ([x], { dtype }) => [{ dtype, shape: x!.shape }],
    emit: (writer, inputs, { outputs: [y] }) =>
      writer.node("Cast", inputs, { to: onnxType[y!.dtype] }),
  },
  stopGradient: {
    meaning: "x, treated as a constant by gradients",
    infer: ([x]) => [x!],
    emit: (_, inputs) => inputs,
  },
};

/**
 * erf in float64, for which ONNX Runtime has no CPU kernel: Abramowitz & Stegun's Chebyshev form would stop at 1e-7,
 * so the series erf(x) = 2/√π e^(-x²) Σ 2^n x^(2n+1) / (2n+1)!! is summed to n = 80
 * and |x| is clipped at 4.5, where 1 - erf is below 2e-10. Used by gradient checks only.
 */
function emitErf64(writer: OnnxWriter, x: string): string[] {
  const c = (value: number) => writer.constant("float64", [], [value]);
  const one = (type: OnnxOperator, inputs: readonly string[]) => single(writer, type, inputs);
  const clipped = one("Max", [one("Min", [x, c(4.5)]), c(-4.5)]);
  const square = one("Mul", [clipped, clipped]);
  let sum = c(1);
  for (let n = 80; n >= 1; n--) {
    // Horner: S = 1 + x² 2/(2n+1) S
    sum = one("Add", [one("Mul", [one("Mul", [square, c(2 / (2 * n + 1))]), sum]), c(1)]);
  }
  const envelope = one("Exp", [one("Neg", [square])]);
  return writer.node("Mul", [one("Mul", [one("Mul", [clipped, c(twoOverRootPi)]), envelope]), sum]);
}
