import type { TrainedConfig } from "../../train/run/config.ts";
import { type RunOptions, type TrainedRun, trainRun } from "../../train/run/trainRun.ts";
import type { Trainable } from "../../train/trainable.ts";
import type { Io } from "../parser/command.ts";
import { shellWord } from "./shellWord.ts";
import { trainingProgress } from "./trainingOptions.ts";

/** What the command line adds to a training. */
export interface TrainingArgs {
  readonly out: string;
  readonly threads: number | undefined;
  readonly saveEvery: number;
  readonly tensorboard?: boolean;
}

/** Trains in the run folder `out` with a progress bar, and prints how it ended; `command` is how to go on. */
export async function runTraining(
  io: Io,
  { out, threads, saveEvery, tensorboard = false }: TrainingArgs,
  {
    command,
    config,
    model,
    ...options
  }: RunOptions & {
    readonly command: string;
    readonly config: TrainedConfig;
    readonly model: Trainable;
  },
): Promise<TrainedRun> {
  const progress = trainingProgress(io, config.plan);
  const trained = await trainRun(out, config, model, {
    ...(threads !== undefined && { threads }),
    ...{ signal: io.signal, saveEvery, tensorboard, report: progress.report },
    ...options,
  });
  progress.finish();
  const { step, seconds, examples, layout, curve, interrupted } = trained;
  io.print(
    `${out}: ${step} steps on ${examples} ${model.examples} in ${seconds.toFixed(0)} s, ${layout.size} parameters` +
      measured(model, trained.metrics, "in training") +
      measured(model, trained.validation, "in validation"),
  );
  if (curve !== undefined) io.print(`chart: ${curve}`);
  if (interrupted) {
    io.print(
      `stopped before the end of its plan; to continue: ${command} --out ${shellWord(out)} --resume`,
    );
  }
  return trained;
}

/** `, 1.234 nats/token in training`, where there is such a number. */
function measured({ measure }: Trainable, values: TrainedRun["metrics"], where: string): string {
  const value = values[measure.key];
  return value === undefined
    ? ""
    : `, ${value.toFixed(measure.digits ?? 3)} ${measure.unit} ${where}`;
}

/** A training's result as one JSON object. */
export function trainingResult(run: string, trained: TrainedRun, examples: string) {
  const { step, seconds, layout, curve, interrupted, metrics, validation } = trained;
  return {
    ...{ run, step, seconds, [examples]: trained.examples, parameters: layout.size },
    ...{ interrupted, training: { ...metrics }, validation: { ...validation } },
    ...(curve !== undefined && { curve }),
  };
}
