import { describe, expect, test } from "vitest";
import { evaluateAll } from "../../test/evaluate.ts";
import { countSessions } from "../../test/openSessions.ts";
import { input } from "../graph/index.ts";
import { bind } from "../nn/parameters.ts";
import type { MixingName } from "./mixings.ts";
import { sequenceModel } from "./model.ts";
import type { SequenceRun } from "./run.ts";
import { drawSequence } from "./sample.ts";
import { byteRun } from "./testing.ts";

const [context, symbols] = [8, 11];
const tiny = (mixing: MixingName = "haar") => byteRun({ mixing, context }, { symbols, stir: 0.3 });
const draw = (run: SequenceRun, options: Partial<Parameters<typeof drawSequence>[1]> = {}) =>
  drawSequence(run, { length: 20, seed: 1, threads: 1, ...options });
const prompt = (length: number) => Uint16Array.from({ length }, (_, i) => (3 * i) % symbols);

/**
 * For each token that follows a prompt, how far its logit is below the largest, in a forward pass over the whole window
 * that it is drawn from: all there is up to the context, then again and again from the last half of a full window.
 */
async function regrets(run: SequenceRun, tokens: Uint16Array, prompted: number) {
  const { size, mixing, layout, parameters } = run;
  const places = [symbols, ...tokens]; // place p is fed to draw token p
  const windows = input("tokens", [1, context], "int32");
  const { scope } = bind(layout, input("arena", [layout.size]));
  const logits = sequenceModel(scope, windows, size, mixing);
  const half = context / 2;
  let start = 0;
  const starts = Array.from({ length: tokens.length - prompted }, (_, i) => {
    if (prompted + i >= start + context) start = prompted + i + 1 - half;
    return start;
  });
  const feeds = starts.map((first) => ({
    arena: parameters,
    tokens: Array.from({ length: context }, (_, i) => places[first + i] ?? 0), // the future does not matter
  }));
  const all = await evaluateAll({ logits }, feeds);
  return all.map(({ logits: values }, i) => {
    const place = prompted + i - starts[i]!; // as many
    const row = values.slice(place * symbols, (place + 1) * symbols);
    return Math.max(...row) - row[tokens[prompted + i]!]!; // a token is a symbol
  });
}

describe("drawing a sequence", () => {
  test("depends on the seed alone", async () => {
    const run = tiny();
    const [first, again, other] = [await draw(run), await draw(run), await draw(run, { seed: 2 })];
    expect(first).toHaveLength(20);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    for (const token of first) expect(token).toBeLessThan(symbols);
  });

  test.each(["none", "haar", "learned", "ema", "conv"] as const)(
    "without chance takes what is likeliest in the whole of each window, with the mixing %s",
    async (mixing) => {
      const run = tiny(mixing);
      // Nothing, some, as much as a context, one more, and several contexts are known before.
      for (const known of [0, 3, context, context + 1, 3 * context + 2]) {
        const given = prompt(known);
        const length = known + 3 * context;
        const drawn = await draw(run, { prompt: given, length, temperature: 0 });
        expect(drawn).toHaveLength(length);
        expect(drawn.subarray(0, known)).toEqual(given);
        for (const regret of await regrets(run, drawn, known)) expect(regret).toBeLessThan(1e-5);
      }
    },
  );

  test("of a context of an odd length, longer than several, works too", async () => {
    const run = byteRun({ context: 5 }, { symbols, stir: 0.3 });
    expect(await draw(run, { length: 23 })).toHaveLength(23);
  });

  test("draws nothing where the prompt is as long as all is to be", async () => {
    for (const length of [3, 4]) {
      expect(await draw(tiny(), { prompt: prompt(4), length })).toEqual(prompt(4));
    }
  });

  test("tells how far it is, and stops when it is told to, with nothing left open", async () => {
    const open = countSessions();
    const told: number[] = [];
    const interrupt = new AbortController();
    const drawing = draw(tiny(), {
      prompt: prompt(2),
      signal: interrupt.signal,
      onToken(tokens) {
        told.push(tokens);
        if (tokens === 5) interrupt.abort();
      },
    });
    await expect(drawing).rejects.toThrow("aborted");
    expect(told).toEqual([3, 4, 5]);
    expect(open()).toBe(0);
  });
});
