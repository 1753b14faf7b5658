import { type Elapsed, nothingDone, type Plan, progressOf } from "./plan.ts";
import type { Rhythm } from "./trainable.ts";

/**
 * Whether a training is to be validated now: a function of where it is, asked after every step in order. `from` is where
 * the training starts or resumes.
 */
export function rhythmOf(
  rhythm: Rhythm | undefined,
  plan: Plan,
  from: Elapsed = nothingDone,
): (now: Elapsed) => boolean {
  if (!rhythm) return () => false;
  let before = from;
  const passed = (due: (before: Elapsed, now: Elapsed) => boolean) => (now: Elapsed) => {
    const isDue = due(before, now);
    before = now;
    return isDue;
  };
  if ("by" in rhythm) {
    const count = (at: Elapsed) => (rhythm.by === "steps" ? at.step : at.examples);
    let next = Math.max(rhythm.first, count(from) * rhythm.growth);
    return (now) => {
      if (count(now) < next) return false;
      next = count(now) * rhythm.growth;
      return true;
    };
  }
  if ("times" in rhythm) {
    const slot = (at: Elapsed) => Math.floor(progressOf(plan, at) * rhythm.times);
    return passed((a, b) => slot(b) > slot(a));
  }
  const { steps = [], seconds = [] } = rhythm;
  return passed(
    (a, b) =>
      steps.some((mark) => a.step < mark && mark <= b.step) ||
      seconds.some((mark) => a.seconds < mark && mark <= b.seconds),
  );
}
