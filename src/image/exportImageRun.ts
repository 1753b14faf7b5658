import { UserError } from "../errors/userError.ts";
import { freeze } from "../nn/parameters.ts";
import { exportOnnx } from "../runtime/exportOnnx.ts";
import type { ModelMetadata } from "../runtime/onnxProto.ts";
import { exportFacts } from "../train/exportFacts.ts";
import type { ImageRun } from "./run.ts";

/** What the file says about itself, and its length. */
export interface ImageExportOptions extends ModelMetadata {
  /** Tokens of a stream, of models that read whole streams; the model's own choice by default. */
  readonly length?: number;
}

/**
 * A trained run as the bytes of an ONNX model with its parameters, for any batch size: the graph of the model's `outputs`.
 * Of `paper` it takes whole streams, of `state` single decisions; both need the tokens and descriptions that this library
 * makes of an image. `metadata` completes or replaces what the file says about itself. Throws UserError where the model is
 * one's own and has no `outputs`, or cannot have this length.
 *
 * @example
 * ```ts
 * await writeFile("digits.onnx", exportImageRun(await openImageRun("runs/digits")));
 * ```
 */
export function exportImageRun(
  { config, model, parameters }: ImageRun,
  { length, ...metadata }: ImageExportOptions = {},
): Uint8Array {
  const { name } = config.model;
  if (!model.outputs) {
    throw new UserError(`the image model ${name} cannot be exported: it has no outputs`);
  }
  const outputs = model.outputs.bind(model, freeze(model.layout, parameters));
  const { kind, language, width, height, classNames } = config;
  return exportOnnx(
    (batch) => ({ outputs: outputs({ batch, ...(length !== undefined && { length }) }) }),
    {
      description: `The image model ${name} of ${width}×${height} pixels: logits of wavelet tokens.`,
      ...metadata,
      properties: {
        ...exportFacts({ kind, model: name, language, width, height, classNames }),
        ...metadata.properties,
      },
      ...(model.descriptions && { descriptions: model.descriptions }),
    },
  );
}
