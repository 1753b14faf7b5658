import type { RunPlace } from "../../train/run/runFolder.ts";
import { type RunOptions, trainRun, writeRun } from "../../train/run/trainRun.ts";
import type { FieldConfig } from "../run.ts";
import type { Signal } from "../signal/signal.ts";
import { type FitResult, fitWith, type StoredFit } from "./fit.ts";

export interface FitOptions extends StoredFit, Pick<RunOptions, "tensorboard"> {}

/**
 * Fits a field to a signal by least squares, in a folder: solves it, or trains it to the end of its plan or until `psnr` is
 * reached, from its latest checkpoint or from the start.
 */
export const fitField = (
  place: RunPlace,
  config: FieldConfig,
  signal: Signal,
  { tensorboard = false, ...options }: FitOptions = {},
): Promise<FitResult> =>
  fitWith(
    {
      train: (config, model, training) =>
        trainRun(place, config, model, { ...training, tensorboard }),
      write: (...solved) => writeRun(place, ...solved),
    },
    config,
    signal,
    options,
  );
