import { createRandom } from "../../data/random/random.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { trainingLoop } from "../../train/loop.ts";
import { type Elapsed, nothingDone, type Plan } from "../../train/plan.ts";
import { openMovingEvaluator, viewValues } from "../evaluate/evaluate.ts";
import { wholeView } from "../evaluate/view.ts";
import type { FieldFamily, FieldSize, Init } from "../family.ts";
import { openDescent, optimizer, rateOf } from "../fit/descent.ts";
import { fieldLayout } from "../fit/sizing.ts";
import { startOf } from "../fit/start.ts";
import { quality } from "../signal/quality.ts";
import { coordinatesOf, type Signal } from "../signal/signal.ts";
import { type ClockName, clocks } from "./clock.ts";

/** When a fit is looked at on its way, besides at its end: after these steps, and once so many seconds are over. */
export interface Marks {
  readonly steps?: readonly number[];
  readonly seconds?: readonly number[];
}

export interface TrialOptions extends CompileOptions {
  /** How long to fit; the learning rate falls over it. */
  readonly plan: Plan;
  /** Highest learning rate. */
  readonly peak: number;
  readonly seed: number;
  /** Where atoms start, in the families that have atoms. */
  readonly init: Init;
  /** Points of a step; all of them where there are fewer. */
  readonly batch: number;
  readonly marks?: Marks;
  /** What seconds are of; the wall clock's by default. */
  readonly clock?: ClockName;
  /** Stops after the step in progress; the trial then throws its reason. */
  readonly signal: AbortSignal;
  /** Told after every step. */
  report?(elapsed: Elapsed, progress: number, text: string): void;
}

/** How well a fit met all samples of its signal after some steps. */
export interface CurvePoint {
  readonly step: number;
  /** Of the start and of training. */
  readonly seconds: number;
  /** In dB, of all samples. */
  readonly psnr: number;
}

/** How a fit went. */
export interface Trial {
  readonly steps: number;
  /** Of the start, where it looks at the signal, and of training: neither compilation nor the looks on the way count. */
  readonly seconds: number;
  /** Of all samples by the last parameters, in dB, never of the best that were seen; NaN where the fit diverged. */
  readonly psnr: number;
  /** Whether the loss, or a value at a mark, was no number any more; the fit ends there. */
  readonly diverged: boolean;
  /** At the marks and at the end, as far as it was a number. */
  readonly curve: readonly CurvePoint[];
  /** Those of the last step. */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Real parameters. */
  readonly count: number;
  /** The signal's samples by the last parameters, `[…size, channels]`; empty where the fit diverged. */
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * Fits a field of any family to a signal, in memory: the same fit as `fitField` makes in a folder, to the bit where the
 * plan is of steps.
 */
export async function runTrial(
  { family, size }: { readonly family: FieldFamily; readonly size: FieldSize },
  signal: Signal,
  options: TrialOptions,
): Promise<Trial> {
  const { plan, peak, seed, init, batch, marks = {}, ...rest } = options;
  const { clock: clockName = "wall", signal: abort, report, ...engine } = rest;
  const field = { family, size, layout: fieldLayout(family, size) };
  const random = createRandom(seed);
  const clock = clocks[clockName];
  const begun = clock();
  const start = await startOf(field, signal, random, init);
  const started = { ...nothingDone, seconds: clock() - begun };
  if (family.solved) {
    const place = { view: wholeView(signal.size), samples: signal.size };
    const values = await viewValues(field, start, place, engine);
    const { psnr } = quality(signal, { ...signal, values });
    const { step, seconds } = started;
    return {
      ...{ steps: step, seconds, psnr, diverged: false, curve: [{ step, seconds, psnr }] },
      ...{ parameters: start, count: field.layout.size, values },
    };
  }
  await using descent = await openDescent(field, signal, { ...engine, peak, batch, random });
  const { trainer } = descent;
  const zeros = optimizer.slots.map((name) => [name, new Float32Array(field.layout.size)] as const);
  trainer.restore({ ...Object.fromEntries(zeros), parameters: start }, 0);
  await using evaluator = await openMovingEvaluator(field, engine);
  const points = coordinatesOf(signal.size);
  const parameters = () => trainer.state().parameters!; // the first arena's name

  const watch = stopwatch(clock);
  const curve: CurvePoint[] = [];
  let values = new Float32Array();
  let diverged = false;
  let before: Elapsed = started;
  const look = async ({ step, seconds }: Elapsed) => {
    values = await evaluator.values(points, parameters());
    const { psnr } = quality(signal, { ...signal, values });
    diverged = !(psnr > Number.NEGATIVE_INFINITY);
    if (!diverged) curve.push({ step, seconds, psnr });
  };
  const end = await trainingLoop({
    plan,
    start: started,
    decayFrom: rateOf(peak).decayFrom,
    signal: abort,
    now: watch.now,
    saveEvery: Number.POSITIVE_INFINITY,
    save: async () => {},
    step: (step, progress) => descent.step(step, progress),
    report: (elapsed, progress, { loss = Number.NaN }) =>
      watch.aside(async () => {
        diverged = !Number.isFinite(loss);
        if (!diverged && (progress >= 1 || passesMark(marks, before, elapsed))) await look(elapsed);
        before = elapsed;
        const { psnr } = curve.at(-1) ?? {};
        report?.(elapsed, progress, psnr === undefined ? "" : `${psnr.toFixed(2)} dB`);
      }),
    enough: () => diverged,
  });
  abort.throwIfAborted();
  // A start that took the whole plan leaves no step to look after.
  if (end.step === 0) await look(end);
  return {
    steps: end.step,
    seconds: end.seconds,
    psnr: diverged ? Number.NaN : (curve.at(-1)?.psnr ?? Number.NaN),
    diverged,
    curve,
    parameters: parameters(),
    count: field.layout.size,
    values: diverged ? new Float32Array() : values,
  };
}

function passesMark({ steps = [], seconds = [] }: Marks, before: Elapsed, now: Elapsed): boolean {
  return (
    steps.some((mark) => before.step < mark && mark <= now.step) ||
    seconds.some((mark) => before.seconds < mark && mark <= now.seconds)
  );
}

/** A clock in seconds that stands still while something is done aside. */
function stopwatch(clock: () => number) {
  let stood = 0;
  return {
    now: () => clock() - stood,
    async aside(work: () => Promise<void>): Promise<void> {
      const begun = clock();
      await work();
      stood += clock() - begun;
    },
  };
}
