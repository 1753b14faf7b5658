import { input } from "../../graph/index.ts";
import { feedsOf, type ParameterLayout } from "../../nn/parameters.ts";
import { type CompileOptions, compile, inputsAmong } from "../../runtime/compile.ts";
import { differentiate, type Objective } from "../differentiate.ts";
import type { Batch, Values } from "../trainable.ts";

/** The half of a step before ranks meet: an objective's gradient on a batch. */
export interface GradientSession extends AsyncDisposable {
  /** Writes the gradient, times the batch's examples, into an arena; the result are loss and metrics of the batch. */
  run(
    parameters: Float32Array<ArrayBuffer>,
    batch: Batch,
    into: Float32Array<ArrayBuffer>,
  ): Promise<Values>;
}

/** Compiles loss and gradient of an objective. Batches weigh as many examples as they have, so that sums over ranks are means. */
export async function compileGradient(
  objective: Objective<string>,
  layout: ParameterLayout,
  options: CompileOptions,
): Promise<GradientSession> {
  const { loss, metrics, gradient } = differentiate(objective, layout, {
    weight: input("examples", []),
  });
  const executable = await compile({ ...metrics, loss, gradient }, options);
  const scalars = ["loss", ...Object.keys(metrics)];
  const numbers = scalars.map((name) => [name, new Float32Array(1)] as const);
  return {
    async run(parameters, { feeds, examples }, into) {
      const known = { ...feedsOf(layout, parameters), examples: Float32Array.of(examples) };
      const all = { ...feeds, ...inputsAmong(executable, known) };
      await executable.run(all, { ...Object.fromEntries(numbers), gradient: into });
      return Object.fromEntries(numbers.map(([name, values]) => [name, values[0] ?? Number.NaN]));
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}
