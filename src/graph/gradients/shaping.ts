import type { ShapingAttributes } from "../operations/shaping.ts";
import { concat, constant } from "../tensor.ts";
import { type Differentiation, sumTo } from "./gradientRule.ts";

/** Gradient rules of the operations that move elements. */
export const shaping: {
  readonly [K in keyof ShapingAttributes]: Differentiation<ShapingAttributes[K]>;
} = {
  reshape: ([g], { inputs: [x] }) => (g ? [g.reshape(x!.shape)] : []),
  transpose: ([g], { attributes: { permutation } }) => {
    const inverse: number[] = [];
    permutation.forEach((axis, i) => {
      inverse[axis] = i;
    });
    return g ? [g.transpose(inverse)] : [];
  },
  slice: ([g], { inputs: [x], attributes: { axis, start, end } }) =>
    g ? [g.pad(axis, start, x!.shape[axis]! - end)] : [],
  split: (gradients, { outputs, attributes: { axis } }) => {
    const parts = outputs.map((y, i) => gradients[i] ?? constant([0], [], y.dtype).expand(y.shape));
    return [concat(parts, axis)];
  },
  concat: ([g], { inputs, attributes: { axis } }) => {
    let start = 0;
    return inputs.map((x) => {
      const end = start + x.shape[axis]!;
      const part = g?.slice(axis, start, end);
      start = end;
      return part;
    });
  },
  pad: ([g], { attributes: { axis, before, after } }) => (g ? [g.pad(axis, -before, -after)] : []),
  expand: ([g], { inputs: [x] }) => (g ? [sumTo(g, x!.shape)] : []),
};
