import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { evaluationWindows, trainingWindows, type Window, type Windows } from "./windows.ts";

const startsOf = (lengths: readonly number[]) =>
  Float64Array.from([...lengths, 0], (_, i) => lengths.slice(0, i).reduce((sum, n) => sum + n, 0));
const ofEpoch = (windows: Windows, epoch: number) =>
  Array.from({ length: windows.count }, (_, i) => windows.at(i, epoch));
const someLengths = fc.array(fc.nat(200), { maxLength: 6 });
const someContext = fc.integer({ min: 1, max: 40 });

/** Windows in order cover each document from its beginning to its end, none is empty or longer than the context. */
function expectToCover(windows: readonly Window[], starts: Float64Array, context: number) {
  let reached = 0;
  for (const { start, length, opens } of windows) {
    const document = starts.findLastIndex((first) => first <= start);
    expect(start).toBe(reached);
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(context);
    expect(opens).toBe(start === starts[document]);
    expect(start + length).toBeLessThanOrEqual(starts[document + 1]!); // the last is where all end
    reached += length;
  }
  expect(reached).toBe(starts.at(-1));
}

describe("windows", () => {
  it("have every token once and lie within a document, in evaluation and in every epoch", () => {
    fc.assert(
      fc.property(someLengths, someContext, fc.nat(9), (lengths, context, epoch) => {
        const starts = startsOf(lengths);
        const training = trainingWindows(starts, context, createRandom(1));
        expectToCover(ofEpoch(training, epoch), starts, context);
        expectToCover(ofEpoch(evaluationWindows(starts, context), epoch), starts, context);
      }),
    );
  });

  it("of an evaluation are as few as can be", () => {
    expect(ofEpoch(evaluationWindows(startsOf([7, 0, 3]), 3), 0)).toEqual([
      { start: 0, length: 3, opens: true },
      { start: 3, length: 3, opens: false },
      { start: 6, length: 1, opens: false },
      { start: 7, length: 3, opens: true },
    ]);
  });

  it("of a training are one more than that only in a document of many", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), someContext, (tokens, context) => {
        const starts = startsOf([tokens]);
        const least = Math.ceil(tokens / context);
        const { count } = trainingWindows(starts, context, createRandom(1));
        expect(count - least).toBeOneOf(least > 8 ? [0, 1] : [0]);
      }),
    );
  });

  it("of a long document move from epoch to epoch, in at least half as many ways as a context has tokens", () => {
    const epochs = 400;
    const context = 8;
    for (let tokens = 8 * context + 1; tokens < 12 * context; tokens++) {
      const windows = trainingWindows(startsOf([tokens]), context, createRandom(tokens));
      const counts = new Map<number, number>();
      for (let epoch = 0; epoch < epochs; epoch++) {
        const { length } = windows.at(0, epoch);
        counts.set(length, (counts.get(length) ?? 0) + 1);
      }
      expect(counts.size).toBeGreaterThanOrEqual(context / 2);
      for (const count of counts.values()) {
        const expected = epochs / counts.size;
        expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
      }
    }
  });

  it("are found in a corpus of 10^9 tokens without a table of tokens", () => {
    const tokens = 1e9;
    const windows = trainingWindows(startsOf([5, tokens, 7]), 512, createRandom(1));
    // They fill 1,953,125 windows to the last token, so there is one more.
    expect(windows.count).toBe(1 + 1_953_126 + 1);
    const last = windows.at(windows.count - 2, 3);
    expect(last.start + last.length).toBe(5 + tokens);
  });
});
