import { checkArrayIs } from "../arrays/axes.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { ofKind, zerosLike } from "../arrays/floatArray.ts";
import { type NdArray, rowMajor } from "../arrays/ndArray.ts";
import {
  type BandForm,
  bandFormOf,
  type Decomposition,
  withBands,
} from "../discrete/bands/bandForm.ts";

/** The parts of an analysis, or the bands that they are made of, in the form of `wavedecn`. */
export type Parts<A extends FloatArray = FloatArray> = Pick<
  BandForm<A>,
  "approximation" | "details"
>;

/**
 * The `inverse` of each band of a transform with all other bands set to zero. Coarser levels, in which there is nothing then, are
 * left out.
 */
export function partsOf<A extends FloatArray, D extends Decomposition<A>>(
  whole: D,
  inverse: (bands: D) => NdArray<A>,
): Parts<A> {
  const form = bandFormOf<A>(whole);
  const zero = ({ shape, data }: NdArray<A>) => ({ shape, data: zerosLike(data, data.length) });
  const nothing = mapParts(form, zero).details;
  // withBands keeps the form of `whole`
  const alone = (parts: Parts<A>) => inverse(withBands(whole, parts) as D);
  return {
    approximation: alone({ approximation: form.approximation, details: nothing }),
    details: form.details.map((bands, level) => {
      const [none, ...finer] = nothing.slice(level);
      return Object.fromEntries(
        Object.entries(bands).map(([key, band]) => {
          const approximation = none![key]!; // an approximation is as large as the details of its level
          return [key, alone({ approximation, details: [{ ...none, [key]: band }, ...finer] })];
        }),
      );
    }),
  };
}

/** The adjoint of {@link partsOf}, where `bandsOf` is the adjoint of its inverse: from each part only its own band. */
export function ownBands<A extends FloatArray>(
  parts: Parts<A>,
  bandsOf: (part: NdArray<A>) => Decomposition<A>,
): Parts<A> {
  return mapParts(parts, (part, level, key) => {
    const { approximation, details } = bandFormOf<A>(bandsOf(part));
    return key === "" ? approximation : details[level]![key]!;
  });
}

/** The sum of all parts. Throws RangeError if their shapes differ. */
export function sumOfParts<A extends FloatArray>({ approximation, details }: Parts<A>): NdArray<A> {
  const { shape } = approximation;
  const sum = Float64Array.from(rowMajor(approximation));
  for (const part of details.flatMap((level) => Object.values(level))) {
    checkArrayIs(part, shape, "a component");
    const data = rowMajor(part);
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + data[i]!;
  }
  return { shape, data: ofKind(approximation.data, sum) };
}

/** The parts with each array replaced; the key of the approximation is "" here. */
export function mapParts<A extends FloatArray>(
  { approximation, details }: Parts<A>,
  of: (part: NdArray<A>, level: number, key: string) => NdArray<A>,
): Parts<A> {
  return {
    approximation: of(approximation, 0, ""),
    details: details.map((bands, level) =>
      Object.fromEntries(Object.entries(bands).map(([key, part]) => [key, of(part, level, key)])),
    ),
  };
}
