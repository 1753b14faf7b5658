import { createRandom } from "../../data/random/random.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import { type RunOptions, trainRun, writeRun } from "../../train/run/trainRun.ts";
import { viewValues } from "../evaluate/evaluate.ts";
import { wholeView } from "../evaluate/view.ts";
import { type FamilyTable, familyOf } from "../families.ts";
import type { FieldFamily, SolvedFamily, TrainedFamily } from "../family.ts";
import { type BuiltField, buildField } from "../field.ts";
import type { FieldConfig } from "../run.ts";
import { decibels, quality } from "../signal/quality.ts";
import type { Signal } from "../signal/signal.ts";
import { solve } from "./start.ts";
import { fieldTrainable } from "./trainable.ts";

export interface FitOptions extends RunOptions {
  /** Ends a training when the points of a step are met so well, in dB. */
  readonly psnr?: number;
  /** Families that are not built in. */
  readonly own?: FamilyTable;
}

/** How a fit ended. */
export interface FitResult {
  readonly step: number;
  readonly seconds: number;
  readonly parameters: number;
  /** Of the whole signal by the parameters at the end, in dB; not the best that was seen. */
  readonly psnr: number;
  /** The chart of a training. */
  readonly curve?: string;
  readonly interrupted: boolean;
}

/**
 * Fits a field to a signal by least squares, in a folder: solves it, or trains it to the end of its plan or until `psnr` is
 * reached, from its latest checkpoint or from the start.
 */
export async function fitField(
  folder: string,
  config: FieldConfig,
  signal: Signal,
  { psnr, own = {}, ...options }: FitOptions = {},
): Promise<FitResult> {
  const field = buildField(familyOf(config.model, own), config.size);
  const parameters = field.layout.size;
  const { training, plan } = config;
  if (isTrained(field) && training && plan) {
    const model = fieldTrainable(field, signal, training);
    const trained = await trainRun(folder, { ...config, plan }, model, {
      ...options,
      ...(psnr !== undefined && { until: ({ loss = Number.NaN }) => decibels(loss) >= psnr }),
    });
    const { step, seconds, curve, interrupted } = trained;
    return {
      ...{ step, seconds, parameters, interrupted, ...(curve !== undefined && { curve }) },
      psnr: await psnrOfField(field, trained.parameters, signal, options),
    };
  }
  const begun = performance.now();
  const solved = await solve(field as BuiltField<SolvedFamily>, signal, createRandom(config.seed));
  const seconds = (performance.now() - begun) / 1000;
  const quality = await psnrOfField(field, solved, signal, options);
  await writeRun(folder, config, field.layout, solved, { seconds, psnr: quality });
  return { step: 0, seconds, parameters, psnr: quality, interrupted: false };
}

const isTrained = (field: BuiltField<FieldFamily>): field is BuiltField<TrainedFamily> =>
  field.family.kind === "trained";

/** How well a field meets the samples of a signal, in dB. */
export async function psnrOfField(
  field: BuiltField,
  parameters: Float32Array,
  signal: Signal,
  { threads }: CompileOptions = {},
): Promise<number> {
  const samples = signal.size;
  const place = { view: wholeView(samples), samples };
  const engine = threads === undefined ? {} : { threads };
  const values = await viewValues(field, parameters, place, engine);
  return quality(signal, { ...signal, values }).psnr;
}
