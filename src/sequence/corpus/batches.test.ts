import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createRandom } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import { byteKind, documentOf } from "../testing.ts";
import { evaluationBatches, type TokenBatch, trainingBatches } from "./batches.ts";
import { openCorpus, prepareCorpus } from "./corpus.ts";
import type { Corpus, CorpusPart } from "./parts.ts";

const begin = byteKind().size;

/** A part in memory whose every token is another: its place. */
function partOf(lengths: readonly number[]): CorpusPart {
  const starts = [0, ...lengths].map((_, i) => lengths.slice(0, i).reduce((sum, n) => sum + n, 0));
  return {
    name: "the part",
    symbols: begin,
    starts: Float64Array.from(starts),
    read: async (start, length) => Uint16Array.from({ length }, (_, i) => start + i),
  };
}

async function collect(batches: AsyncIterable<TokenBatch>): Promise<TokenBatch[]> {
  const all: TokenBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

/** The rows of a batch as pairs of what is known and what is to be predicted. */
function pairs({ inputs, targets }: TokenBatch): [number, number][] {
  return Array.from(inputs, (input, i) => [input, targets[i]!]); // of one length
}

const someLengths = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 });
const someShape = fc.record({
  context: fc.integer({ min: 1, max: 9 }),
  batch: fc.integer({ min: 1, max: 5 }),
});

/** Every target follows its input in its document, or the start symbol at its beginning; filling is at the end of a row. */
function expectToFollow(batch: TokenBatch, part: CorpusPart, context: number) {
  pairs(batch).forEach(([input, target], i) => {
    if (target === -1) expect(input).toBe(begin);
    else if (part.starts.includes(target)) expect(input).toBe(begin);
    else expect(input).toBe(target - 1);
    const filled = i % context > 0 && batch.targets[i - 1] === -1;
    if (filled) expect(target).toBe(-1);
  });
}

describe("evaluationBatches", () => {
  it("have every token as a target once, after the one before it", async () => {
    await fc.assert(
      fc.asyncProperty(someLengths, someShape, async (lengths, shape) => {
        const part = partOf(lengths);
        const batches = await collect(evaluationBatches(part, shape));
        for (const batch of batches) {
          expect(batch.inputs).toHaveLength(shape.batch * shape.context);
          expectToFollow(batch, part, shape.context);
        }
        const targets = batches.flatMap((batch) => [...batch.targets].filter((t) => t >= 0));
        expect(targets).toEqual(Array.from({ length: part.starts.at(-1)! }, (_, i) => i)); // it has an end
      }),
    );
  });

  it("have at most `limit` windows, spread evenly", async () => {
    const shape = { context: 2, batch: 2 };
    const firsts = async (limit: number) => {
      const batches = await collect(evaluationBatches(partOf([20]), { ...shape, limit }));
      return batches.flatMap(({ targets }) => [targets[0], targets[2]]);
    };
    expect(await firsts(3)).toEqual([0, 6, 12, -1]);
    expect(await firsts(0)).toEqual([]);
    expect(await firsts(99)).toHaveLength(10);
  });
});

describe("trainingBatches", () => {
  it("are windows of tokens after the one before them", async () => {
    await fc.assert(
      fc.asyncProperty(someLengths, someShape, async (lengths, shape) => {
        const part = partOf([...lengths, shape.context]);
        const at = trainingBatches(part, { ...shape, random: createRandom(2) });
        for (const step of [1, 2, 1000]) expectToFollow(await at(step), part, shape.context);
      }),
    );
  });

  it("have every token once in each epoch, each time in another order", async () => {
    const part = partOf([100, 3, 40]);
    const at = trainingBatches(part, { context: 8, batch: 1, random: createRandom(3) });
    let step = 0;
    const orders = new Set<string>();
    for (let epoch = 0; epoch < 5; epoch++) {
      const targets: number[] = [];
      while (targets.length < 143)
        targets.push(...(await at(++step)).targets.filter((t) => t >= 0));
      orders.add(targets.join());
      expect(targets.sort((a, b) => a - b)).toEqual(Array.from({ length: 143 }, (_, i) => i));
    }
    expect(orders.size).toBe(5);
  });

  it("depend on nothing but the random stream and the step", async () => {
    const folder = await temporaryFolder();
    const bytes = (count: number, from: number) =>
      documentOf(Array.from({ length: count }, (_, i) => (from + i) % 256));
    const parts = { train: [bytes(90, 0), bytes(5, 100)], valid: [bytes(9, 200)] };
    await using prepared = await prepareCorpus(folder, byteKind(), parts);
    await using reopened = await openCorpus(folder);
    const open = ({ train }: Corpus, seed: number) =>
      trainingBatches(train, { context: 7, batch: 4, random: createRandom(seed) });
    const [first, second] = [open(prepared, 1), open(reopened, 1)];
    const inOrder: TokenBatch[] = [];
    for (let step = 1; step <= 12; step++) inOrder.push(await first(step));
    const atOnce = Promise.all([9, 2, 12, 2, 1].map((step) => second(step)));
    expect(await atOnce).toEqual([9, 2, 12, 2, 1].map((step) => inOrder[step - 1]));
    expect(await open(prepared, 2)(1)).not.toEqual(inOrder[0]);
  });

  it("need as many tokens as a context", () => {
    const open = (context: number) =>
      trainingBatches(partOf([5, 4]), { context, batch: 1, random: createRandom(1) });
    expect(() => open(9)).not.toThrow();
    expect(() => open(10)).toThrow(
      new UserError("the part has 9 tokens, fewer than a context window of 10", "sizes-do-not-fit"),
    );
  });
});
