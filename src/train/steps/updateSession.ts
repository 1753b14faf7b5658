import { input, type Tensor } from "../../graph/index.ts";
import type { Optimizer } from "../../nn/optimizers/optimizer.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { type CompileOptions, compile, inputsAmong } from "../../runtime/compile.ts";

/** Arrays of the parameters of an update, in the order of `arenaNames`. */
type Arenas = readonly Float32Array<ArrayBuffer>[];

/** The half of a step after ranks met: the optimizer. */
export interface UpdateSession extends AsyncDisposable {
  /** Computes the next parameters and state from the present, into other arrays; the gradient is multiplied with `scale`. */
  run(
    step: { readonly number: number; readonly rate: number; readonly scale: number },
    from: Arenas,
    gradient: Float32Array<ArrayBuffer>,
    into: Arenas,
  ): Promise<void>;
}

/** Compiles an optimizer's update of the parameters of a layout; `names` are those of its arenas. */
export async function compileUpdate(
  optimizer: Optimizer,
  layout: ParameterLayout,
  names: readonly string[],
  options: CompileOptions,
): Promise<UpdateSession> {
  const arenas = names.map((name) => input(name, [layout.size]));
  const [parameters, ...slots] = arenas as [Tensor, ...Tensor[]]; // parameters are the first
  const next = optimizer.update({
    ...{ layout, parameters, slots },
    gradient: input("gradient", [layout.size]),
    scale: input("scale", []),
    learningRate: input("learningRate", []),
    step: input("step", []),
  });
  const results = [next.parameters, ...next.slots];
  const outputs = Object.fromEntries(names.map((name, i) => [`next.${name}`, results[i]!])); // as many
  const executable = await compile(outputs, options);
  return {
    async run({ number, rate, scale }, from, gradient, into) {
      const feeds = {
        ...Object.fromEntries(names.map((name, i) => [name, from[i]!])), // as many
        gradient,
        scale: Float32Array.of(scale),
        learningRate: Float32Array.of(rate),
        step: Float32Array.of(number),
      };
      await executable.run(
        inputsAmong(executable, feeds),
        Object.fromEntries(names.map((name, i) => [`next.${name}`, into[i]!])), // as many
      );
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}
