import type { Source, Tensor } from "./tensor.ts";

/**
 * Every source that `outputs` depend on, each one after the sources of its inputs. Inputs are visited from first to last.
 *
 * The order affects speed only. ONNX Runtime runs the inputs of a node in reverse order of writing, so the gradients of
 * the last layers are computed first, while the values that they use are still in the cache.
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
