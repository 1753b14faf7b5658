import { concat, gradient, type Tensor } from "../graph/index.ts";
import { type Bound, bindInputs, type ParameterLayout, type Scope } from "../nn/parameters.ts";

/**
 * What is minimized: a function of the parameters to a scalar loss, and scalars worth watching. A loss may come in parts to
 * be summed: each is then differentiated by itself, one after another, and memory holds the activations of one part alone.
 */
export type Objective<Metric extends string> = (p: Scope) => {
  readonly loss: Tensor | readonly Tensor[];
  readonly metrics: Readonly<Record<Metric, Tensor>>;
};

/** An objective and its gradient, as graph. */
export interface Differentiated<Metric extends string> {
  readonly loss: Tensor;
  readonly metrics: Readonly<Record<Metric, Tensor>>;
  /** The gradient of the loss, of all parameters one after another: `[layout.size]`. */
  readonly gradient: Tensor;
}

/**
 * Differentiates an objective by the parameters of its layout; the gradient is that of `weight` times the loss. The parameters
 * are inputs, to be fed with `feedsOf`, unless they are bound otherwise.
 */
export function differentiate<Metric extends string>(
  objective: Objective<Metric>,
  layout: ParameterLayout,
  { weight, bound = bindInputs(layout) }: { readonly weight?: Tensor; readonly bound?: Bound } = {},
): Differentiated<Metric> {
  const { scope, tensors } = bound;
  const { loss, metrics } = objective(scope);
  const weighted = (part: Tensor) => (weight ? part.mul(weight) : part);
  if (!isList(loss)) return { loss, metrics, gradient: flatGradient(weighted(loss), tensors) };
  // Loss and gradient of a part lie in one array, so that ONNX Runtime is done with the part before it begins another.
  const parts = loss.map((part) =>
    concat([flatGradient(weighted(part), tensors), part.reshape([1])], 0),
  );
  const sum = parts.reduce((total, part) => total.add(part));
  const { size } = layout;
  return { metrics, loss: sum.slice(0, size).reshape([]), gradient: sum.slice(0, 0, size) };
}

const isList = (loss: Tensor | readonly Tensor[]): loss is readonly Tensor[] => Array.isArray(loss);

/** The gradient of a loss as one arena. */
const flatGradient = (loss: Tensor, parameters: readonly Tensor[]): Tensor =>
  concat(
    gradient(loss, parameters).map((g) => g.reshape([-1])),
    0,
  );
