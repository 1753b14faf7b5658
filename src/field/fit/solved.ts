import { createRandom } from "../../data/random/random.ts";
import type { PackedField, SolvedFamily } from "../family.ts";
import { type BuiltField, buildField } from "../field.ts";
import type { Signal } from "../signal/signal.ts";
import { bytesOfField, type FieldBytes } from "./fieldBytes.ts";
import { solve } from "./start.ts";

/** What a solved field is asked for, beside its size. */
export interface SolveWish {
  readonly seed: number;
  /** Bytes of its file, of a family that is kept in bytes: they decide its size. */
  readonly bytes?: number;
}

/** A solved field as it is kept. */
export interface Solution extends BuiltField<SolvedFamily> {
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Its file, and what that takes, of a family that is kept in bytes. */
  readonly packed?: Uint8Array<ArrayBuffer>;
  readonly bytes?: FieldBytes;
}

/** Solves a field. Of a family that is kept in bytes, the parameters are those that a reader of the file gets. */
export async function solvedBy(
  field: BuiltField<SolvedFamily>,
  signal: Signal,
  { seed, bytes }: SolveWish,
): Promise<Solution> {
  const { family } = field;
  const { packing } = family;
  if (packing && bytes !== undefined) return kept(family, packing.solve(signal, bytes));
  const parameters = await solve(field, signal, createRandom(seed));
  return packing
    ? kept(family, packing.pack(parameters, field.size, signal))
    : { ...field, parameters };
}

function kept(family: SolvedFamily, { file, size, parameters }: PackedField): Solution {
  const usage = family.packing?.usage(parameters, size);
  return {
    ...{ ...buildField(family, size), parameters, packed: file },
    ...(usage && { bytes: bytesOfField(usage, file.length) }),
  };
}
