export interface ScheduleOptions {
  /** Highest learning rate. */
  readonly peak: number;
  /** Steps of linear rise from zero; at most `total`. */
  readonly warmup: number;
  /** Fraction of the peak that is left at the end. */
  readonly floor?: number;
}

/**
 * Learning rate of step 1 … total: a linear rise to the peak, then half a cosine down to `floor` times the peak, where it
 * stays (Loshchilov & Hutter 2017, without restarts).
 */
export function warmupCosine(step: number, total: number, options: ScheduleOptions): number {
  const { peak, floor = 0.1 } = options;
  const warmup = Math.min(options.warmup, total);
  if (step <= warmup && warmup > 0) return (peak * step) / warmup;
  const done = Math.min(1, (step - warmup) / Math.max(1, total - warmup));
  return peak * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * done)));
}
