import { concat, gradient, type Tensor } from "../../graph/index.ts";

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
        .map((partial, k) => along(slope(partial, points))[k]!)
        .reduce((a, b) => a.add(b));
    }),
} as const;

export const derivativeNames = ["gradient", "laplacian"] as const satisfies readonly Derivative[];

/** Partial derivatives of so high orders along the axes at many points, one array for them all. */
export type PartialDerivative = (orders: readonly number[]) => Float32Array<ArrayBuffer>;

/** The same made of partial derivatives, of which an array has one for each point and channel. */
export const ofPartials: Readonly<
  Record<Derivative, (partial: PartialDerivative, dimensions: number) => Float32Array<ArrayBuffer>>
> = {
  gradient: (partial, dimensions) =>
    summed(dimensions, (axis) => partial(along(axis, 1, dimensions)).map((x) => x * x)).map(
      Math.sqrt,
    ),
  laplacian: (partial, dimensions) =>
    summed(dimensions, (axis) => partial(along(axis, 2, dimensions))),
};

/** Orders that are 0 but along one axis. */
const along = (axis: number, order: number, dimensions: number): number[] =>
  Array.from({ length: dimensions }, (_, k) => (k === axis ? order : 0));

function summed(
  dimensions: number,
  term: (axis: number) => Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  const sum = term(0);
  for (let axis = 1; axis < dimensions; axis++) {
    for (const [i, x] of term(axis).entries()) sum[i]! += x;
  }
  return sum;
}

/** Every point's own derivatives: a sum over points has no others. */
const slope = (f: Tensor, points: Tensor): Tensor => gradient(f.sum(), [points])[0]!;

const perChannel = (values: Tensor, of: (channel: Tensor) => Tensor): Tensor =>
  concat(values.split(-1, Array(values.shape[1]).fill(1)).map(of), -1);
