import { isFile } from "../../data/files/isFile.ts";
import { UserError } from "../../errors/userError.ts";
import { mixingNames } from "../../sequence/mixings.ts";
import type { Elapsed, Plan } from "../../train/plan.ts";
import type { Io } from "../parser/command.ts";
import type { Options } from "../parser/options.ts";

/** Options of every command that trains in a run folder. */
export const runOptions = {
  seed: { type: "integer", default: 1, help: "what chance begins with" },
  threads: { type: "integer", min: 1, help: "processor threads; by default one per core" },
  saveEvery: { type: "number", min: 0, default: 30, help: "seconds between checkpoints" },
  resume: { type: "boolean", help: "continue the run in --out" },
} as const satisfies Options;

/** Options that say how large a sequence model is. */
export const sizeOptions = {
  layers: { type: "integer", min: 1, default: 4, help: "blocks" },
  width: { type: "integer", min: 1, default: 128, help: "features of a position" },
  heads: { type: "integer", min: 1, default: 4, help: "attention heads" },
  context: { type: "integer", min: 2, default: 128, help: "tokens of a training window" },
  batch: { type: "integer", min: 1, default: 16, help: "windows of a batch" },
} as const satisfies Options;

/** Options that say how one sequence model mixes and learns. */
export const mixingOptions = {
  mixing: {
    type: "choice",
    choices: mixingNames,
    default: "haar-8",
    help: "what mixes positions between blocks",
  },
  rate: { type: "number", min: 0, default: 3e-3, help: "highest learning rate" },
} as const satisfies Options;

/**
 * Whether a training goes on with the run in `out`, whose configuration would be the file `config`. Throws UserError where
 * there is none to resume, or one that was not to be resumed.
 */
export async function isResumed(out: string, config: string, resume: boolean): Promise<boolean> {
  const exists = await isFile(config);
  if (resume && !exists) throw new UserError(`${out} is no run to resume: it has no config.json`);
  if (exists && !resume) {
    throw new UserError(`${out} holds a run already; add --resume to continue it, or name another`);
  }
  return exists;
}

/** A progress bar over a plan, which begins where the training does. */
export function trainingProgress(io: Io, plan: Plan) {
  const total = "steps" in plan ? plan.steps : { seconds: 60 * plan.minutes };
  let progress: ReturnType<Io["progress"]> | undefined;
  return {
    report({ step }: Elapsed, _: number, text: string): void {
      progress ??= io.progress({ label: "training", unit: "steps", total, start: step });
      progress.update(step, text);
    },
    finish: (): void => progress?.finish(),
  };
}

/** Progress bars of trainings one after another: a new one for each name. */
export function progressByName(io: Io) {
  let progress: ReturnType<Io["progress"]> | undefined;
  let current: string | undefined;
  return {
    report(name: string, share: number, text: string): void {
      if (name !== current) {
        progress?.finish();
        progress = io.progress({ label: name, unit: "%", total: 100 });
        current = name;
      }
      progress?.update(Math.round(100 * share), text);
    },
    finish: (): void => progress?.finish(),
  };
}
