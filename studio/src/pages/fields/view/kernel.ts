/** How values between places of a grid are made from the four nearest. */
export type Kernel = "bspline" | "bicubic" | "pixels";

/**
 * The weights of the places below - 1, below, below + 1 and below + 2 at `t` from 0 to 1 after `below`; for order 1 and 2 of the
 * derivatives along the axis. `bspline`: the cubic B-spline, of a spline's coefficients. `bicubic`: Keys' cubic with a = -1/2, as
 * the library's `resample` has it. `pixels`: the nearest.
 */
export function weightsOf(
  kernel: Kernel,
  t: number,
  order: 0 | 1 | 2,
): readonly [number, number, number, number] {
  const s = 1 - t;
  const [t2, s2] = [t * t, s * s];
  if (kernel === "pixels") {
    const isNext = order === 0 && t >= 0.5 ? 1 : 0;
    return [0, order === 0 ? 1 - isNext : 0, isNext, 0];
  }
  if (kernel === "bspline") {
    if (order === 0)
      return [(s2 * s) / 6, 2 / 3 - t2 + (t2 * t) / 2, 2 / 3 - s2 + (s2 * s) / 2, (t2 * t) / 6];
    if (order === 1) return [-s2 / 2, 1.5 * t2 - 2 * t, 2 * s - 1.5 * s2, t2 / 2];
    return [s, 3 * t - 2, 3 * s - 2, t];
  }
  if (order === 0)
    return [-0.5 * t * s2, 1 + t2 * (1.5 * t - 2.5), 1 + s2 * (1.5 * s - 2.5), -0.5 * s * t2];
  if (order === 1)
    return [-1.5 * t2 + 2 * t - 0.5, 4.5 * t2 - 5 * t, -4.5 * t2 + 4 * t + 0.5, 1.5 * t2 - t];
  return [2 - 3 * t, 9 * t - 5, 4 - 9 * t, 3 * t - 1];
}
