import type { Tensor } from "../graph/index.ts";
import { type Initialiser, normal, ones, zeros } from "./initialisers.ts";
import type { Scope } from "./parameters.ts";

/** Standard deviation of GPT-2's weights (Radford et al. 2019). */
export const gptDeviation = 0.02;

/** Length of the last axis: the features of each position. */
export const widthOf = (x: Tensor): number => x.shape.at(-1) ?? 1;

export interface LinearOptions {
  readonly bias?: boolean;
  readonly initialise?: Initialiser;
}

/** `x W + b`: `[…, K]` to `[…, width]`. */
export function linear(p: Scope, x: Tensor, width: number, options: LinearOptions = {}): Tensor {
  const { bias = true, initialise = normal(gptDeviation) } = options;
  const y = x.matmul(p.get("weight", [widthOf(x), width], initialise));
  return bias ? y.add(p.get("bias", [width], zeros)) : y;
}

/** A learned vector for each index: integers `[…]` below `count` to `[…, width]`. */
export function embedding(p: Scope, indices: Tensor, count: number, width: number): Tensor {
  return p.get("table", [count, width], normal(gptDeviation)).gather(indices);
}

/** Layer norm over the last axis, with learned scale and bias. */
export function layerNorm(p: Scope, x: Tensor): Tensor {
  const shape = [widthOf(x)];
  return x.layerNorm(p.get("scale", shape, ones), p.get("bias", shape, zeros));
}

/** RMS norm over the last axis, with a learned scale. */
export function rmsNorm(p: Scope, x: Tensor): Tensor {
  return x.rmsNorm(p.get("scale", [widthOf(x)], ones));
}

export interface MlpOptions {
  /** Width of the hidden layer; four times that of `x` by default. */
  readonly hidden?: number;
  /** How the projection back onto the residual stream starts. */
  readonly initialiseOutput?: Initialiser;
}

/** `gelu(x W₁ + b₁) W₂ + b₂`: two layers, back to the width of `x`. */
export function mlp(p: Scope, x: Tensor, options: MlpOptions = {}): Tensor {
  const { hidden = 4 * widthOf(x), initialiseOutput = normal(gptDeviation) } = options;
  const h = linear(p.in("hidden"), x, hidden).gelu();
  return linear(p.in("output"), h, widthOf(x), { initialise: initialiseOutput });
}
