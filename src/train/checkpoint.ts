import {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredTensor,
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

/**
 * A checkpoint as the bytes of a safetensors file, `arena/parameter` by `arena/parameter`, in pieces: the header, and the
 * memory of each parameter without a copy.
 */
export function encodeCheckpoint(
  layout: ParameterLayout,
  { arenas, ...elapsed }: Checkpoint,
): Uint8Array[] {
  const tensors = new Map<string, StoredTensor>();
  for (const [arena, values] of Object.entries(arenas))
    for (const { name, shape, offset } of layout.parameters) {
      const data = values.subarray(offset, offset + sizeOf(shape));
      tensors.set(`${arena}/${name}`, { shape, data });
    }
  const metadata = Object.fromEntries(Object.entries(elapsed).map(([key, n]) => [key, `${n}`]));
  return encodeSafetensors({ tensors, metadata });
}

/**
 * The arenas named, from the bytes of a checkpoint that messages call `name`. Throws UserError if it is damaged, or belongs
 * to a model of other parameters.
 */
export const decodeCheckpoint = (
  bytes: Uint8Array,
  name: string,
  layout: ParameterLayout,
  arenaNames: readonly string[],
): Checkpoint => checkpointOf(decodeSafetensors(bytes, name), name, layout, arenaNames);

/**
 * The parameters that a trained model is used with, from the bytes of a checkpoint: their average, where the training kept
 * one. Throws UserError as {@link decodeCheckpoint} does.
 */
export function decodeParameters(
  bytes: Uint8Array,
  name: string,
  layout: ParameterLayout,
): Elapsed & { readonly parameters: Float32Array<ArrayBuffer> } {
  const stored = decodeSafetensors(bytes, name);
  const isAveraged = layout.parameters.some(({ name }) =>
    stored.tensors.has(`${averageSlot}/${name}`),
  );
  const arena = isAveraged ? averageSlot : "parameters";
  const { arenas, ...elapsed } = checkpointOf(stored, name, layout, [arena]);
  return { ...elapsed, parameters: arenas[arena]! };
}

function checkpointOf(
  { tensors, metadata }: Safetensors,
  path: string,
  layout: ParameterLayout,
  arenaNames: readonly string[],
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
