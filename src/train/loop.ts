import { setImmediate } from "node:timers/promises";
import { type Elapsed, type Plan, progressOf } from "./plan.ts";

/** What one step reports. */
export type StepMetrics = Readonly<Record<string, number>>;

export interface LoopOptions {
  readonly plan: Plan;
  /** Where to start: zero, or what a checkpoint says. */
  readonly start: Elapsed;
  /** Fraction of the plan at which the decay of the learning rate begins. */
  readonly decayFrom: number;
  /** Does step `step` (from 1), before which a fraction `progress` of the plan is done; says how many examples it saw. */
  step(step: number, progress: number): Promise<StepMetrics & { readonly examples: number }>;
  /** Told after every step. */
  report(elapsed: Elapsed, progress: number, metrics: StepMetrics): Promise<void>;
  /**
   * Saves the state: `latest` regularly, at the end and when interrupted; `trunk` once, just before the first step of the
   * decay, for a longer plan to continue from.
   */
  save(kind: "latest" | "trunk", elapsed: Elapsed): Promise<void>;
  /** Seconds between saves. */
  readonly saveEvery: number;
  /** Asked after every step: whether to stop although the plan is not done. */
  enough?(): boolean;
  /** Stops after the step in progress. */
  readonly signal: AbortSignal;
  /** Seconds on any clock. */
  readonly now?: () => number;
}

/** Steps until the plan is done or the signal says stop; returns how far it came. The last state is always saved. */
export async function trainingLoop(options: LoopOptions): Promise<Elapsed> {
  const { plan, start, signal, now = () => performance.now() / 1000 } = options;
  const begun = now() - start.seconds;
  let elapsed = start;
  let saved = start;
  let progress = progressOf(plan, elapsed);
  let enough = false;
  while (progress < 1 && !enough && !signal.aborted) {
    const metrics = await options.step(elapsed.step + 1, progress);
    elapsed = {
      step: elapsed.step + 1,
      seconds: now() - begun,
      examples: elapsed.examples + metrics.examples,
    };
    const before = progress;
    progress = progressOf(plan, elapsed);
    await options.report(elapsed, progress, metrics);
    enough = options.enough?.() ?? false;
    if (before < options.decayFrom && progress >= options.decayFrom) {
      await options.save("trunk", elapsed);
    }
    if (elapsed.seconds - saved.seconds >= options.saveEvery) {
      await options.save("latest", elapsed);
      saved = elapsed;
    }
    await setImmediate(); // signals and progress bars live on the event loop
  }
  if (saved !== elapsed || elapsed === start) await options.save("latest", elapsed);
  return elapsed;
}
