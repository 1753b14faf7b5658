/** Planes lie within ±this, where float64 computes with thresholds exactly. */
export const planeLimit = 512;

/**
 * The plane a stream starts at: ⌊log2 max|α|⌋, or finestPlane − 1 (an empty stream) if max|α| < T_f. In
 * the paper's terms this is m̃ − 1, the exponent of the first threshold T0 = 2^(m̃ − 1).
 * Throws RangeError if a coefficient is not finite or reaches 2^(planeLimit + 1).
 */
export function startingPlane(coefficients: Float64Array, finestPlane: number): number {
  let most = 0;
  for (let i = 0; i < coefficients.length; i++) {
    const magnitude = Math.abs(coefficients[i]!);
    // Written so that NaN, which compares false with everything, is caught as well.
    if (!(magnitude < 2 ** (planeLimit + 1)))
      throw new RangeError(
        `coefficient ${i} is ${coefficients[i]}, beyond the range of thresholds`,
      );
    if (magnitude > most) most = magnitude;
  }
  return most < 2 ** finestPlane ? finestPlane - 1 : floorLog2(most);
}

/** ⌊log2 x⌋ for x > 0, exactly: the rounded logarithm is off by at most one. */
export function floorLog2(x: number): number {
  const guess = Math.floor(Math.log2(x));
  if (2 ** guess > x) return guess - 1;
  return 2 ** (guess + 1) <= x ? guess + 1 : guess;
}
