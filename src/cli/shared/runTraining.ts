import type { CompileOptions } from "../../runtime/index.ts";
import type { Batching, TrainedConfig } from "../../train/run/config.ts";
import { type RunOptions, type TrainedRun, trainRun } from "../../train/run/trainRun.ts";
import type { Trainable } from "../../train/trainable.ts";
import type { Io } from "../parser/command.ts";
import { shellWord } from "./shellWord.ts";
import { checkResume, trainingProgress } from "./trainingOptions.ts";

/** What the command line adds to a training. */
export interface TrainingArgs {
  readonly out: string;
  readonly engine: CompileOptions;
  readonly saveEvery: number;
  readonly tensorboard?: boolean;
  readonly parts?: number | undefined;
  readonly syncEvery?: number | undefined;
  readonly shardOptimizer?: boolean;
}

/** A training of a command. */
export interface CommandTraining extends RunOptions {
  /** The command that continues it. */
  readonly command: string;
  readonly config: TrainedConfig;
  /** The configuration of the run that is continued, if one is. */
  readonly old: TrainedConfig | undefined;
  readonly model: Trainable;
}

/** Trains in the run folder `out` with a progress bar, and prints how it ended. */
export async function runTraining(
  io: Io,
  args: TrainingArgs,
  { command, config, old, model, ...options }: CommandTraining,
): Promise<TrainedRun> {
  const { out, engine, saveEvery, tensorboard = false, shardOptimizer = false } = args;
  const { ranks } = io;
  const batching = old ? old.batching : newBatching(args, ranks.size);
  if (old) {
    checkResume(out, {
      parts: [args.parts, old.batching?.parts ?? 1],
      syncEvery: [args.syncEvery, old.batching?.syncEvery],
    });
  }
  const { parts = 1 } = batching ?? {};
  if (ranks.size > parts) {
    io.log(
      `${ranks.size - parts} of ${ranks.size} ranks have nothing to do: a step of ${out} has ${parts} ${parts === 1 ? "part" : "parts"}`,
    );
  }
  const progress = trainingProgress(io, config.plan);
  const trained = await trainRun(out, batching ? { ...config, batching } : config, model, {
    ...engine,
    ...{ signal: io.signal, saveEvery, tensorboard, report: progress.report },
    ...{ ranks, shardOptimizer, notice: io.log },
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

/** How the steps of a new run are made: one part for each rank, unless a number is given. */
function newBatching(
  { parts, syncEvery }: Pick<TrainingArgs, "parts" | "syncEvery">,
  ranks: number,
): Batching | undefined {
  const count = parts ?? ranks;
  if (count === 1 && syncEvery === undefined) return undefined;
  return { ...(count > 1 && { parts: count }), ...(syncEvery !== undefined && { syncEvery }) };
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
  const { step, seconds, layout, curve, interrupted, metrics, validation, pace } = trained;
  return {
    ...{ run, step, seconds, [examples]: trained.examples, parameters: layout.size },
    ...{ interrupted, training: { ...metrics }, validation: { ...validation }, pace: { ...pace } },
    ...(curve !== undefined && { curve }),
  };
}
