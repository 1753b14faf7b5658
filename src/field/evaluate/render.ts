import { input } from "../../graph/index.ts";
import { freeze } from "../../nn/parameters.ts";
import { emit, writeModel } from "../../runtime/index.ts";
import { pointsAtOnce } from "../points.ts";
import type { Field } from "../run.ts";
import type { Signal, ValueRange } from "../signal/signal.ts";
import { type EvaluateOptions, viewValues } from "./evaluate.ts";
import { type View, viewSize, wholeView } from "./view.ts";

/** Octaves of detail that a view with so many points for a sample cannot show. */
export const hiddenOctaves = (scale: number): number =>
  scale < 1 ? Math.round(Math.log2(1 / scale)) : 0;

/**
 * A field's values, or those of a part or a derivative, on the points of a view; the whole at scale 1 by default. A view
 * smaller than the signal leaves out the octaves that it cannot show, unless told which (`without`).
 */
export async function renderField(
  field: Field,
  view: View | undefined,
  { signal, ...options }: EvaluateOptions & { readonly signal?: AbortSignal } = {},
): Promise<Signal> {
  const { size, rate, range } = field.config.signal;
  const { scale, ...window } = view ?? wholeView(size);
  const shown = { ...window, scale };
  const evaluated = { without: hiddenOctaves(scale), ...options };
  const place = { view: shown, samples: size };
  const values = await viewValues(field, field.parameters, place, evaluated, signal);
  return {
    size: viewSize(shown),
    channels: field.size.channels,
    values,
    ...(rate !== undefined && { rate: Math.round(rate * scale) }),
    ...(range && { range: isLevel(options) ? range : differences(range) }),
  };
}

/** Whether values stand for numbers of the source; else they are added to such, or are differences of them. */
const isLevel = ({ part = "all", band, derivative }: EvaluateOptions): boolean =>
  part !== "wavelet" && band === undefined && derivative === undefined;

/** What -1 and 1 stand for where 0 is no difference. */
function differences({ low, high }: ValueRange): ValueRange {
  const half = (high - low) / 2;
  return { low: -half, high: half };
}

/**
 * The field as an ONNX model, its parameters included: `points`, `[2048, dimensions]` with the coordinates of
 * `coordinatesOf`, to `values`, `[2048, channels]`.
 */
export function exportField({ family, size, layout, parameters }: Field): Uint8Array {
  const points = input("points", [pointsAtOnce, size.dimensions]);
  const { all } = family.values(freeze(layout, parameters), points, size);
  return writeModel(emit({ values: all }));
}
