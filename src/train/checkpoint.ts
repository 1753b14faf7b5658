import {
  readSafetensors,
  type StoredTensor,
  writeSafetensors,
} from "../data/formats/safetensors.ts";
import { UserError } from "../errors/userError.ts";
import { sizeOf } from "../graph/index.ts";
import { averageSlot } from "../nn/optimizers/averaged.ts";
import type { ParameterLayout } from "../nn/parameters.ts";
import type { Elapsed } from "./plan.ts";

/** The state of a training: arenas by name (`parameters` and the optimizer's), and how far it is. */
export interface Checkpoint extends Elapsed {
  readonly arenas: Readonly<Record<string, Float32Array<ArrayBuffer>>>;
}

/** Writes a checkpoint as one safetensors file, `arena/parameter` by `arena/parameter`; replaces the old one at once. */
export async function writeCheckpoint(
  path: string,
  layout: ParameterLayout,
  { arenas, ...elapsed }: Checkpoint,
): Promise<void> {
  const tensors = new Map<string, StoredTensor>();
  for (const [arena, values] of Object.entries(arenas))
    for (const { name, shape, offset } of layout.parameters) {
      const data = values.subarray(offset, offset + sizeOf(shape));
      tensors.set(`${arena}/${name}`, { shape, data });
    }
  const metadata = Object.fromEntries(Object.entries(elapsed).map(([key, n]) => [key, `${n}`]));
  await writeSafetensors(path, { tensors, metadata });
}

/**
 * Reads the arenas named from a checkpoint. Throws UserError if the file is damaged, or belongs to a model of other
 * parameters.
 */
export async function readCheckpoint(
  path: string,
  layout: ParameterLayout,
  arenaNames: readonly string[],
): Promise<Checkpoint> {
  return checkpointOf(path, layout, arenaNames, await readSafetensors(path));
}

/**
 * Reads the parameters that a trained model is used with: their average, where the training kept one. Throws UserError as
 * {@link readCheckpoint} does.
 */
export async function readParameters(
  path: string,
  layout: ParameterLayout,
): Promise<Elapsed & { readonly parameters: Float32Array<ArrayBuffer> }> {
  const stored = await readSafetensors(path);
  const isAveraged = layout.parameters.some(({ name }) =>
    stored.tensors.has(`${averageSlot}/${name}`),
  );
  const arena = isAveraged ? averageSlot : "parameters";
  const { arenas, ...elapsed } = checkpointOf(path, layout, [arena], stored);
  return { ...elapsed, parameters: arenas[arena]! };
}

function checkpointOf(
  path: string,
  layout: ParameterLayout,
  arenaNames: readonly string[],
  { tensors, metadata }: Awaited<ReturnType<typeof readSafetensors>>,
): Checkpoint {
  const arenas: Record<string, Float32Array<ArrayBuffer>> = {};
  for (const arena of arenaNames) {
    const values = new Float32Array(layout.size);
    for (const { name, shape, offset } of layout.parameters) {
      const stored = tensors.get(`${arena}/${name}`);
      if (!(stored?.data instanceof Float32Array) || `${stored.shape}` !== `${shape}`) {
        const found = stored ? `[${stored.shape.join(", ")}]` : "missing";
        throw new UserError(
          `${path} is a checkpoint of another model: ${arena}/${name} should be [${shape.join(", ")}] and is ${found}.`,
        );
      }
      values.set(stored.data, offset);
    }
    arenas[arena] = values;
  }
  const number = (key: keyof Elapsed) => Number(metadata[key] ?? 0);
  return {
    arenas,
    step: number("step"),
    seconds: number("seconds"),
    examples: number("examples"),
  };
}
