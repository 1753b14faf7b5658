import { type ElementwiseAttributes, twoOverRootPi } from "../operations/elementwise.ts";
import { constant, type Tensor } from "../tensor.ts";
import { isFloat } from "../types.ts";
import { type Differentiation, type GradientRule, sumTo, total } from "./gradientRule.ts";

type None = Record<never, never>;

/** The rule of an operation on two operands; `derivative` gives both gradients before they are summed to the operands' shapes. */
function binary(
  derivative: (g: Tensor, a: Tensor, b: Tensor, y: Tensor) => readonly [Tensor, Tensor],
): GradientRule<None> {
  return ([g], { inputs, outputs }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    if (!g) return [];
    const [da, db] = derivative(g, a, b, outputs[0]!); // every application has its outputs
    return [sumTo(da, a.shape), sumTo(db, b.shape)];
  };
}

/** The rule of a function of one operand; `derivative` gives dL/dx from dL/dy, x and y. */
function unary(derivative: (g: Tensor, x: Tensor, y: Tensor) => Tensor): GradientRule<None> {
  return ([g], { inputs, outputs }) => (g ? [derivative(g, inputs[0]!, outputs[0]!)] : []); // one of each
}

/** Splits the gradient between two operands: all to the one that `first` selects. */
function select(g: Tensor, first: Tensor): readonly [Tensor, Tensor] {
  const zero = g.mul(0);
  return [first.where(g, zero), first.where(zero, g)];
}

/** Gradient rules of the element-wise operations. */
export const elementwise: {
  readonly [K in keyof ElementwiseAttributes]: Differentiation<ElementwiseAttributes[K]>;
} = {
  add: binary((g) => [g, g]),
  sub: binary((g) => [g, g.neg()]),
  mul: binary((g, a, b) => [g.mul(b), g.mul(a)]),
  div: binary((g, _, b, y) => [g.div(b), g.mul(y).div(b).neg()]),
  pow: binary((g, a, b, y) => [g.mul(b).mul(a.pow(b.sub(1))), g.mul(y).mul(a.log())]),
  maximum: binary((g, a, b) => select(g, a.greaterEqual(b))),
  minimum: binary((g, a, b) => select(g, a.lessEqual(b))),
  neg: unary((g) => g.neg()),
  exp: unary((g, _, y) => g.mul(y)),
  log: unary((g, x) => g.div(x)),
  sqrt: unary((g, _, y) => g.mul(0.5).div(y)),
  sin: unary((g, x) => g.mul(x.cos())),
  cos: unary((g, x) => g.mul(x.sin()).neg()),
  tanh: unary((g, _, y) => g.sub(g.mul(y).mul(y))),
  erf: unary((g, x) => g.mul(x.mul(x).neg().exp()).mul(twoOverRootPi)),
  sigmoid: unary((g, _, y) => g.mul(y).mul(y.neg().add(1))),
  abs: unary((g, x) => g.mul(x.sign())),
  sign: "not differentiable",
  relu: unary((g, x) => g.mul(x.greater(0).cast(g.dtype))), // `where` takes twice as long
  squaredRelu: ([g, gRoot], { inputs, outputs }) => {
    const [x, root] = [inputs[0]!, outputs[1]!]; // one input, two outputs
    const viaSquare = g?.mul(root);
    const viaRoot = gRoot?.mul(x.greater(0).cast(x.dtype));
    return [total(viaSquare?.add(viaSquare), viaRoot)];
  },
  erfGate: ([g, gGate], { inputs, outputs }) => {
    const x = inputs[0]!; // one input
    const gate = outputs[1]!; // two outputs
    const bell = constant([Math.log(twoOverRootPi)], [], x.dtype)
      .sub(x.mul(x))
      .exp(); // erf'
    return [total(g?.mul(gate.add(x.mul(bell))), gGate?.mul(bell))];
  },
  silu: unary((g, x, y) => {
    const s = x.sigmoid();
    return g.mul(x.sub(y).mul(s).add(s)); // s (1 + x - y)
  }),
  equal: "not differentiable",
  less: "not differentiable",
  lessEqual: "not differentiable",
  greater: "not differentiable",
  greaterEqual: "not differentiable",
  and: "not differentiable",
  or: "not differentiable",
  not: "not differentiable",
  where: ([g], { inputs }) => {
    const [condition, a, b] = inputs as readonly [Tensor, Tensor, Tensor];
    if (!g) return [];
    const [da, db] = select(g, condition);
    return [undefined, sumTo(da, a.shape), sumTo(db, b.shape)];
  },
  cast: ([g], { inputs }) => {
    const x = inputs[0]!; // one input
    return g && isFloat(x.dtype) && isFloat(g.dtype) ? [g.cast(x.dtype)] : [];
  },
  stopGradient: "not differentiable",
};
