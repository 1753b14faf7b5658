/**
 * The smallest curvature of a peak relative to that of a step. The peak of a step is a Gaussian, whose curvature is
 * height / a² per sample. Where the cut-off end of the Gaussian meets a kink, the relative curvature is 7·10⁻⁶.
 */
const leastBend = 2e-5;

/** The top of a peak between samples. */
export interface Peak {
  /** The position of the top relative to the middle sample, in samples: −½ … ½. */
  readonly offset: number;
  readonly height: number;
}

/**
 * The top of the parabola through three adjacent samples of a transform at a scale; undefined if the middle one is not a
 * peak, or only by rounding. Of two equal samples that share a top, only the first is a peak.
 */
export function peak(before: number, here: number, after: number, scale: number): Peak | undefined {
  const bend = here - before + (here - after);
  const least = (leastBend * here) / scale ** 2;
  if (!(here > before && here >= after && bend > least)) return undefined;
  const offset = (after - before) / (2 * bend);
  return { offset, height: here + (offset * (after - before)) / 4 };
}
