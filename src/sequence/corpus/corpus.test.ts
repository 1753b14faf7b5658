import { existsSync } from "node:fs";
import { readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createRandom } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document, Parts } from "../kind.ts";
import { byteKind, documentOf } from "../testing.ts";
import { trainingBatches } from "./batches.ts";
import { type CorpusPart, openCorpus, prepareCorpus } from "./corpus.ts";
import { openDocuments } from "./documents.ts";

const prepare = (folder: string, parts: Parts<readonly Document[]>, kind = byteKind()) =>
  prepareCorpus(folder, kind, parts);
const counting = (count: number) => Array.from({ length: count }, (_, i) => i % 256);

/** The tokens of each document. */
async function documentsOf(part: CorpusPart): Promise<number[][]> {
  const starts = [...part.starts];
  const read = async (start: number, i: number) => [
    ...(await part.read(start, starts[i + 1]! - start)), // not asked of the last
  ];
  return Promise.all(starts.slice(0, -1).map(read));
}

describe("prepareCorpus", () => {
  it("encodes each document of each part, and can be opened again", async () => {
    const [a, b, c] = [counting(5), counting(3).reverse(), counting(4)];
    const parts = { train: [documentOf(a), documentOf(b)], valid: [documentOf(c)] };
    const folder = await temporaryFolder();
    await using prepared = await prepare(folder, parts);
    await using opened = await openCorpus(folder);
    for (const corpus of [prepared, opened]) {
      expect(corpus.train.symbols).toBe(256);
      expect(await documentsOf(corpus.train)).toEqual([a, b]);
      expect(await documentsOf(corpus.valid)).toEqual([c]);
    }
  });

  it("holds out the last tenth of the tokens where no document is", async () => {
    const lengths = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 });
    const folder = await temporaryFolder();
    await fc.assert(
      fc.asyncProperty(lengths, async (some) => {
        const documents = [...some, 20].map(counting);
        const parts = { train: documents.map((bytes) => documentOf(bytes)), valid: [] };
        await using corpus = await prepare(folder, parts);
        const [train, valid] = [await documentsOf(corpus.train), await documentsOf(corpus.valid)];
        const all = documents.flat();
        expect([train.flat(), valid.flat()]).toEqual([
          all.slice(0, Math.floor(all.length * 0.9)),
          all.slice(Math.floor(all.length * 0.9)),
        ]);
        const ends = (parts: number[][]) =>
          parts.map((_, i) => parts.slice(0, i + 1).flat().length);
        const kept = [...ends([...train, ...valid])];
        expect(kept).toEqual(expect.arrayContaining(ends(documents.filter((d) => d.length > 0))));
      }),
      { numRuns: 30 },
    );
  });

  it("encodes once, and anew when documents, alphabet or the files have changed", async () => {
    const folder = await temporaryFolder();
    let read = 0;
    const watched = (name: string, version: string): Document => ({
      name,
      version,
      async *bytes() {
        read++;
        yield Uint8Array.from(counting(20));
      },
    });
    const times = async (document: Document, kind = byteKind()) => {
      read = 0;
      await using _ = await prepare(folder, { train: [document], valid: [] }, kind);
      return read;
    };
    expect(await times(watched("a", "1"))).toBe(1);
    expect(await times(watched("a", "1"))).toBe(0);
    expect(await times(watched("a", "2"))).toBe(1);
    expect(await times(watched("b", "2"))).toBe(1);
    expect(await times(watched("b", "2"), byteKind(300))).toBe(1);
    expect(await times(watched("b", "2"))).toBe(1);
    await truncate(join(folder, "tokens-0000.bin"), 10);
    expect(await times(watched("b", "2"))).toBe(1);
    await rm(join(folder, "index.json"));
    expect(await times(watched("b", "2"))).toBe(1);
    expect(await times(watched("b", "2"))).toBe(0);
  });

  it("refuses a corpus of which a part is left without tokens", async () => {
    const folder = await temporaryFolder();
    const tooSmall = (part: string) =>
      new UserError(`the corpus in ${folder} is too small: its ${part} part has no tokens`);
    const one = { train: [documentOf([1])], valid: [] };
    await expect(prepare(folder, one)).rejects.toThrow(tooSmall("train"));
    const noValid = { train: [documentOf([1])], valid: [documentOf([])] };
    await expect(prepare(folder, noValid)).rejects.toThrow(tooSmall("valid"));
    await expect(prepare(folder, { train: [], valid: [] })).rejects.toThrow(tooSmall("train"));
  });
});

const text = "../shared/data/tinyshakespeare.txt";
const here = existsSync(text);
describe.skipIf(!here)(here ? "tinyshakespeare" : `skipped: ${text} is absent`, () => {
  it("is 90 % for training, byte by byte, in windows that say what the text says", async () => {
    const documents = await openDocuments(text, []);
    await using corpus = await prepare(await temporaryFolder(), documents);
    expect([...corpus.train.starts, ...corpus.valid.starts]).toEqual([0, 1_003_854, 0, 111_540]);
    const batches = trainingBatches(corpus.train, {
      context: 512,
      batch: 2,
      random: createRandom(1),
    });
    const { inputs, targets } = await batches(10_000);
    const whole = await readFile(text, "latin1");
    for (const tokens of [inputs.subarray(0, 512), targets.subarray(512)]) {
      const known = [...tokens].filter((token) => token >= 0 && token < 256);
      expect(whole).toContain(String.fromCharCode(...known));
    }
  });
});
