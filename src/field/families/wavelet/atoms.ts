import { concat, type Tensor } from "../../../graph/index.ts";
import { normal, uniform } from "../../../nn/initializers.ts";
import type { Scope } from "../../../nn/parameters.ts";

/** Isotropic atoms can be rotated and scaled, anisotropic ones also stretched. */
export type AtomShape = "isotropic" | "anisotropic";

/** Coordinates per unit of a center parameter: a step of Adam moves a center by 0.3 times the learning rate. */
export const centerUnit = 0.3;
/** Scale per unit of a matrix parameter, in units of the template per coordinate. */
export const matrixUnit = 10;

/** Parameters of a matrix; a similarity has 1, 2 or 4 (a quaternion) in 1, 2 or 3 dimensions. */
export const matrixNumbers = (shape: AtomShape, dimensions: number): number =>
  shape === "anisotropic" ? dimensions ** 2 : ([1, 2, 4][dimensions - 1] ?? 0);

/**
 * The local coordinates `W_t (r - c_t)` of every point in every atom, `[points, units]` for each axis (eq. 1 of Roddenberry et
 * al. 2024, written with centers, which do not move when W_t is scaled).
 */
export function atomCoordinates(
  p: Scope,
  points: Tensor,
  units: number,
  shape: AtomShape,
): Tensor[] {
  const dimensions = points.shape[1] ?? 0;
  const center = p
    .get("center", [dimensions, units], uniform(1 / centerUnit), { role: "kernel" })
    .mul(centerUnit);
  const numbers = p
    .get("matrix", [matrixNumbers(shape, dimensions), units], normal(1), { role: "kernel" })
    .mul(matrixUnit);
  return matrixRows(numbers, shape, dimensions).map((row) =>
    points.matmul(row).sub(row.mul(center).sum(0, { keepDims: true })),
  );
}

/** The rows of the matrices of all units, `[dimensions, units]` each. */
function matrixRows(numbers: Tensor, shape: AtomShape, dimensions: number): Tensor[] {
  if (shape === "anisotropic") return numbers.split(0, Array(dimensions).fill(dimensions));
  const n = numbers.split(0, Array(numbers.shape[0]).fill(1));
  if (dimensions === 1) return n;
  if (dimensions === 2) {
    const [a, b] = n as [Tensor, Tensor]; // two numbers
    return [concat([a, b], 0), concat([b.neg(), a], 0)];
  }
  // A quaternion a + bi + cj + dk rotates by its angle and scales by its squared length; divided by its length here.
  const [a, b, c, d] = n as [Tensor, Tensor, Tensor, Tensor]; // four numbers
  const [aa, bb, cc, dd] = [a.square(), b.square(), c.square(), d.square()];
  const length = aa.add(bb).add(cc).add(dd).sqrt();
  const twice = (x: Tensor, y: Tensor) => x.mul(y).mul(2);
  const row = (...x: readonly Tensor[]) => concat(x, 0).div(length);
  return [
    row(aa.add(bb).sub(cc).sub(dd), twice(b, c).sub(twice(a, d)), twice(b, d).add(twice(a, c))),
    row(twice(b, c).add(twice(a, d)), aa.sub(bb).add(cc).sub(dd), twice(c, d).sub(twice(a, b))),
    row(twice(b, d).sub(twice(a, c)), twice(c, d).add(twice(a, b)), aa.sub(bb).sub(cc).add(dd)),
  ];
}
