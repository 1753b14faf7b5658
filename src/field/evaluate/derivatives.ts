import { concat, gradient, type Tensor } from "../../graph/index.ts";

/** A derivative of a field, `[points, channels]`. */
export type Derivative = keyof typeof derivatives;

/**
 * Derivatives of `values`, `[n, channels]`, with respect to `points`, `[n, dimensions]`, channel by channel, per unit of the
 * coordinates: half of the longest side. They are exact, because the graph is differentiated and not the picture.
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

/** The partial derivative of the given orders along the axes, at all points and channels. */
export type PartialDerivative = (orders: readonly number[]) => Float32Array<ArrayBuffer>;

/** The same derivatives, composed of partial derivatives. */
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

/** Orders that are 0 except along one axis. */
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

/** The derivatives at every point: in the gradient of the sum over points, each point contributes its own alone. */
const slope = (f: Tensor, points: Tensor): Tensor => gradient(f.sum(), [points])[0]!;

const perChannel = (values: Tensor, of: (channel: Tensor) => Tensor): Tensor =>
  concat(values.split(-1, Array(values.shape[1]).fill(1)).map(of), -1);
