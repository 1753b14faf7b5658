import { join } from "node:path";
import { isFile } from "../../data/files/isFile.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import { readSafetensors } from "../../data/formats/safetensorsFile.ts";
import { UserError } from "../../errors/userError.ts";
import { measuredStep } from "../../train/planning/measuredStep.ts";
import type { StepCost } from "../../train/planning/predictStep.ts";
import type { Batching } from "../../train/run/config.ts";
import { readAnyConfig, runFiles } from "../../train/run/runFolder.ts";
import { outerMomentum } from "../../train/steps/localSteps.ts";

/**
 * What a step of a run costs one rank: parameters and slots are those of its latest checkpoint, seconds what its metrics say.
 * Throws UserError (`no-checkpoint`) where it has none yet, or too few metrics.
 */
export async function stepCostOf(run: string): Promise<StepCost> {
  const { batching = {} } = (await readAnyConfig(run)) as { readonly batching?: Batching };
  const files = runFiles(run);
  if (!(await isFile(files.latest))) {
    throw new UserError(`${run} has no checkpoint yet`, "no-checkpoint");
  }
  const sizes = new Map<string, number>();
  for (const [name, { data }] of (await readSafetensors(files.latest)).tensors) {
    const [arena = ""] = name.split("/");
    sizes.set(arena, (sizes.get(arena) ?? 0) + data.length);
  }
  const seconds = measuredStep(await readMetrics(files.metrics), batching.parts);
  const parameters = sizes.get("parameters");
  if (seconds === undefined || parameters === undefined) {
    throw new UserError(
      `${join(run, "metrics.jsonl")} has too few records to say how long a step takes; let it train for some seconds more`,
      "no-checkpoint",
    );
  }
  const slots = [...sizes.keys()].filter((name) => !["parameters", outerMomentum].includes(name));
  return { parameters, slots: slots.length, seconds };
}
