import { concat, gradient, type Tensor } from "../graph/index.ts";

/** What is looked at instead of a function's values, each of `[points, channels]`. */
export type Derivative = keyof typeof derivatives;

/**
 * Derivatives of `values`, `[n, channels]`, made of `points`, `[n, dimensions]`, channel by channel; per unit of the
 * coordinates, half of the longest side. Exact: the graph is differentiated, not the picture.
 */
export const derivatives = {
  /** `√(Σ_k (∂f/∂x_k)²)`. */
  gradient: (values: Tensor, points: Tensor): Tensor =>
    perChannel(values, (f) => slope(f, points).square().sum(-1, { keepDims: true }).sqrt()),
  /** `Σ_k ∂²f/∂x_k²`. */
  laplacian: (values: Tensor, points: Tensor): Tensor =>
    perChannel(values, (f) => {
      const along = (x: Tensor) => x.split(-1, Array(points.shape[1]).fill(1));
      return along(slope(f, points))
        .map((partial, k) => along(slope(partial, points))[k]!) // as many as dimensions
        .reduce((a, b) => a.add(b));
    }),
} as const;

export const derivativeNames = ["gradient", "laplacian"] as const satisfies readonly Derivative[];

/** Every point's own derivatives: a sum over points has no others. */
const slope = (f: Tensor, points: Tensor): Tensor => gradient(f.sum(), [points])[0]!; // one was asked for

const perChannel = (values: Tensor, of: (channel: Tensor) => Tensor): Tensor =>
  concat(values.split(-1, Array(values.shape[1]).fill(1)).map(of), -1);
