import { input } from "../graph/index.ts";
import { layoutOf, type ParameterLayout } from "../nn/parameters.ts";
import type { FieldFamily, FieldSize } from "./family.ts";
import type { SignalForm } from "./signal/signal.ts";

/** A family at a size, with the layout of its parameters: a field without their values. */
export interface BuiltField<Family extends FieldFamily = FieldFamily> {
  readonly family: Family;
  readonly size: FieldSize;
  readonly layout: ParameterLayout;
}

/** A fitted field. */
export interface Field<Family extends FieldFamily = FieldFamily> extends BuiltField<Family> {
  /** All parameters, in the order of the layout. */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** The form of the signal that it was fitted to: views are given in its samples. */
  readonly signal: SignalForm;
}

/** The parameters of a family at a size. Throws UserError if the family cannot have this size. */
export function fieldLayout(family: FieldFamily, size: FieldSize): ParameterLayout {
  const points = input("points", [1, size.dimensions]);
  return layoutOf((p) => family.values(p, points, size));
}

/**
 * A family at a size. Throws UserError if the family cannot have this size.
 *
 * @example
 * ```ts
 * const field = buildField(siren(), { dimensions: 2, channels: 3, width: 64 });
 * field.layout.size; // real parameters
 * ```
 */
export const buildField = <Family extends FieldFamily>(
  family: Family,
  size: FieldSize,
): BuiltField<Family> => ({ family, size, layout: fieldLayout(family, size) });
