import { input, type Tensor } from "../graph/index.ts";
import { freeze, type Scope } from "../nn/parameters.ts";
import { exportOnnx } from "../runtime/exportOnnx.ts";
import type { ModelMetadata } from "../runtime/onnxProto.ts";
import { exportFacts } from "../train/exportFacts.ts";
import { sequenceModel } from "./model.ts";
import type { BuiltModel, SequenceRun } from "./run.ts";

/**
 * A model as a graph for a batch of windows: tokens `inputs`, int32 `[batch, context]`, to `logits`,
 * `[batch, context, symbols]`, of the token that follows each.
 */
export function sequenceGraph(
  p: Scope,
  { size, mixing }: Pick<BuiltModel, "size" | "mixing">,
  batch: number,
): { readonly logits: Tensor } {
  const inputs = input("inputs", [batch, size.context], "int32");
  return { logits: sequenceModel(p, inputs, size, mixing) };
}

/**
 * A trained run as the bytes of an ONNX model with its parameters, for any number of windows: see {@link sequenceGraph}.
 * The model is causal, so what fills a window up behind a text does not change the logits before it. `metadata` completes
 * or replaces what the file says about itself.
 *
 * @example
 * ```ts
 * await writeFile("plays.onnx", exportSequence(await openSequence("runs/plays")));
 * ```
 */
export function exportSequence(run: SequenceRun, metadata: ModelMetadata = {}): Uint8Array {
  const { config, kind, size, layout, parameters } = run;
  const p = freeze(layout, parameters);
  const { mixing } = config.options;
  return exportOnnx((batch) => ({ outputs: sequenceGraph(p, run, batch) }), {
    description: `A causal model of ${kind.name} with the mixing ${mixing}: logits of the ${kind.unit} that follows each.`,
    ...metadata,
    properties: {
      ...exportFacts({ kind: config.kind, mixing, alphabet: config.alphabet }),
      ...metadata.properties,
    },
    descriptions: {
      inputs: `tokens from 0 to ${size.symbols - 1}; ${size.symbols} is the start, before the first token of a document`,
      logits: "logits of the next token, at each position from the tokens up to it",
    },
  });
}
