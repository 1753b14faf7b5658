import { beforeAll, describe, expect, test } from "vitest";
import { evaluate, relativeError } from "../../../test/evaluate.ts";
import { jaxLossAndGradients, jaxOneHot, jaxWeights, startJax } from "../../../test/jaxGpt.ts";
import { createRandom } from "../../data/random/random.ts";
import { concat, gradient, input, type Tensor } from "../../graph/index.ts";
import { initialize } from "../../train/trainer.ts";
import { bind, layoutOf } from "../parameters.ts";
import { type GptOptions, gpt } from "./gpt.ts";
import { crossEntropy } from "./losses.ts";

const options: GptOptions = { layers: 2, heads: 2, width: 16, vocabulary: 11, context: 12 };
const [batch, length] = [3, 10];
const tokens = input("tokens", [batch, length], "int32");
const targets = input("targets", [batch, length], "int32");
const layout = layoutOf((p) => gpt(p, tokens, options));
const random = createRandom(1);
// Larger than at the start of training, so that no gradient is small enough to hide a mistake.
const arena = initialize(layout, random).map((x) => x + 0.2 * random.normal());
const feeds = {
  arena,
  tokens: Int32Array.from({ length: batch * length }, () => random.integer(11)),
  targets: Int32Array.from({ length: batch * length }, () => random.integer(11)),
};

/** Loss and gradients of all parameters in the order of the layout. */
async function lossAndGradients(): Promise<{ loss: number; gradients: number[] }> {
  const bound = bind(layout, input("arena", [layout.size]));
  const loss = crossEntropy(gpt(bound.scope, tokens, options), targets).mean;
  const gradients = concat(
    gradient(loss, bound.tensors).map((g: Tensor) => g.reshape([-1])),
    0,
  );
  const result = await evaluate({ loss, gradients }, feeds);
  return { loss: result.loss[0]!, gradients: result.gradients }; // a scalar
}

describe("a GPT equals the same GPT in jax-js", () => {
  beforeAll(startJax);

  test("in its loss and in the gradient of every parameter, to 1e-4", async () => {
    const ours = await lossAndGradients();
    const [loss, gradients] = jaxLossAndGradients(options)(
      jaxWeights(layout, arena),
      jaxOneHot(feeds.tokens, batch, options.vocabulary),
      jaxOneHot(feeds.targets, batch, options.vocabulary),
    );
    expect(relativeError([ours.loss], [loss.item() as number])).toBeLessThan(1e-5);
    for (const [i, { name, offset }] of layout.parameters.entries()) {
      const end = layout.parameters[i + 1]?.offset ?? layout.size;
      const theirs = await gradients[name]!.data(); // the layout names all
      const error = relativeError(ours.gradients.slice(offset, end), theirs, 1e-6);
      expect(error, name).toBeLessThan(1e-4);
    }
  });
});

test("no logit depends on a later token", async () => {
  const bound = bind(layout, input("arena", [layout.size]));
  const logits = gpt(bound.scope, tokens, options);
  const before = await evaluate({ logits }, feeds);
  const changed = feeds.tokens.slice();
  changed[6] = (changed[6]! + 1) % 11; // first sequence, position 6
  const after = await evaluate({ logits }, { ...feeds, tokens: changed });
  const upTo = 6 * options.vocabulary;
  expect(after.logits.slice(0, upTo)).toEqual(before.logits.slice(0, upTo));
  expect(after.logits.slice(upTo, upTo + 11)).not.toEqual(before.logits.slice(upTo, upTo + 11));
});
