import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { constant, type Source, type Tensor } from "./tensor.ts";
import { describe, ShapeError, sizeOf } from "./types.ts";

/**
 * Every source that `outputs` depend on, each after the sources of its inputs, which are visited from first to last. The
 * order matters to speed alone: of the inputs of a node ONNX Runtime runs those first that were written last, so that of
 * all gradients those of the last layers come first, each while what it is made of is still in the cache.
 */
export function topological(outputs: readonly Tensor[]): readonly Source[] {
  const order: Source[] = [];
  const seen = new Set<Source>();
  // An explicit stack: graphs of deep models overflow the call stack.
  const stack = outputs.map((tensor) => ({ source: tensor.source, entered: false })).reverse();
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.entered) {
      order.push(top.source);
      continue;
    }
    if (seen.has(top.source)) continue;
    seen.add(top.source);
    stack.push({ source: top.source, entered: true });
    if (top.source.kind === "operation") {
      for (const tensor of top.source.inputs.toReversed())
        stack.push({ source: tensor.source, entered: false });
    }
  }
  return order;
}

/**
 * Gradients of a scalar `loss` with respect to each of `wrt`, as graph (reverse mode). A tensor the loss does not
 * depend on has gradient zero; operations that are not differentiable pass none on. Throws a ShapeError where the loss is
 * no floating-point scalar.
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
    const rule = (operations[source.name] as Operation<typeof source.attributes>).gradient;
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
