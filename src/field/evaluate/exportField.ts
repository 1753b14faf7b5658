import { input, type Tensor } from "../../graph/index.ts";
import { freeze, type Scope } from "../../nn/parameters.ts";
import { exportOnnx } from "../../runtime/exportOnnx.ts";
import type { ModelMetadata } from "../../runtime/onnxProto.ts";
import { exportFacts } from "../../train/exportFacts.ts";
import type { BuiltField, Field } from "../field.ts";

/** A field as a graph for some points: `points`, `[count, dimensions]`, to `values`, `[count, channels]`. */
export function fieldGraph(
  p: Scope,
  { family, size }: Pick<BuiltField, "family" | "size">,
  count: number,
): { readonly values: Tensor } {
  const points = input("points", [count, size.dimensions]);
  return { values: family.values(p, points, size).all };
}

/**
 * A field as the bytes of an ONNX model with its parameters, for any number of points: see {@link fieldGraph}, and
 * `coordinatesOf` for the coordinates. `metadata` completes or replaces what the file says about itself.
 *
 * @example
 * ```ts
 * await writeFile("photo.onnx", exportField(await openField("fields/photo")));
 * ```
 */
export function exportField(field: Field, metadata: ModelMetadata = {}): Uint8Array {
  const { family, layout, parameters, signal } = field;
  const p = freeze(layout, parameters);
  return exportOnnx((count) => ({ outputs: fieldGraph(p, field, count) }), {
    description: `A field: ${family.meaning}`,
    ...metadata,
    properties: {
      ...exportFacts({ kind: "field", size: signal.size, rate: signal.rate, range: signal.range }),
      ...metadata.properties,
    },
    descriptions: {
      points: "coordinates, slowest axis first; the longest axis of the signal spans -1 to 1",
      values: "values of the channels; the signal's range is -1 to 1",
    },
  });
}
