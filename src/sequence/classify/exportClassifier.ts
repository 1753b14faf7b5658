import type { Tensor } from "../../graph/index.ts";
import { freeze, type Scope } from "../../nn/parameters.ts";
import { exportOnnx } from "../../runtime/exportOnnx.ts";
import type { ModelMetadata } from "../../runtime/onnxProto.ts";
import { exportFacts } from "../../train/exportFacts.ts";
import { classifierModel, exampleInputs } from "./classifier.ts";
import type { BuiltClassifier, ClassifierRun } from "./run.ts";

/**
 * A classifier as a graph for a batch of examples: tokens `inputs`, int32 `[batch, context]`, and how many of each row are
 * true, `lengths`, int32 `[batch]`, to `logits`, `[batch, classes]`.
 */
export function classifierGraph(
  p: Scope,
  { size, mixing }: Pick<BuiltClassifier, "size" | "mixing">,
  batch: number,
): { readonly logits: Tensor } {
  const inputs = exampleInputs({ batch, context: size.context });
  return { logits: classifierModel(p, inputs, size, mixing) };
}

/**
 * A trained classifier as the bytes of an ONNX model with its parameters, for any number of examples: see
 * {@link classifierGraph}. `metadata` completes or replaces what the file says about itself.
 *
 * @example
 * ```ts
 * await writeFile("listops.onnx", exportClassifier(await openClassifier("runs/listops")));
 * ```
 */
export function exportClassifier(run: ClassifierRun, metadata: ModelMetadata = {}): Uint8Array {
  const { config, size, layout, parameters } = run;
  const p = freeze(layout, parameters);
  const { task, classNames, options } = config;
  return exportOnnx((batch) => ({ outputs: classifierGraph(p, run, batch) }), {
    description: `A classifier of sequences with the mixing ${options.mixing}, trained on the task ${task.name}.`,
    ...metadata,
    properties: {
      ...exportFacts({ kind: config.kind, mixing: options.mixing, task: task.name, classNames }),
      ...metadata.properties,
    },
    descriptions: {
      inputs: `tokens from 0 to ${size.symbols - 1}; ${size.symbols} fills a row up at its end`,
      lengths: "tokens of each row, at least 1",
      logits: "logits of the classes",
    },
  });
}
