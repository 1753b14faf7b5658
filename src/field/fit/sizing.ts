import { UserError } from "../../errors/userError.ts";
import type { FieldFamily, FieldSize } from "../family.ts";
import { fieldLayout } from "../field.ts";

/** Constraints for choosing a width. */
export interface SizeWish {
  readonly dimensions: number;
  readonly channels: number;
  /** Samples along each axis of the signal, for families whose atoms lie on its grid. */
  readonly grid?: readonly number[];
  /** Real parameters, a complex weight being two of them. */
  readonly parameters: number;
}

/** Real parameters of a field of this size. */
export const countParameters = (family: FieldFamily, size: FieldSize): number =>
  fieldLayout(family, size).size;

/**
 * The width whose number of parameters is nearest to the wish, the smaller of two that are equally near. Throws UserError if
 * the wish is below one unit.
 *
 * @example
 * ```ts
 * const shape = { dimensions: 2, channels: 3 };
 * const width = widthFor(siren(), { ...shape, parameters: 50_000 });
 * const field = buildField(siren(), { ...shape, width });
 * ```
 */
export function widthFor(family: FieldFamily, wish: SizeWish): number {
  const { parameters, ...rest } = wish;
  const { dimensions, channels } = rest;
  const count = (width: number) => countParameters(family, { ...rest, width });
  const least = count(1);
  if (!(parameters >= least && Number.isFinite(parameters))) {
    throw new UserError(
      `a field of this kind has at least ${least} parameters (dimensions: ${dimensions}, channels: ${channels}), not ${parameters}`,
    );
  }
  let [below, above] = [0, 1];
  while (count(above) < parameters) [below, above] = [above, 2 * above];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (count(middle) < parameters) below = middle;
    else above = middle;
  }
  const nearer = below > 0 && parameters - count(below) <= count(above) - parameters;
  return nearer ? below : above;
}
