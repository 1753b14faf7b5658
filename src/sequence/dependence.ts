import { createRandom } from "../data/random/random.ts";
import { concat, constant, gradient, input, type Tensor } from "../graph/index.ts";
import { topological } from "../graph/topological.ts";
import { bindInputs, feedsOf, layoutOf } from "../nn/parameters.ts";
import { type CompileOptions, compile } from "../runtime/compile.ts";
import { initialize } from "../train/trainer.ts";
import type { Mixing } from "./mixing/mixing.ts";
import { type SequenceSize, sequenceModel } from "./model.ts";

/** What the logits of a model depend on, over all positions. A causal model has zeros in `future` and `changed`. */
export interface Dependence {
  /** Largest derivative of a position's logits, in a random direction, by a vector that tokens up to it are looked up as. */
  readonly past: number;
  /** The same derivative by the vectors of later tokens: 0 of a causal model. */
  readonly future: number;
  /** Largest change of a logit where all later tokens become others: the only way in which an index could see them. */
  readonly changed: number;
}

/**
 * What the logits of a whole sequence depend on, of a model with a mixing and random parameters, none of which is zero: a property
 * of the formula, not of a training. Derivatives are those of training, by everything that a table gives for a token or a pair
 * of tokens.
 *
 * @example
 * ```ts
 * // Half of the last position's features are added.
 * const echo = between((_p, x, past) => x.add(past.ago(x, 1).mul(0.5)));
 * const { future, changed } = await dependence(echo, {
 *   ...{ layers: 2, heads: 2, width: 8, context: 16, symbols: 5 },
 * });
 * console.log(future, changed);
 * // → 0 0
 * ```
 */
export async function dependence(
  mixing: Mixing,
  size: SequenceSize,
  options: CompileOptions = {},
): Promise<Dependence> {
  const { context: length, symbols } = size;
  const tokens = input("tokens", [1, length], "int32");
  const layout = layoutOf((p) => sequenceModel(p, tokens, size, mixing));
  const logits = sequenceModel(bindInputs(layout).scope, tokens, size, mixing);
  const lookups = lookupsOf(logits, tokens);
  const random = createRandom("dependence");
  const direction = Array.from({ length: symbols }, () => random.normal());
  const chosen = input("chosen", [1, length, 1]); // one position
  const along = logits
    .mul(chosen)
    .mul(constant(direction, [1, 1, symbols]))
    .sum();
  const slopes = concat(
    gradient(along, lookups).map((g) => g.abs().max([0, 2]).reshape([1, length])),
    0,
  );
  await using executable = await compile({ logits, slopes }, options);
  const parameters = initialize(layout, random).map((value) => value + 0.3 * random.normal());
  const known = feedsOf(layout, parameters);
  const ids = Int32Array.from({ length }, () => random.integer(symbols + 1));
  const most = { past: 0, future: 0, changed: 0 };
  for (let t = 0; t < length; t++) {
    const place = new Float32Array(length);
    place[t] = 1;
    const found = await executable.run({ ...known, tokens: ids, chosen: place });
    const others = ids.map((id, s) => (s > t ? (id + 1 + (s % symbols)) % (symbols + 1) : id));
    const again = await executable.run({ ...known, tokens: others, chosen: place });
    for (let i = 0; i < lookups.length * length; i++) {
      const when = i % length > t ? "future" : "past";
      most[when] = Math.max(most[when], Number(found.slopes[i]));
    }
    for (let i = 0; i < (t + 1) * symbols; i++) {
      const change = Math.abs(Number(again.logits[i]) - Number(found.logits[i]));
      most.changed = Math.max(most.changed, change);
    }
  }
  return most;
}

/** Every tensor of a graph that a table gives for tokens, `[1, length, features]`. */
function lookupsOf(output: Tensor, tokens: Tensor): Tensor[] {
  const known = new Set([tokens.source]);
  const lookups: Tensor[] = [];
  for (const source of topological([output])) {
    if (source.kind !== "operation") continue;
    if (!source.inputs.some((x) => known.has(x.source))) continue;
    // What a lookup gives is no longer a matter of whole numbers: derivatives go on from it.
    if (source.name === "gather" || source.name === "oneHot") lookups.push(...source.outputs);
    else known.add(source);
  }
  return lookups;
}
