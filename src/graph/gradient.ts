import type { Differentiation } from "./gradients/gradientRule.ts";
import { gradients as rules } from "./gradients.ts";
import { constant, type Source, type Tensor } from "./tensor.ts";
import { topological } from "./topological.ts";
import { describe, ShapeError, sizeOf } from "./types.ts";

/**
 * Gradients of a scalar `loss` with respect to each tensor of `wrt`, as graph (reverse mode): each has the type of its
 * tensor, can be compiled with the loss, and can be differentiated again. A tensor that the loss does not depend on has
 * gradient zero. Operations that are not differentiable pass no gradient on. Throws a ShapeError where the loss is not a
 * single floating-point number.
 *
 * @example
 * ```ts
 * const x = input("x", [3]);
 * const loss = x.square().sum();
 * const [dx] = gradient(loss, [x]); // 2 x
 * ```
 */
export function gradient(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (sizeOf(loss.shape) !== 1 || !loss.dtype.startsWith("float")) {
    throw new ShapeError(`gradient: the loss must be one number, is ${describe(loss)}`);
  }
  const order = topological([loss]);
  const wanted = new Set(wrt);
  const reaches = new Set<Source>();
  for (const source of order) {
    const outputs = source.kind === "operation" ? source.outputs : [];
    const leads =
      source.kind === "operation" &&
      source.inputs.some((x) => reaches.has(x.source) || wanted.has(x));
    if (leads || outputs.some((y) => wanted.has(y))) reaches.add(source);
  }

  const gradients = new Map<Tensor, Tensor>([
    [loss, constant([1], [], loss.dtype).reshape(loss.shape)],
  ]);
  for (const source of order.toReversed()) {
    if (source.kind !== "operation" || !reaches.has(source)) continue;
    const incoming = source.outputs.map((y) => gradients.get(y));
    if (incoming.every((g) => g === undefined)) continue;
    const rule = rules[source.name] as Differentiation<typeof source.attributes>;
    if (rule === "not differentiable") continue;
    rule(incoming, source).forEach((g, i) => {
      const x = source.inputs[i];
      if (!g || !x || !(reaches.has(x.source) || wanted.has(x))) return;
      const sum = gradients.get(x);
      gradients.set(x, sum ? sum.add(g) : g);
    });
  }
  return wrt.map((x) => gradients.get(x) ?? constant([0], [], x.dtype).expand(x.shape));
}
