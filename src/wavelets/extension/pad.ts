import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { extend, extensionOf, fold, type Lines } from "./lines.ts";
import { checkMode, extensionRules, type Mode } from "./mode.ts";

/** How many places are added in front of a signal and behind it. */
export type PadWidths = readonly [before: number, after: number];

/**
 * A signal of N ≥ 1 samples with its continuation in some mode: `before` places in front of it and `after` behind, however
 * many. (PyWavelets makes an odd signal even first in mode periodization, so there the result is a place longer.)
 * Throws RangeError for an empty signal and for widths that are no whole numbers from 0 up.
 */
export function pad<A extends FloatArray>(data: A, widths: PadWidths, mode: Mode): A {
  const [before, after] = checkWidths(widths);
  if (data.length === 0) throw new RangeError("cannot continue an empty signal");
  const padded = zerosLike(data, before + data.length + after);
  padded.set(data, before);
  extend(padded, oneLine(data.length, before), continuation(mode, data.length, widths));
  return padded;
}

/** The adjoint of {@link pad}: what stands around the middle is added to the samples it would be made of. */
export function padAdjoint<A extends FloatArray>(padded: A, widths: PadWidths, mode: Mode): A {
  const [before, after] = checkWidths(widths);
  const length = padded.length - before - after;
  if (length < 1)
    throw new RangeError(`${padded.length} values hold no signal between ${before} and ${after}`);
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
  if (!widths.every((width) => Number.isInteger(width) && width >= 0))
    throw new RangeError(`widths must be whole numbers from 0 up, not ${widths.join(" and ")}`);
  return widths;
}
