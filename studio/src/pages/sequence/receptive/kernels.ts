import { createRandom } from "ondelette/data";
import { constant, gradient, input, type Tensor } from "ondelette/graph";
import { freeze, layoutOf, type Scope, wholeSequence } from "ondelette/nn";
import { compile } from "ondelette/runtime";
import type { Mixing } from "ondelette/sequence";
import { initialize } from "ondelette/train";

/** Which weights are asked for. */
export interface KernelRequest {
  readonly width: number;
  readonly context: number;
  /** Positions that look back. */
  readonly positions: readonly number[];
}

/**
 * With which weight each position looks at each token in each channel, `[positions, context, width]`: the derivative of the
 * mixing's output at a position, summed over its channels, by its input, at an input of zeros. The library's own mixing and its
 * own derivative, at the passage into the block after `layer`; `scope` holds the learned weights of a model, which are those of
 * a fresh one otherwise.
 */
export async function kernelsOf(
  mixing: Mixing,
  { width, context, positions }: KernelRequest,
  { scope, layer = 1 }: { readonly scope?: Scope; readonly layer?: number } = {},
): Promise<Float32Array> {
  const count = positions.length;
  const x = input("x", [count, context, width]);
  const asked = new Float32Array(count * context);
  positions.forEach((position, row) => {
    asked[row * context + position] = 1;
  });
  const tokens = constant(Array<number>(count * context).fill(0), [count, context], "int32");
  const mix = (p: Scope) => {
    const site = { p, tokens, symbols: 1, width, heads: 1, layers: layer + 1, context };
    const { residual = (y: Tensor) => y } = mixing({ ...site, past: wholeSequence });
    return residual(residual(x, 0), layer); // what works once, on the embedding, and what works between blocks
  };
  const y = mix(scope ?? freshScope(mix));
  const seen = y.mul(constant([...asked], [count, context, 1])).sum();
  const [weights] = gradient(seen, [x]);
  // A constant gradient has no input to feed.
  await using executable = await compile({ weights: weights!.add(x.mul(0)) });
  const result = await executable.run({ x: new Float32Array(count * context * width) });
  return Float32Array.from(result.weights as Float32Array); // the graph computes in float32
}

/** Parameters as they are before a training. */
function freshScope(mix: (p: Scope) => unknown): Scope {
  const layout = layoutOf(mix);
  return freeze(layout, initialize(layout, createRandom(1)));
}
