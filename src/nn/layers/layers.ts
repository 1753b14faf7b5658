import type { Tensor } from "../../graph/index.ts";
import { erfGate } from "../../graph/tensor.ts";
import { type Initializer, normal, ones, zeros } from "../initializers.ts";
import type { ParameterRole, Scope } from "../parameters.ts";

/** Standard deviation of GPT-2's weights (Radford et al. 2019). */
export const gptDeviation = 0.02;

/** Length of the last axis: the features of each position. */
export const widthOf = (x: Tensor): number => x.shape.at(-1) ?? 1;

export interface LinearOptions {
  /** What the weight is for; `hidden` by default. */
  readonly role?: ParameterRole;
  /** Whether b is added; true by default. */
  readonly bias?: boolean;
  /**
   * How W starts; by default as in GPT-2, with a standard deviation of 0.02. Without norms, narrow layers learn faster from
   * `fanIn()`.
   */
  readonly initialize?: Initializer;
  /** How b starts; zero by default. */
  readonly initializeBias?: Initializer;
  /** What x is multiplied with. Like `scaleOutput`, at no cost: the parameters are scaled, and they are far smaller. */
  readonly scaleInput?: number;
  /** What the result is multiplied with. */
  readonly scaleOutput?: number;
}

/** `x W + b`: `[…, K]` to `[…, width]`. */
export function linear(p: Scope, x: Tensor, width: number, options: LinearOptions = {}): Tensor {
  const {
    role = "hidden",
    bias = true,
    initialize = normal(gptDeviation),
    initializeBias = zeros,
    scaleInput = 1,
    scaleOutput = 1,
  } = options;
  const weight = p.get("weight", [widthOf(x), width], initialize, { role });
  const y = x.matmul(times(weight, scaleInput * scaleOutput));
  return bias ? y.add(times(p.get("bias", [width], initializeBias), scaleOutput)) : y;
}

const times = (x: Tensor, factor: number): Tensor => (factor === 1 ? x : x.mul(factor));

/** A learned vector for each index: integers `[…]` below `count` to `[…, width]`. */
export function embedding(p: Scope, indices: Tensor, count: number, width: number): Tensor {
  return p
    .get("table", [count, width], normal(gptDeviation), { role: "embedding" })
    .gather(indices);
}

/** Layer norm over the last axis, with learned scale and bias. */
export function layerNorm(p: Scope, x: Tensor): Tensor {
  const shape = [widthOf(x)];
  return x.layerNorm(p.get("scale", shape, ones, { role: "gain" }), p.get("bias", shape, zeros));
}

/** RMS norm over the last axis, with a learned scale. */
export function rmsNorm(p: Scope, x: Tensor): Tensor {
  return x.rmsNorm(p.get("scale", [widthOf(x)], ones, { role: "gain" }));
}

export interface MlpOptions {
  /** Width of the hidden layer; four times that of `x` by default. */
  readonly hidden?: number;
  /** How the projection back onto the residual stream starts. */
  readonly initializeOutput?: Initializer;
  /** What happens to the hidden layer before its nonlinearity. */
  readonly hooked?: (hidden: Tensor) => Tensor;
}

/** `gelu(x W₁ + b₁) W₂ + b₂`: two layers, back to the width of `x`. */
export function mlp(p: Scope, x: Tensor, options: MlpOptions = {}): Tensor {
  const { hidden = 4 * widthOf(x), initializeOutput = normal(gptDeviation) } = options;
  const { hooked } = options;
  const output = { initialize: initializeOutput };
  if (hooked) {
    const z = hooked(linear(p.in("hidden"), x, hidden));
    return linear(p.in("output"), z.gelu(), widthOf(x), output);
  }
  // gelu(z) = u (1 + erf u) / √2 with u = z / √2.
  const u = linear(p.in("hidden"), x, hidden, { scaleOutput: Math.SQRT1_2 });
  return linear(p.in("output"), erfGate(u), widthOf(x), { ...output, scaleInput: Math.SQRT1_2 });
}

/** `max(x W₁, 0)² W₂`, without biases (Primer, So et al. 2021). */
export function squaredReluMlp(p: Scope, x: Tensor, options: MlpOptions = {}): Tensor {
  const { hidden = 4 * widthOf(x), initializeOutput = normal(gptDeviation) } = options;
  const { hooked = (z) => z } = options;
  const z = hooked(linear(p.in("hidden"), x, hidden, { bias: false }));
  return linear(p.in("output"), z.squaredRelu(), widthOf(x), {
    ...{ bias: false, initialize: initializeOutput },
  });
}
