import { describe } from "../arguments/describe.ts";
import { checkOptions } from "../arguments/options.ts";
import { checkFloats, checkSignal, type FloatArray } from "../arrays/floatArray.ts";
import { arrayFor, type Into, intoNames } from "../arrays/into.ts";
import { extend, extensionOf, fold, type Lines } from "./lines.ts";
import { checkMode, extensionRules, type Mode } from "./mode.ts";

/** How many samples are added before and after a signal. */
export type PadWidths = readonly [before: number, after: number];

/**
 * A signal of N ≥ 1 samples with `before` samples of its extension in front of it and `after` behind it. (In mode
 * periodization PyWavelets first makes an odd signal even, so its result is one sample longer.) The result is written into
 * `out` if it is given; the data may be a part of it.
 *
 * Throws RangeError for an empty signal, widths that are not integers from 0 up, an unknown mode and an `out` of another length or
 * type; TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * console.log(pad(Float64Array.of(1, 2, 3), [2, 2], "symmetric").join(" "));
 * // → 2 1 1 2 3 3 2
 * ```
 */
export function pad<A extends FloatArray>(
  data: A,
  widths: PadWidths,
  mode: Mode,
  options: Into<A> = {},
): A {
  checkSignal(data);
  checkOptions(options, intoNames);
  const [before, after] = checkWidths(widths);
  const padded = arrayFor(options.out, data, before + data.length + after);
  padded.set(data, before);
  if (options.out && mode === "zero") {
    padded.fill(0, 0, before);
    padded.fill(0, padded.length - after);
  }
  const writer = writers[checkMode(mode)];
  if (writer) writer(padded, before, data.length, after);
  else extend(padded, oneLine(data.length, before), continuation(mode, data.length, widths));
  return padded;
}

/** Writes `before` values in front of the `length` samples that start there, and `after` behind them. */
type Writer = (padded: FloatArray, before: number, length: number, after: number) => void;

/**
 * Writes what {@link extensionRules} say, without a list of terms for each place. The modes that are missing are those whose
 * values depend on several samples in a way that does not simply repeat.
 */
const writers: { readonly [M in Mode]?: Writer } = {
  zero: () => {},
  constant: (padded, before, length, after) => {
    padded.fill(padded[before]!, 0, before);
    padded.fill(padded[before + length - 1]!, before + length, before + length + after);
  },
  smooth: (padded, before, length, after) => {
    if (length === 1) {
      padded.fill(padded[before]!);
      return;
    }
    const last = before + length - 1;
    const ends = [padded[before]!, padded[before + 1]!, padded[last]!, padded[last - 1]!] as const;
    for (let k = 1; k <= before; k++) padded[before - k] = (1 + k) * ends[0] - k * ends[1];
    for (let k = 1; k <= after; k++) padded[last + k] = (1 + k) * ends[2] - k * ends[3];
  },
  periodic: (padded, before, length, after) => {
    repeat(padded, before, length, after, length);
  },
  symmetric: (padded, before, length, after) => {
    mirror(padded, before, length, after, 0, false);
    repeat(padded, before, length, after, 2 * length);
  },
  antisymmetric: (padded, before, length, after) => {
    mirror(padded, before, length, after, 0, true);
    repeat(padded, before, length, after, 2 * length);
  },
  reflect: (padded, before, length, after) => {
    mirror(padded, before, length, after, 1, false);
    repeat(padded, before, length, after, Math.max(1, 2 * length - 2));
  },
};

/** Writes the samples backwards beyond both ends, without the `skip` outermost ones; with `negate`, with their signs changed. */
function mirror(
  padded: FloatArray,
  before: number,
  length: number,
  after: number,
  skip: 0 | 1,
  negate: boolean,
): void {
  const end = before + length;
  const most = Math.max(0, length - 2 * skip);
  const [front, behind] = [Math.min(before, most), Math.min(after, most)];
  const [first, last] = [before + skip, end - skip];
  turned(padded, first, front, before - front, negate);
  turned(padded, last - behind, behind, end, negate);
}

/** Copies `count` values backwards. The platform's own functions do it several times as fast as a loop. */
function turned(padded: FloatArray, from: number, count: number, to: number, negate: boolean) {
  padded.copyWithin(to, from, from + count);
  padded.subarray(to, to + count).reverse();
  for (let i = to; negate && i < to + count; i++) padded[i] = -padded[i]!;
}

/** Continues values with a period outward, from the samples and those around them that make up a whole period on each side. */
function repeat(
  padded: FloatArray,
  before: number,
  length: number,
  after: number,
  period: number,
): void {
  const [from, all] = [before + length, before + length + after];
  // What has been copied is copied again, twice as much each time.
  for (let at = from + period - length, span = period; at < all; at += span / 2) {
    const count = Math.min(span, all - at);
    padded.copyWithin(at, at - span, at - span + count);
    span *= 2;
  }
  for (let at = before + length - period, span = period; at > 0; at -= span / 2) {
    const count = Math.min(span, at);
    padded.copyWithin(at - count, at - count + span, at + span);
    span *= 2;
  }
}

/** The adjoint of {@link pad}: the values around the middle are added to the samples that they would be copied from. */
export function padAdjoint<A extends FloatArray>(padded: A, widths: PadWidths, mode: Mode): A {
  checkFloats(padded, "padded");
  const [before, after] = checkWidths(widths);
  const length = padded.length - before - after;
  if (length < 1)
    throw new RangeError(
      `${padded.length} values leave no signal between ${before} and ${after} padded values`,
    );
  const folded = padded.slice() as A;
  fold(folded, oneLine(length, before), continuation(mode, length, widths));
  return folded.slice(before, before + length) as A;
}

const oneLine = (length: number, offset: number): Lines => {
  return { offset, count: 1, hop: length, length, step: 1, inner: 1 };
};

const continuation = (mode: Mode, length: number, [before, after]: PadWidths) =>
  extensionOf(extensionRules[checkMode(mode)], length, before, after);

function checkWidths(widths: PadWidths): PadWidths {
  if (!(Array.isArray(widths) && widths.length === 2))
    throw new TypeError(`widths must be [before, after], not ${describe(widths)}`);
  if (!widths.every((width) => Number.isInteger(width) && width >= 0))
    throw new RangeError(`widths must be integers from 0 up, not ${widths.join(" and ")}`);
  return widths;
}
