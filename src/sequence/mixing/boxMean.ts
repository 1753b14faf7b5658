import { constant, type Tensor } from "../../graph/index.ts";
import { type Past, wholeSequence } from "../../nn/decoding/past.ts";

/**
 * What a mean divides by near the start, where a window reaches back beyond it: `zero` always by the window's length, as
 * if zeros stood before the sequence; `renormalized` by the positions that are there.
 */
export type Edge = "zero" | "renormalized";

/**
 * `y_i(k) = 1/f_i Σ x_i(m)` over the last `f_i = windows[i]` positions m ≤ k, of `[batch, length, features]`: the running
 * sum minus itself f_i positions ago. Windows must rise from feature to feature.
 */
export function boxMean(x: Tensor, windows: readonly number[], edge: Edge): Tensor {
  if (windows.every((f) => f === 1)) return x;
  const sums = x.cumsum(1);
  const length = x.shape[1] ?? 0;
  const inWindow = sums.sub(wholeSequence.ago(sums, windows));
  const count = (k: number, f: number) => (edge === "zero" ? f : Math.min(f, k + 1));
  const rows = edge === "zero" ? 1 : length;
  const share = Array.from({ length: rows }, (_, k) => windows.map((f) => 1 / count(k, f))).flat();
  return inWindow.mul(constant(share, [rows, windows.length], x.dtype));
}

/** The same for the next position: the sum goes on, plus what comes in, minus what falls out of the window. */
export function boxMeanStep(x: Tensor, windows: readonly number[], edge: Edge, past: Past): Tensor {
  if (windows.every((f) => f === 1)) return x;
  const leaving = past.ago(x, windows);
  const sum = past.carried((before) => before.add(x).sub(leaving), x);
  const lengths = constant(windows, [windows.length], x.dtype);
  if (edge === "zero") return sum.div(lengths);
  const seen = past.carried((before) => before.add(1), x);
  return sum.div(seen.minimum(lengths));
}
