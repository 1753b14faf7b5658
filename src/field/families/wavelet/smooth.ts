import { constant, type Tensor } from "../../../graph/index.ts";
import { zeros } from "../../../nn/initializers.ts";
import type { Scope } from "../../../nn/parameters.ts";
import type { FieldSize } from "../../family.ts";
import { alongAxis } from "../../signal/resample.ts";
import type { Signal } from "../../signal/signal.ts";
import { ridgeProjector } from "./ridge.ts";

/** Gaussians along each axis for 1, 2 and 3 axes, when combined with a wavelet network. */
const usual = [32, 16, 8] as const;
export const usualPerAxis = (dimensions: number): number => usual[dimensions - 1] ?? 0;

/**
 * The scaling network (section 4.3 of Roddenberry et al. 2024, linear here as there): a constant and Gaussians on a grid over
 * [-1, 1] whose spacing Δ is their standard deviation, `a₀ + Σ_k a_k exp(-‖r - c_k‖² / 2Δ²)`: `[points, channels]`. Gaussians
 * of several axes are computed as products.
 */
export function scalingNetwork(
  p: Scope,
  points: Tensor,
  { channels, dimensions }: FieldSize,
  count = usualPerAxis(dimensions),
): Tensor {
  const bells = points.split(1, Array(dimensions).fill(1)).map((x) => bellsAt(x, count));
  const weights = p.get("weight", [count ** dimensions, channels], zeros, { role: "head" });
  const n = points.shape[0] ?? 0;
  const [first, ...others] = bells as [Tensor, ...Tensor[]]; // an axis at least
  let y = first.matmul(weights.reshape([count, count ** (dimensions - 1) * channels]));
  for (const [i, bell] of others.entries()) {
    const rest = count ** (dimensions - 2 - i) * channels;
    y = y
      .reshape([n, count, rest])
      .mul(bell.reshape([n, count, 1]))
      .sum(1);
  }
  return y.reshape([n, channels]).add(p.get("bias", [channels], zeros));
}

const centersOf = (count: number): number[] =>
  Array.from({ length: count }, (_, k) => (2 * k + 1) / count - 1);

/** `[n, 1]` coordinates to `[n, count]` bells. */
function bellsAt(x: Tensor, count: number): Tensor {
  const away = x.sub(constant(centersOf(count), [1, count], x.dtype)).mul(count / 2);
  return away.square().mul(-0.5).exp();
}

/**
 * Fits the scaling network to a signal in closed form: its weights, `[…Gaussians, channels]`, and the mean of each channel. This
 * is one ridge regression (λ = 10⁻⁶) on all samples per axis. Since such wide Gaussians represent low frequencies only, the
 * signal need not be blurred first.
 */
export function fitScaling(
  { size, channels, values }: Signal,
  count = usualPerAxis(size.length),
): { readonly weight: Float64Array; readonly bias: Float64Array } {
  const points = values.length / channels;
  const bias = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) bias[i % channels]! += values[i]! / points;
  let rest = new Float64Array(values).map((value, i) => value - bias[i % channels]!);
  const longest = Math.max(...size);
  const reached = [...size];
  for (const [axis, length] of size.entries()) {
    const bells = Array.from({ length }, (_, i) => {
      const x = (2 * i + 1 - length) / longest;
      return centersOf(count).map((center) => Math.exp(-0.5 * ((x - center) * (count / 2)) ** 2));
    });
    const stride = reached.slice(axis + 1).reduce((a, b) => a * b, channels);
    const taps = ridgeProjector(bells, 1e-6).map((weights) => ({ start: 0, weights }));
    rest = alongAxis(rest, length, stride, taps);
    reached[axis] = count;
  }
  return { weight: rest, bias };
}
