import { describe, expect, test } from "vitest";
import { evaluate } from "../../test/evaluate.ts";
import { countSessions } from "../../test/openSessions.ts";
import { input } from "../graph/index.ts";
import { bind } from "../nn/parameters.ts";
import type { CorpusPart } from "./corpus/parts.ts";
import { evaluateSequence } from "./evaluate.ts";
import { sequenceModel } from "./model.ts";
import type { SequenceRun } from "./run.ts";
import { byteRun, bytesPart } from "./testing.ts";

const threads = 1;
const [context, symbols] = [8, 11];
const run = byteRun({ context }, { symbols, stir: 0.3 });
// Longer and shorter than the context, of one token, of none, and as long as two windows.
const lengths = [19, 1, 0, 5, 16];
const documents = lengths.map((length, d) =>
  Array.from({ length }, (_, i) => (i * i + 3 * d) % symbols),
);
const part = bytesPart(documents, symbols);
const total = lengths.reduce((sum, length) => sum + length, 0);

/** -ln p of each token of a document, from the logits of a window that is cut out by hand. */
async function costs({ size, mixing, layout, parameters }: SequenceRun, document: number[]) {
  const tokens = input("tokens", [1, context], "int32");
  const { scope } = bind(layout, input("arena", [layout.size]));
  const logits = sequenceModel(scope, tokens, size, mixing);
  const all: number[] = [];
  for (let start = 0; start < document.length; start += context) {
    const known = [symbols, ...document].slice(start, start + context);
    const given = [...known, ...Array(context).fill(0)].slice(0, context); // the future does not matter
    const { logits: values } = await evaluate({ logits }, { tokens: given, arena: parameters });
    document.slice(start, start + context).forEach((token, t) => {
      const row = values.slice(t * symbols, (t + 1) * symbols);
      const norm = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
      all.push(norm - row[token]!); // a token is a symbol
    });
  }
  return all;
}

describe("scoring a part of a corpus", () => {
  test("counts -ln p of each token once, each window from its beginning", async () => {
    const each = (await Promise.all(documents.map((document) => costs(run, document)))).flat();
    const expected = each.reduce((sum, cost) => sum + cost, 0);
    expect(each).toHaveLength(total);
    const told: number[] = [];
    const onTokens = (tokens: number) => told.push(tokens);
    const score = await evaluateSequence(run, part, { threads, onTokens });
    expect(score.tokens).toBe(total);
    expect(score.nats).toBeCloseTo(expected / total, 5);
    expect(score.bits).toBeCloseTo(expected / total / Math.log(2), 5);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(total);
  });

  test("gives the same whatever the number of windows in a batch", async () => {
    const { nats } = await evaluateSequence(run, part, { threads });
    const alone = byteRun({ context, batch: 1 }, { symbols, stir: 0.3 });
    expect(alone.parameters).toEqual(run.parameters);
    const score = await evaluateSequence(alone, part, { threads });
    expect(score).toMatchObject({ tokens: total });
    expect(score.nats).toBeCloseTo(nats, 6);
  });

  test("of an untrained model is about ln of the number of symbols", async () => {
    const score = await evaluateSequence(byteRun({ context }, { symbols }), part, { threads });
    expect(score.nats / Math.log(symbols)).toBeCloseTo(1, 1);
  });

  test("counts as many windows as it is told to", async () => {
    const score = await evaluateSequence(run, part, { threads, limit: 2 });
    expect(score.tokens).toBeGreaterThan(0);
    expect(score.tokens).toBeLessThanOrEqual(2 * context);
  });

  test("stops when it is told to, with nothing left open", async () => {
    const open = countSessions();
    const reads: number[] = [];
    const interrupt = new AbortController();
    const watched: CorpusPart = {
      ...part,
      read(start, length) {
        reads.push(start);
        interrupt.abort();
        return part.read(start, length);
      },
    };
    const alone = byteRun({ context, batch: 1 }, { symbols });
    await expect(
      evaluateSequence(alone, watched, { threads, signal: interrupt.signal }),
    ).rejects.toThrow("aborted");
    expect(reads).toEqual([0]);
    expect(open()).toBe(0);
  });
});
