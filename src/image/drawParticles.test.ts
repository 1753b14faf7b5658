import { describe, expect, test } from "vitest";
import { agreeing, fixedWhere, type Site, tokenNames, walk } from "../codec/index.ts";
import { createRandom } from "../data/random/random.ts";
import { tokenChance } from "../nn/decoding/sampling.ts";
import type { AnsweringModel, WalkFollower } from "./answering.ts";
import { createSampler } from "./drawSideBySide.ts";
import { imageLanguage } from "./language/language.ts";
import type { DrawRequest } from "./model.ts";

/** Pictures of 2×2 pixels with two planes: so few streams that all of them can be listed. */
const { tokens: language } = imageLanguage(
  { wavelet: "haar", finest: 1, levels: 1 },
  { width: 2, height: 2 },
);
const vocabulary = tokenNames[language.vocabulary].length;
const startingPlane = 1;

/** A model whose answers depend on all that is known, and on nothing else. */
function logitsAt({ kind, plane, offset }: Site, known: Float64Array): Float32Array {
  const seen = known.reduce((sum, value, i) => sum + (i + 1) * value, 0);
  return Float32Array.from({ length: vocabulary }, (_, t) => {
    return 2 * Math.sin((1 + t) * (1 + kind + 3 * plane + 2 * offset) + (1 + t) * seen);
  });
}

const model: AnsweringModel<WalkFollower> = {
  language,
  follow: () => ({ isIn: () => true }),
  async answers(rows) {
    const all = new Float32Array(rows * vocabulary);
    return {
      async ask(questions) {
        for (const [row, question] of questions.entries())
          if (question) all.set(logitsAt(question.site, question.approximation), row * vocabulary);
        return all;
      },
      async [Symbol.asyncDispose]() {},
    };
  },
};

/** What is kept: the last two of four coefficients. */
const allowed = agreeing(fixedWhere([0, 0, 1, 1], Float64Array.of(0, 0, 1.4, -3.2)), language);

/** The probability of every stream that agrees with what is kept, given that one of them is drawn. */
function conditional(temperature: number): Map<string, number> {
  const found = new Map<string, number>();
  const visit = (tokens: readonly number[], chance: number) => {
    const known = new Float64Array(4);
    const steps = walk(language, startingPlane, known);
    let step = steps.next();
    for (const token of tokens) step = steps.next(token);
    if (step.done) {
      found.set(`${tokens}`, chance);
      return;
    }
    const site = step.value;
    const { legal } = site;
    const logits = logitsAt(site, known);
    const choices = legal & allowed(site, known, tokens.length);
    for (let token = 0; token < vocabulary; token++)
      if ((choices >> token) & 1)
        visit([...tokens, token], chance * tokenChance(logits, legal, token, { temperature }));
  };
  visit([], 1);
  const total = [...found.values()].reduce((sum, chance) => sum + chance, 0);
  return new Map([...found].map(([stream, chance]) => [stream, chance / total]));
}

const requests = (images: number, count: number, seed = 1): DrawRequest[] =>
  Array.from({ length: images }, (_, i) => ({
    ...{ label: 0, startingPlane, random: createRandom(seed).fork(`image ${i}`) },
    ...(count === 1 ? { allowed } : { particles: { count, choosing: () => ({ allowed }) } }),
  }));

/** Half of the sum of differences between the shares of streams and their probabilities, from 0 to 1. */
async function distance(count: number, temperature: number): Promise<number> {
  const images = 1500;
  const drawn = await createSampler(model).draw(requests(images, count), { temperature });
  const shares = new Map<string, number>();
  for (const { tokens } of drawn)
    shares.set(`${tokens}`, (shares.get(`${tokens}`) ?? 0) + 1 / images);
  const exact = conditional(temperature);
  for (const stream of shares.keys()) expect(exact.has(stream)).toBe(true);
  return (
    [...exact].reduce((sum, [stream, p]) => sum + Math.abs(p - (shares.get(stream) ?? 0)), 0) / 2
  );
}

describe("particles", () => {
  test("come to be drawn as the model would at the temperature, given what is kept", async () => {
    const one = await distance(1, 0.7);
    expect(one).toBeGreaterThan(0.15);
    expect(await distance(4, 0.7)).toBeLessThan(0.6 * one);
    expect(await distance(24, 0.7)).toBeLessThan(0.08);
  });

  test("draw each image by itself", async () => {
    const sampler = createSampler(model);
    const all = await sampler.draw(requests(50, 5), {});
    expect(await sampler.draw(requests(3, 5), {})).toEqual(all.slice(0, 3));
    expect(await sampler.draw(requests(50, 5, 2), {})).not.toEqual(all);
  });

  test("need a temperature above 0", async () => {
    for (const sampling of [
      { temperature: 0 },
      { temperature: { detail: 0 } },
      { cooling: { factor: 0, from: 1 } },
    ])
      await expect(createSampler(model).draw(requests(1, 2), sampling)).rejects.toThrow(
        "particles need a temperature above 0",
      );
  });

  test("are refused in the order of coefficients, where planes do not come one after another", async () => {
    const { tokens } = imageLanguage(
      { wavelet: "haar", lossless: true, order: "coefficients" },
      { width: 2, height: 2 },
    );
    expect(tokens.order).toBe("coefficients");
    const lossless = createSampler({ ...model, language: tokens });
    await expect(lossless.draw(requests(1, 2), {})).rejects.toThrow("lossless");
  });
});
