import { input } from "../../graph/index.ts";
import { freeze } from "../../nn/parameters.ts";
import { exportOnnx } from "../../runtime/index.ts";
import type { Field } from "../field.ts";

/**
 * A field as the bytes of an ONNX model with its parameters: from `points`, `[any number, dimensions]`, to `values`,
 * `[as many, channels]`. See `coordinatesOf` for the coordinates.
 *
 * @example
 * ```ts
 * await writeFile("photo.onnx", exportField(await openField("fields/photo")));
 * ```
 */
export function exportField({ family, size, layout, parameters }: Field): Uint8Array {
  const build = (count: number) => {
    const points = input("points", [count, size.dimensions]);
    return { outputs: { values: family.values(freeze(layout, parameters), points, size).all } };
  };
  return exportOnnx(build, {
    description: `A field: ${family.meaning}`,
    descriptions: {
      points: "coordinates, slowest axis first; the longest axis of the signal spans -1 to 1",
      values: "values from -1 to 1 in the middle of a sample's range",
    },
  });
}
