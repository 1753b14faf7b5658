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

export interface StableOptions {
  /** Highest learning rate. */
  readonly peak: number;
  /** Steps of linear rise from zero. */
  readonly warmup: number;
  /** Fraction of the plan after which the rate falls. */
  readonly decayFrom: number;
  /** Fraction of the peak that is left at the end. */
  readonly floor: number;
}

/**
 * Learning rate of a step (from 1) that a fraction `progress` of the plan precedes: a linear rise, a constant stretch, and
 * half a cosine down to `floor` times the peak (the warm-up, stable, decay schedule of Hu et al. 2024). Until the decay the
 * rate does not depend on how long the plan is, so that a longer plan can continue from where the decay began.
 */
export function warmupStableDecay(step: number, progress: number, options: StableOptions): number {
  const { peak, warmup, decayFrom, floor } = options;
  const rise = Math.min(1, step / Math.max(1, warmup));
  const decayed = Math.min(1, Math.max(0, progress - decayFrom) / (1 - decayFrom));
  return peak * rise * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * decayed)));
}
