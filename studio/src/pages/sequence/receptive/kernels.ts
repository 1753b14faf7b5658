import { createRandom } from "ondelette/data";
import { constant, gradient, input } from "ondelette/graph";
import { freeze, layoutOf, type Scope } from "ondelette/nn";
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
 * own derivative; `scope` holds learned weights, which are those of a fresh model otherwise. `mixing` is undefined for none.
 */
export async function kernelsOf(
  mixing: Mixing | undefined,
  { width, context, positions }: KernelRequest,
  scope?: Scope,
): Promise<Float32Array> {
  const count = positions.length;
  const x = input("x", [count, context, width]);
  const asked = new Float32Array(count * context);
  positions.forEach((position, row) => {
    asked[row * context + position] = 1;
  });
  const mix = (p: Scope) => (mixing ? mixing.whole(p, x) : x);
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
