import { describe, expect, test } from "vitest";
import { evaluate, relativeError } from "../../../test/evaluate.ts";
import { decodeTokens, encodeTokens, tokenLanguage } from "../../codec/index.ts";
import { createRandom } from "../../data/random/random.ts";
import { input } from "../../graph/index.ts";
import { crossEntropy } from "../../nn/layers/losses.ts";
import { adamw } from "../../nn/optimizers/adamw.ts";
import { bind, freeze, layoutOf, type Scope } from "../../nn/parameters.ts";
import { compileTrainer, initialize } from "../../train/trainer.ts";
import { assembleBatch, type LabeledStream, type PaperBatch, paperInputs } from "./batch.ts";
import { paperBits } from "./likelihood.ts";
import { type PaperOptions, paperModel } from "./model.ts";
import { samplePaper } from "./sample.ts";

const geometry = { channels: 1, height: 8, width: 8, levels: 2 };
const language = tokenLanguage({ geometry, finestPlane: -2 });
const model: PaperOptions = {
  layers: 2,
  heads: 2,
  width: 16,
  vocabulary: 7,
  startingPlanes: 5,
  classes: 2,
};
const random = createRandom(5);

/** Streams of two classes: what is large lies top-left in one and bottom-right in the other. */
function someStreams(count: number): LabeledStream[] {
  return Array.from({ length: count }, (_, i) => {
    const label = i % 2;
    const coefficients = Float64Array.from({ length: 64 }, (_, j) => {
      const near = label === 0 ? j < 16 : j >= 48;
      return (near ? 2 : 0.1) * (2 * random.uniform() - 1);
    });
    const { tokens, startingPlane } = encodeTokens(coefficients, language);
    return { tokens, startingPlane, label };
  });
}

const streams = someStreams(4);
const length = Math.max(...streams.map((s) => s.tokens.length)) + 5;
const shape = { batch: 4, length };
const layout = layoutOf((p) => paperModel(p, paperInputs(4, length, 7), model));
const parameters = initialize(layout, random).map((x) => x + 0.1 * random.normal());

async function bitsOf(batch: PaperBatch, of: Float32Array = parameters): Promise<number[]> {
  const bits = paperBits(freeze(layout, of), paperInputs(4, length, 7), model);
  return (await evaluate({ bits }, batch)).bits;
}

describe("a batch", () => {
  const batch = assembleBatch(streams, language, shape, model);
  test("tells each position the token before it, and asks for its own", () => {
    for (const [b, { tokens }] of streams.entries()) {
      const row = (x: Int32Array) => [...x.subarray(b * length, (b + 1) * length)];
      expect(row(batch.targets).slice(0, tokens.length)).toEqual([...tokens]);
      expect(row(batch.tokens).slice(1, tokens.length)).toEqual([...tokens.slice(0, -1)]);
      expect(row(batch.tokens)[0]).toBe(-1);
      expect(row(batch.targets)[tokens.length]).toBe(-1);
    }
  });

  test("allows every token that stands in a stream, and locations lie in [0, 1]", () => {
    batch.targets.forEach((token, at) => {
      if (token >= 0) expect(batch.legal[at * 7 + token]).toBe(1);
    });
    expect(Math.min(...batch.location)).toBe(0);
    expect(Math.max(...batch.location)).toBeLessThanOrEqual(1);
  });
});

describe("the likelihood", () => {
  test("counts every token once: it is the sum over prefixes of what each token costs", async () => {
    const whole = await bitsOf(assembleBatch(streams, language, shape, model));
    const [first] = streams as [LabeledStream];
    const prefix = (n: number) => ({ ...first, tokens: first.tokens.slice(0, n) });
    const [a, b, none] = await bitsOf(
      assembleBatch([first, prefix(1), prefix(0)], language, shape, model),
    );
    expect(a).toBeCloseTo(whole[0]!, 3); // four streams
    expect(b).toBeGreaterThan(0); // the first token is not free
    expect(none).toBeCloseTo(0);
  });

  test("of all that can follow sums to one", async () => {
    const [stream] = streams as [LabeledStream];
    const upTo = 6;
    const batch = assembleBatch([stream], language, shape, model);
    const follow = [...Array(7).keys()].filter((t) => batch.legal[upTo * 7 + t] === 1);
    const before = { ...stream, tokens: stream.tokens.slice(0, upTo) };
    const [base] = await bitsOf(assembleBatch([before], language, shape, model));
    let total = 0;
    for (const token of follow) {
      const longer = { ...stream, tokens: Uint8Array.of(...before.tokens, token) };
      const [bits] = await bitsOf(assembleBatch([longer], language, shape, model));
      total += 2 ** (base! - bits!); // one stream, one number
    }
    expect(total).toBeCloseTo(1, 4);
  });

  test("is what training by the model's own objective lowers", async () => {
    const before = await bitsOf(assembleBatch(streams, language, shape, model));
    // Nats per token, as `paperImageModel` trains; the models' shared suite covers that.
    const x = paperInputs(4, length, 7);
    const objective = (p: Scope) => ({
      loss: crossEntropy(paperModel(p, x, model), x.targets, { legal: x.legal }).mean,
      metrics: {},
    });
    await using trainer = await compileTrainer(objective, { optimizer: adamw(), threads: 1 });
    const zero = new Float32Array(layout.size);
    trainer.restore({ parameters, m: zero, v: zero }, 0);
    const batch = assembleBatch(streams, language, shape, model);
    for (let i = 0; i < 30; i++) await trainer.train(batch, 3e-3);
    const after = await bitsOf(batch, Float32Array.from(trainer.state().parameters!));
    const sum = (bits: Iterable<number>) => [...bits].reduce((total, n) => total + n, 0);
    expect(sum(after)).toBeLessThan(0.8 * sum(before));
  });
});

describe("samples", () => {
  const requests = [0, 1, 0].map((label) => ({ label, startingPlane: 0 }));
  const draw = (seed: number) => {
    const source = createRandom(seed);
    return samplePaper(requests, parameters, language, model, {
      uniform: () => source.uniform(),
      threads: 1,
    });
  };

  test("are whole legal streams, the same for the same seed", async () => {
    const [first, again, other] = await Promise.all([draw(1), draw(1), draw(2)]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    for (const stream of first) {
      expect(() => decodeTokens(stream, language)).not.toThrow();
      const tooLong = { ...stream, tokens: Uint8Array.of(...stream.tokens, 0) };
      expect(() => decodeTokens(tooLong, language)).toThrow("complete");
    }
  });

  test("are drawn with the logits that the likelihood is made of", async () => {
    // Greedy sampling takes the likeliest legal token at every step; the full forward pass agrees.
    const [greedy] = await samplePaper(requests.slice(0, 1), parameters, language, model, {
      uniform: () => 0,
      temperature: 0,
      threads: 1,
    });
    const tokens = greedy!.tokens; // one request, one stream
    const size = { batch: 1, length: tokens.length };
    const batch = assembleBatch([greedy!], language, size, model);
    const x = paperInputs(1, tokens.length, 7);
    const logits = paperModel(bind(layout, input("arena", [layout.size])).scope, x, model);
    const masked = x.legal.where(logits, -1e9);
    const result = await evaluate(
      { best: masked.max(-1), chosen: masked.mul(x.targets.oneHot(7)).sum(-1) },
      { ...batch, arena: parameters },
    );
    expect(relativeError(result.chosen, result.best)).toBeLessThan(1e-4);
  });
});
