import { freeze } from "../../nn/parameters.ts";
import { exportOnnx } from "../../runtime/exportOnnx.ts";
import type { ModelMetadata } from "../../runtime/onnxProto.ts";
import { exportFacts } from "../../train/exportFacts.ts";
import { imageClassifier, picturesInput } from "./network.ts";
import type { ImageClassifierRun } from "./run.ts";

/**
 * A trained classifier as the bytes of an ONNX model with its parameters, for any number of pictures: `pictures`,
 * `[batch, colors, height, width]` from 0 (black) to 1 (white), to `logits`, `[batch, classes]`, and to `features`, the
 * numbers that they are a linear map of, for measures that compare pictures by features. `metadata` completes or replaces what
 * the file says about itself.
 *
 * @example
 * ```ts
 * await writeFile("digits.onnx", exportImageClassifier(await openImageClassifier("runs/judge")));
 * ```
 */
export function exportImageClassifier(
  { config, size, layout, parameters }: ImageClassifierRun,
  metadata: ModelMetadata = {},
): Uint8Array {
  const { kind, classNames, width, height, color } = config;
  const p = freeze(layout, parameters);
  return exportOnnx(
    (batch) => {
      const { logits, features } = imageClassifier(p, picturesInput(batch, size), size);
      return { outputs: { logits, features } };
    },
    {
      description: `A classifier of ${color} pictures of ${width}×${height} pixels.`,
      ...metadata,
      properties: {
        ...exportFacts({ kind, classNames, width, height, color }),
        ...metadata.properties,
      },
      descriptions: {
        pictures: "0 is black, 1 is white; RGB has three planes",
        logits: "logits of the classes",
        features: "what the logits are a linear map of: means over the last planes",
      },
    },
  );
}
