import { constant, type Tensor } from "../../../graph/index.ts";
import { pointsOf } from "../../signal/signal.ts";
import { mirrored } from "./dyadicGrid.ts";

/** The root, inside the unit circle, of the filter [1, 4, 1] / 6 that maps coefficients of a cubic spline to its samples. */
const root = Math.sqrt(3) - 2;

/** Extra coefficients before the first and after the last position, for points up to half a step outside. */
const margin = 2;

/**
 * Coefficients of the cubic spline through values at positions 0, 1, … of each axis, `[…size, channels]`, mirrored at the first
 * and the last, with two more on every side: `[…size + 4, channels]`. Along an axis `c_i = √3 Σ_k z^|k| x_{i+k}` with
 * z = √3 - 2 (Unser, Aldroubi & Eden 1993), truncated where z^16 = 7·10⁻¹⁰.
 */
export function splineCoefficients(values: Tensor): Tensor {
  const axes = values.shape.length - 1;
  const rotation = [...Array(axes).keys()].map((axis) => (axis + 1) % axes);
  let x = values;
  for (let axis = 0; axis < axes; axis++) x = alongFirst(x).transpose([...rotation, axes]);
  return x;
}

function alongFirst(x: Tensor): Tensor {
  const length = x.shape[0]!;
  const shifts = [1, 2, 4, 8];
  const reach = shifts.reduce((a, b) => a + b, 0);
  const side = margin + reach;
  const places = Array.from({ length: length + 2 * side }, (_, i) => mirrored(i - side, length));
  const wide = x.gather(constant(places, [places.length], "int64"));
  // Σ_{k<16} z^k S^k = (1 + z S)(1 + z² S²)(1 + z⁴ S⁴)(1 + z⁸ S⁸) for a shift S.
  let [before, after] = [wide, wide];
  for (const shift of shifts) {
    const factor = root ** shift;
    before = before.slice(0, shift).add(before.slice(0, 0, -shift).mul(factor));
    after = after.slice(0, 0, -shift).add(after.slice(0, shift).mul(factor));
  }
  const count = length + 2 * margin;
  return before
    .slice(0, 0, count)
    .add(after.slice(0, reach, reach + count))
    .sub(wide.slice(0, reach, reach + count))
    .mul(Math.sqrt(3));
}

/**
 * Evaluates the spline of `coefficients` (see `splineCoefficients`) at `points`, `[n, dimensions]` in the coordinates of
 * `coordinatesOf` for a signal of `samples`: `[n, channels]`. The function is mirrored at the outer edges of the first and the
 * last sample.
 */
export function splineAt(coefficients: Tensor, points: Tensor, samples: readonly number[]): Tensor {
  const longest = Math.max(...samples);
  const count = points.shape[0]!;
  const sizes = coefficients.shape.slice(0, -1);
  const axes = points.split(1, Array(samples.length).fill(1)).map((x, axis) => {
    const n = samples[axis]!;
    const at = folded(x.mul(longest / 2).add(n / 2), n).add(margin - 0.5);
    const place = floor(at);
    return { place, weights: weightsOf(at.sub(place)) };
  });
  let rows = constant([0], [1, 1], "int64");
  let weights: Tensor | undefined;
  for (const [axis, { place, weights: own }] of axes.entries()) {
    const stride = pointsOf(sizes.slice(axis + 1));
    const first = place.cast("int64").add(constant([-1, 0, 1, 2], [1, 4], "int64"));
    const along = first.mul(constant([stride], [], "int64"));
    rows = outer(rows, along, (a, b) => a.add(b));
    weights = weights ? outer(weights, own, (a, b) => a.mul(b)) : own;
  }
  if (!weights) throw new RangeError("splineAt: points without coordinates");
  const channels = coefficients.shape.at(-1)!;
  const neighbors = coefficients.reshape([-1, channels]).gather(rows);
  return neighbors.mul(weights.reshape([count, -1, 1])).sum(1);
}

/** Combines every column of `a` with every column of `b`, row by row. */
function outer(a: Tensor, b: Tensor, combine: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const [rows, left, right] = [b.shape[0]!, a.shape[1]!, b.shape[1]!];
  const all = combine(a.reshape([a.shape[0]!, left, 1]), b.reshape([rows, 1, right]));
  return all.reshape([rows, left * right]);
}

/** Mirrors x at 0 and n until it lies between. */
function folded(x: Tensor, n: number): Tensor {
  const periods = floor(x.mul(1 / (2 * n)).add(0.5));
  return x.sub(periods.mul(2 * n)).abs();
}

/** The largest integer not above x; its gradient is 0. */
function floor(x: Tensor): Tensor {
  const whole = x.stopGradient().cast("int64").cast(x.dtype);
  return whole.sub(x.stopGradient().less(whole).cast(x.dtype));
}

/** The cubic B-spline at distances 1 + t, t, 1 - t and 2 - t from its center, `[n, 4]`, for t in [0, 1). */
function weightsOf(t: Tensor): Tensor {
  const powers = [t.mul(0).add(1), t, t.square(), t.square().mul(t)];
  return powers
    .map((power, k) => power.mul(constant(pieces[k]!, [1, 4], t.dtype)))
    .reduce((a, b) => a.add(b));
}

/** Coefficients of 1, t, t² and t³ (rows) in the four weights (columns). */
const pieces = [
  [1, 4, 1, 0],
  [-3, 0, 3, 0],
  [3, -6, 3, 0],
  [-1, 3, -3, 1],
].map((row) => row.map((x) => x / 6));
