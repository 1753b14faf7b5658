import { expect, test } from "vitest";
import { evaluate, relativeError } from "../../test/evaluate.ts";
import { createRandom } from "../data/random.ts";
import { input } from "../graph/index.ts";
import { initialise } from "../train/trainer.ts";
import { createDecoder } from "./decoder.ts";
import { type GptOptions, gpt } from "./gpt.ts";
import { bind, layoutOf } from "./parameters.ts";

const options: GptOptions = { layers: 2, heads: 2, width: 16, vocabulary: 11, context: 12 };
const [batch, length] = [3, 12];
const tokens = input("tokens", [batch, length], "int32");
const layout = layoutOf((p) => gpt(p, tokens, options));
const random = createRandom(2);
const arena = initialise(layout, random).map((x) => x + 0.2 * random.normal());
const ids = Int32Array.from({ length: batch * length }, () => random.integer(11));

function decoderOf(buckets: readonly number[]) {
  const token = input("token", [batch, 1], "int32");
  return createDecoder(
    (p, { attend, position }) => gpt(p, token, { ...options, attend }, position),
    layout,
    arena,
    { batch, layers: 2, heads: 2, depth: 8, buckets, threads: 1 },
  );
}

const column = (t: number) => Int32Array.from({ length: batch }, (_, b) => ids[b * length + t]!); // t < length

test("cached logits equal those of the full forward pass to 1e-4, across buckets", async () => {
  const bound = bind(layout, input("arena", [layout.size]));
  const { full } = await evaluate(
    { full: gpt(bound.scope, tokens, options) },
    { arena, tokens: ids },
  );
  const decoder = decoderOf([2, 4]); // and 8 by itself, and 16
  for (let t = 0; t < length; t++) {
    expect(decoder.position()).toBe(t);
    const logits = await decoder.next({ token: column(t) });
    const expected = Array.from({ length: batch }, (_, b) => {
      const start = (b * length + t) * options.vocabulary;
      return full.slice(start, start + options.vocabulary);
    }).flat();
    expect(relativeError(logits, expected)).toBeLessThan(1e-4);
  }
  await decoder.close();
});
