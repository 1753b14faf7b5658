import type { Curve, CurvePoint } from "../../compare/curve.ts";
import { type CompileOptions, placeOf } from "../../runtime/compile.ts";
import { DivergedError } from "../../train/diverged.ts";
import type { Plan } from "../../train/plan.ts";
import { type TrainingProgress, train } from "../../train/train.ts";
import type { Rhythm } from "../../train/trainable.ts";
import { viewValues } from "../evaluate/evaluate.ts";
import { wholeView } from "../evaluate/view.ts";
import type { FieldFamily, FieldSize, Init, SolvedFamily, TrainedFamily } from "../family.ts";
import { type BuiltField, buildField } from "../field.ts";
import type { FieldBytes } from "../fit/fieldBytes.ts";
import { solvedBy } from "../fit/solved.ts";
import { fieldTrainable } from "../fit/trainable.ts";
import { quality } from "../signal/quality.ts";
import type { Signal } from "../signal/signal.ts";
import { type ClockName, clocks } from "./clock.ts";

export interface TrialOptions extends CompileOptions {
  /** How long to train; the learning rate falls over it. */
  readonly plan: Plan;
  /** Highest learning rate. */
  readonly peak: number;
  readonly seed: number;
  /** Where atoms start, in the families that have atoms. */
  readonly init: Init;
  /** Points of a step; all of them where there are fewer. */
  readonly batch: number;
  /** When the PSNR of all samples is measured, besides at the end. */
  readonly rhythm?: Rhythm;
  /** What seconds are of; the wall clock's by default. */
  readonly clock?: ClockName;
  /** Ends the training after the step in progress; the trial then throws its reason. */
  readonly signal?: AbortSignal;
  /** Called after every step. */
  readonly report?: (progress: TrainingProgress) => void;
}

/** How a fit went. */
export interface Trial {
  readonly steps: number;
  /** Of the start, where it looks at the signal, and of training: neither compilation nor validation counts. */
  readonly seconds: number;
  /** Of all samples by the last parameters, in dB, never of the best that were seen; NaN where the fit diverged. */
  readonly psnr: number;
  /** Whether the loss or a validation was NaN or infinite; the fit ends there. */
  readonly diverged: boolean;
  /** PSNR of all samples on the way and at the end. */
  readonly curve: Curve;
  /** Those of the last step; empty where the fit diverged. */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Real parameters. */
  readonly count: number;
  /** What the field takes, of a family that is kept in bytes. */
  readonly bytes?: FieldBytes;
  /** The signal's samples by the last parameters, `[…size, channels]`; empty where the fit diverged. */
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * Fits a field of any family to a signal, in memory: the same fit as `fitField` makes in a folder, to the bit where the
 * plan is of steps.
 */
export function runTrial(
  { family, size }: { readonly family: FieldFamily; readonly size: FieldSize },
  signal: Signal,
  options: TrialOptions,
): Promise<Trial> {
  return family.kind === "solved"
    ? runSolved(buildField(family, size), signal, options)
    : runTrained(buildField(family, size), signal, options);
}

async function runSolved(
  field: BuiltField<SolvedFamily>,
  signal: Signal,
  { seed, clock: clockName = "wall", ...options }: TrialOptions,
): Promise<Trial> {
  const clock = clocks[clockName];
  const begun = clock();
  const { parameters, bytes } = await solvedBy(field, signal, { seed });
  const trial = await unstepped(field, signal, { parameters, seconds: clock() - begun }, options);
  return { ...trial, ...(bytes && { bytes }) };
}

async function runTrained(
  field: BuiltField<TrainedFamily>,
  signal: Signal,
  { plan, peak, seed, init, batch, rhythm, signal: abort, report, ...rest }: TrialOptions,
): Promise<Trial> {
  const { clock: clockName = "wall", ...engine } = rest;
  const count = field.layout.size;
  const curve: CurvePoint[] = [];
  let values = new Float32Array();
  const model = fieldTrainable(field, signal, {
    ...{ peak, batch, init },
    onValues: (now) => {
      values = now;
    },
  });
  let last = { step: 0, seconds: 0 };
  try {
    const { step, seconds, parameters } = await train(model, plan, {
      ...{ ...engine, seed, clock: clocks[clockName], timing: "steps" },
      ...(rhythm && { rhythm }),
      ...(abort && { signal: abort }),
      report: (progress) => {
        last = progress;
        report?.(progress);
      },
      journal: {
        saveEvery: Number.POSITIVE_INFINITY,
        async save() {},
        async record({ step, seconds }, { psnr = Number.NaN }, of) {
          if (of === "validation") curve.push({ step, seconds, value: psnr });
        },
      },
    });
    abort?.throwIfAborted();
    // A start that takes all of the plan's time leaves no step to validate after.
    if (step === 0) return await unstepped(field, signal, { parameters, seconds }, engine);
    const psnr = curve.at(-1)?.value ?? Number.NaN;
    return { steps: step, seconds, psnr, diverged: false, curve, parameters, count, values };
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error;
    const none = new Float32Array();
    const steps = Math.max(error.step, last.step);
    return {
      ...{ steps, seconds: last.seconds, psnr: Number.NaN, diverged: true, curve, count },
      ...{ parameters: none, values: none },
    };
  }
}

/** The trial of parameters that took no training step. */
async function unstepped(
  field: BuiltField,
  signal: Signal,
  {
    parameters,
    seconds,
  }: { readonly parameters: Float32Array<ArrayBuffer>; readonly seconds: number },
  options: CompileOptions,
): Promise<Trial> {
  const place = { view: wholeView(signal.size), samples: signal.size };
  const values = await viewValues(field, parameters, place, placeOf(options));
  const { psnr } = quality(signal, { ...signal, values });
  const curve = [{ step: 0, seconds, value: psnr }];
  const count = field.layout.size;
  return { steps: 0, seconds, psnr, diverged: false, curve, parameters, count, values };
}
