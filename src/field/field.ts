import { input } from "../graph/index.ts";
import { layoutOf, type ParameterLayout } from "../nn/parameters.ts";
import type { FieldFamily, FieldSize } from "./family.ts";

/** A family at a size, with the layout of its parameters: a field that lacks but their values. */
export interface BuiltField<Family extends FieldFamily = FieldFamily> {
  readonly family: Family;
  readonly size: FieldSize;
  readonly layout: ParameterLayout;
}

/** The parameters of a family at a size. */
export function fieldLayout(family: FieldFamily, size: FieldSize): ParameterLayout {
  const points = input("points", [1, size.dimensions]);
  return layoutOf((p) => family.values(p, points, size));
}

/** A family at a size. */
export const buildField = <Family extends FieldFamily>(
  family: Family,
  size: FieldSize,
): BuiltField<Family> => ({ family, size, layout: fieldLayout(family, size) });
