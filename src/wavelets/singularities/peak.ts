/**
 * How sharp a peak is at least, relative to that of a step. A step's peak is a Gaussian, which bends by height / a²
 * from sample to sample; where the Gaussian's cut-off end meets a kink, the bend is 7·10⁻⁶ of that.
 */
const leastBend = 2e-5;

/** The top of a peak between samples. */
export interface Peak {
  /** Where the top lies relative to the middle sample, in sample distances: −½ … ½. */
  readonly offset: number;
  readonly height: number;
}

/**
 * The top of the parabola through three neighboring samples of a transform at a scale; undefined if the middle one is
 * no peak, or nothing but rounding. Of two equal samples that share a top, the first is the peak and not the second.
 */
export function peak(before: number, here: number, after: number, scale: number): Peak | undefined {
  const bend = here - before + (here - after);
  const least = (leastBend * here) / scale ** 2;
  if (!(here > before && here >= after && bend > least)) return undefined;
  const offset = (after - before) / (2 * bend);
  return { offset, height: here + (offset * (after - before)) / 4 };
}
