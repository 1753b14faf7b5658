import type { NpyArray, NpyData } from "../data/formats/npy.ts";
import { UserError } from "../errors/userError.ts";
import { rankLimit, sampleCount } from "./axes.ts";
import { type ElementType, elementTypeOf } from "./elements.ts";

/** An array that can be coded, and what the codes want to know of it. */
export interface Prepared {
  readonly element: ElementType;
  readonly shape: readonly number[];
  readonly data: NpyData;
  /** Samples per second of a sound. */
  readonly rate: number | undefined;
  /** The middle between the least and the greatest sample, whole for whole samples. */
  readonly offset: number;
  /** The greatest sample less the least. */
  readonly range: number;
  /** The greatest magnitude. */
  readonly largest: number;
}

/** Samples of an array at most. */
export const sampleLimit = 2 ** 27;

/** Looks at an array. Throws UserError, naming it, where it has no shape that fits, too many axes or samples, or a NaN or infinite sample. */
export function prepare(
  { shape, data }: NpyArray,
  rate: number | undefined,
  name: string,
): Prepared {
  const element = elementTypeOf(data);
  if (!element) throw new UserError(`${name} has samples of a type that cannot be coded`);
  if (shape.length > rankLimit)
    throw new UserError(
      `${name} has ${shape.length} axes; at most ${rankLimit} are coded, so reshape it`,
    );
  if (shape.some((n) => !Number.isSafeInteger(n) || n < 0))
    throw new UserError(`${name} has a shape of ${shape.join("×")}, and lengths are whole numbers`);
  if (sampleCount(shape) !== data.length)
    throw new UserError(
      `${name} has ${data.length} samples and not those of ${shape.join("×")}`,
      "sizes-differ",
    );
  if (data.length > sampleLimit)
    throw new UserError(
      `${name} has ${data.length} samples; at most ${sampleLimit} fit into a file`,
      "sizes-do-not-fit",
    );
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    if (!Number.isFinite(x))
      throw new UserError(
        `${name} holds ${x} at [${placeOf(i, shape).join(", ")}], and every sample must be a finite number; replace such samples before`,
      );
    if (x < least) least = x;
    if (x > most) most = x;
  }
  if (data.length === 0) [least, most] = [0, 0];
  const middle = least / 2 + most / 2;
  return {
    ...{ element, shape, data, rate, range: most - least },
    offset: element.range ? Math.floor(middle) : middle,
    largest: Math.max(Math.abs(least), Math.abs(most)),
  };
}

/** The index of a sample of a row-major array. */
function placeOf(at: number, shape: readonly number[]): readonly number[] {
  let rest = at;
  return shape.map((_, k) => {
    const size = sampleCount(shape.slice(k + 1));
    const index = Math.floor(rest / size);
    rest -= index * size;
    return index;
  });
}

/** The box in the middle of an array that has at most so many samples, and as nearly as can be its proportions. */
export function middleOf(array: Prepared, samples: number): Prepared {
  const { shape, data, rate, element } = array;
  if (data.length <= samples) return array;
  const long = shape.filter((n) => n > 1).length;
  const part = (samples / data.length) ** (1 / long);
  const lengths = shape.map((n) => Math.max(Math.floor(n * part), 1));
  const firsts = shape.map((n, k) => (n - lengths[k]!) >> 1);
  const box = element.zeros(sampleCount(lengths));
  const strides = shape.map((_, k) => sampleCount(shape.slice(k + 1)));
  for (let i = 0; i < box.length; i++)
    box[i] =
      data[placeOf(i, lengths).reduce((at, z, k) => at + (z + firsts[k]!) * strides[k]!, 0)]!;
  return prepare({ shape: lengths, data: box }, rate, "the middle");
}
