import { readFieldFile } from "./families/expansion/bytes/fieldFile.ts";
import { packExpansion } from "./families/expansion/bytes/packedFit.ts";
import { sizeOf } from "./families/expansion/bytes/packing.ts";
import { expansion as expansionFamily } from "./families/expansion/expansion.ts";
import { parametersOf, readExpansion } from "./families/expansion/expansionParameters.ts";
import { type Expansion, expand } from "./families/expansion/sparseFit.ts";
import type { SolvedFamily } from "./family.ts";
import { buildField, type Field } from "./field.ts";
import type { Signal, SignalForm } from "./signal/signal.ts";

/** A field of the family `expansion`. */
export type ExpansionField = Field<SolvedFamily>;

const family = expansionFamily();

/** A field of a compressed file, or of a beginning of one. */
export interface OpenedField {
  readonly field: ExpansionField;
  /** Whether the code was decoded to its end. */
  readonly finished: boolean;
  /** Bytes that are missing from the end of the file; 0 if it is whole. */
  readonly missingBytes: number;
}

/**
 * Opens a compressed field (`field.ondl` in the folder of a solved fit), or a beginning of one: the field whose coefficients are expected of what
 * the bytes tell. Throws UserError, naming the file, where it is damaged or of another format.
 *
 * @example
 * ```ts
 * const { field } = openPackedField(await readFile("fields/photo/field.ondl"), "photo");
 * const twice = await renderField(field, wholeView(field.signal.size, 2));
 * ```
 */
export function openPackedField(file: Uint8Array, name: string): OpenedField {
  const { head, expansion, finished, missingBytes } = readFieldFile(file, name);
  return { field: fieldOf(expansion, head.form), finished, missingBytes };
}

/**
 * The file of an expansion, its coefficients rounded to `step`: the finest threshold of coefficients of atoms of unit norm, where values are
 * from −1 to 1. A field that was opened from a file gives the same code again with the step of that file.
 */
export const packField = (field: Field, step: number): Uint8Array<ArrayBuffer> =>
  packExpansion(
    readExpansion(field.parameters, field.size, [0, Number.POSITIVE_INFINITY]),
    field.signal,
    step,
  ).file;

/**
 * The field through all samples of a signal, as the expansion continues them: the cubic spline between them, split into octaves. A decoded
 * picture becomes a continuous field so, which has its values at the pixels.
 */
export const interpolatingField = (signal: Signal): ExpansionField =>
  fieldOf(expand(signal), signal);

function fieldOf(expansion: Expansion, { size, rate, range }: SignalForm): ExpansionField {
  const built = buildField(family, sizeOf(expansion));
  return {
    ...built,
    parameters: parametersOf(expansion, built.size),
    signal: { size, ...(rate !== undefined && { rate }), ...(range && { range }) },
  };
}
