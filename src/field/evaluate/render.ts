import type { Field } from "../field.ts";
import type { Signal, ValueRange } from "../signal/signal.ts";
import { type EvaluateOptions, viewValues } from "./evaluate.ts";
import { checkInside, type View, viewSize, wholeView } from "./view.ts";

/** Octaves of detail that a view with `scale` points per sample is too coarse to show. */
export const hiddenOctaves = (scale: number): number =>
  scale < 1 ? Math.round(Math.log2(1 / scale)) : 0;

/**
 * A field's values on the points of a view, or those of a part or a derivative; the whole signal at scale 1 by default. A
 * view with less than one point per sample leaves out the octaves that it is too coarse to show, unless `without` says how
 * many. Throws UserError if the view reaches beyond the signal, is empty or is too large.
 *
 * @example
 * ```ts
 * const field = await openField("fields/photo");
 * const twice = await renderField(field, wholeView(field.signal.size, 2));
 * await saveSignal("twice.png", twice);
 * ```
 */
export async function renderField(
  field: Field,
  view?: View,
  { signal: abort, ...options }: EvaluateOptions & { readonly signal?: AbortSignal } = {},
): Promise<Signal> {
  const { size, rate, range } = field.signal;
  const { scale, ...window } = view ?? wholeView(size);
  const shown = { ...window, scale };
  checkInside(shown, size);
  const evaluated = { without: hiddenOctaves(scale), ...options };
  const place = { view: shown, samples: size };
  const values = await viewValues(field, field.parameters, place, evaluated, abort);
  return {
    size: viewSize(shown),
    channels: field.size.channels,
    values,
    ...(rate !== undefined && { rate: Math.round(rate * scale) }),
    ...(range && { range: isLevel(options) ? range : differences(range) }),
  };
}

/** Whether values are numbers of the source; otherwise they are differences of such. */
const isLevel = ({ part = "all", band, derivative }: EvaluateOptions): boolean =>
  part !== "wavelet" && band === undefined && derivative === undefined;

/** The numbers that -1 and 1 stand for if 0 is no difference. */
function differences({ low, high, ...range }: ValueRange): ValueRange {
  const half = (high - low) / 2;
  return { ...range, low: -half, high: half };
}
