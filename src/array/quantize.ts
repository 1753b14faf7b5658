import { type ElementType, rounderOf } from "./elements.ts";
import type { Prepared } from "./prepare.ts";
import { wholeLimit } from "./wholeCode.ts";

/** Distances of values that keep an error, the widest first: floating-point samples are rounded once more. */
export function unitsFor(
  element: ElementType,
  maxError: number,
  largest: number,
): readonly number[] {
  if (element.range) return [2 * Math.floor(maxError) + 1];
  const rounding = largest * 2 ** -element.precision;
  return [2 * (maxError - rounding) * (1 - 2 ** -20), maxError, maxError / 2].filter(
    (unit) => unit > 0 && 1 / unit < Number.MAX_VALUE,
  );
}

/** Finds whole numbers n for which offset + unit · n is within an error of each sample, as it is written; undefined where there are none. */
function quantized(
  { data, element, offset }: Prepared,
  unit: number,
  maxError: number,
): Int32Array | undefined {
  const round = rounderOf(element);
  const numbers = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    const n = nearest((k) => round(offset + unit * k), x, (x - offset) / unit, maxError);
    if (n === undefined) return undefined;
    numbers[i] = n;
  }
  return numbers;
}

/** The whole number nearest to a quotient, or one beside it, for which a value is within an error of a sample. */
export function nearest(
  sampleFor: (n: number) => number,
  x: number,
  quotient: number,
  maxError: number,
): number | undefined {
  const middle = Math.round(quotient);
  if (!(Math.abs(middle) < wholeLimit)) return undefined;
  if (Math.abs(sampleFor(middle) - x) <= maxError) return middle;
  for (const n of [middle - 1, middle + 1]) if (Math.abs(sampleFor(n) - x) <= maxError) return n;
  return undefined;
}

/** The whole numbers of samples, and the distance of values: the widest that keeps the error. */
export function quantize(
  array: Prepared,
  maxError: number,
): { readonly numbers: Int32Array; readonly unit: number } | undefined {
  for (const unit of unitsFor(array.element, maxError, array.largest)) {
    const numbers = quantized(array, unit, maxError);
    if (numbers) return { numbers, unit };
  }
  return undefined;
}

/** Values of a list at most, beside −0. */
const listLimit = 1024;

/** The different samples, ascending, with −0 before 0; undefined where there are more than a list holds. */
export function fewValues(data: Iterable<number>): readonly number[] | undefined {
  const found = new Set<number>();
  let hasNegativeZero = false;
  for (const x of data) {
    // A set takes −0 and 0 for one.
    if (Object.is(x, -0)) hasNegativeZero = true;
    else found.add(x);
    if (found.size > listLimit) return undefined;
  }
  return [...(hasNegativeZero ? [-0] : []), ...found].sort((a, b) => a - b);
}
