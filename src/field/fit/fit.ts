import type { ParameterLayout } from "../../nn/parameters.ts";
import { type CompileOptions, placeOf } from "../../runtime/compile.ts";
import type { TrainedConfig } from "../../train/run/config.ts";
import type { RunStore } from "../../train/run/runStore.ts";
import {
  type KeptFile,
  keepSolved,
  type StoredOptions,
  trainStored,
} from "../../train/run/storedRun.ts";
import type { Trained } from "../../train/train.ts";
import type { Trainable, Values } from "../../train/trainable.ts";
import { viewValues } from "../evaluate/evaluate.ts";
import { wholeView } from "../evaluate/view.ts";
import { type FamilyTable, familyOf } from "../families.ts";
import type { FieldFamily, SolvedFamily, TrainedFamily } from "../family.ts";
import { type BuiltField, buildField } from "../field.ts";
import { type FieldConfig, packedName } from "../run.ts";
import { decibels, quality, snrOf } from "../signal/quality.ts";
import type { Signal } from "../signal/signal.ts";
import type { FieldBytes } from "./fieldBytes.ts";
import { solvedBy } from "./solved.ts";
import { fieldTrainable } from "./trainable.ts";

export interface StoredFit extends StoredOptions {
  /** Ends a training when the points of a step are met so well, in dB. */
  readonly psnr?: number;
  /** Families that are not built in. */
  readonly own?: FamilyTable;
}

/** How a fit ended. */
export interface FitResult {
  readonly step: number;
  readonly seconds: number;
  /** Real parameters that the field has room for; `bytes` says how many of them are used. */
  readonly parameters: number;
  /** Of the whole signal by the parameters at the end, in dB; not the best that was seen. */
  readonly psnr: number;
  /** The same for sounds, against the sound's own power instead of full scale, in dB. */
  readonly snr?: number;
  /** What a field takes that is kept in bytes. */
  readonly bytes?: FieldBytes;
  /** The chart of a training. */
  readonly curve?: string;
  readonly interrupted: boolean;
}

/** What keeps a fit: a training as `trainRun` does, a solution as `writeRun` does. */
export interface Keeper {
  train(
    config: TrainedConfig,
    model: Trainable,
    options: StoredOptions,
  ): Promise<Trained & { readonly curve?: string }>;
  write(
    config: FieldConfig,
    layout: ParameterLayout,
    solution: Float32Array<ArrayBuffer> | KeptFile,
    scores: Values & { readonly seconds: number },
  ): Promise<void>;
}

/**
 * Fits a field to a signal by least squares and keeps it in a store: solves it, or trains it to the end of its plan or until
 * `psnr` is reached, from its latest checkpoint or from the start.
 */
export const fitStored = (
  store: RunStore,
  config: FieldConfig,
  signal: Signal,
  options: StoredFit = {},
): Promise<FitResult> =>
  fitWith(
    {
      train: (...training) => trainStored(store, ...training),
      write: (...solved) => keepSolved(store, ...solved),
    },
    config,
    signal,
    options,
  );

/** Fits a field and has it kept. */
export async function fitWith(
  { train, write }: Keeper,
  config: FieldConfig,
  signal: Signal,
  { psnr, own = {}, ...options }: StoredFit,
): Promise<FitResult> {
  const field = buildField(familyOf(config.model, own), config.size);
  const parameters = field.layout.size;
  const { training, plan } = config;
  if (isTrained(field) && training && plan) {
    const model = fieldTrainable(field, signal, training);
    const trained = await train({ ...config, plan }, model, {
      ...options,
      ...(psnr !== undefined && { until: ({ loss = Number.NaN }) => decibels(loss) >= psnr }),
    });
    const { step, seconds, curve, interrupted } = trained;
    const reached = await psnrOfField(field, trained.parameters, signal, options);
    return {
      ...{ step, seconds, parameters, interrupted, ...(curve !== undefined && { curve }) },
      ...{ psnr: reached, ...snrOfSound(reached, signal) },
    };
  }
  const solvedField = field as BuiltField<SolvedFamily>;
  const begun = performance.now();
  const solution = await solvedBy(solvedField, signal, config);
  const seconds = (performance.now() - begun) / 1000;
  const { size, layout, packed, bytes } = solution;
  const solved = { family: field.family, size, layout };
  const quality = await psnrOfField(solved, solution.parameters, signal, options);
  const kept =
    packed && bytes ? { file: packedName, content: packed, metrics: { ...bytes } } : undefined;
  const measures = { psnr: quality, ...snrOfSound(quality, signal) };
  const scores = { seconds, ...measures };
  await write({ ...config, size }, layout, kept ?? solution.parameters, scores);
  return {
    ...{ step: 0, seconds, parameters: layout.size, ...measures, interrupted: false },
    ...(bytes && { bytes }),
  };
}

/** The signal-to-noise ratio where the signal is a sound, which has samples in a second. */
const snrOfSound = (psnr: number, signal: Signal): { readonly snr?: number } =>
  signal.rate === undefined ? {} : { snr: snrOf(psnr, signal) };

const isTrained = (field: BuiltField<FieldFamily>): field is BuiltField<TrainedFamily> =>
  field.family.kind === "trained";

/** How well a field meets the samples of a signal, in dB. */
export async function psnrOfField(
  field: BuiltField,
  parameters: Float32Array,
  signal: Signal,
  options: CompileOptions = {},
): Promise<number> {
  const samples = signal.size;
  const place = { view: wholeView(samples), samples };
  const values = await viewValues(field, parameters, place, placeOf(options));
  return quality(signal, { ...signal, values }).psnr;
}
