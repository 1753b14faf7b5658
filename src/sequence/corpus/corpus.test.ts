import { existsSync } from "node:fs";
import { readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createRandom } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document } from "../kind.ts";
import type { CharsAlphabet } from "../kinds/chars.ts";
import { openKind } from "../kinds.ts";
import { byteKind, documentOf } from "../testing.ts";
import { trainingBatches } from "./batches.ts";
import { openCorpus, prepareCorpus, reopenCorpus } from "./corpus.ts";
import { openDocuments } from "./documents.ts";
import type { CorpusPart } from "./parts.ts";

type Given = Parameters<typeof prepareCorpus>[2];
const prepare = (folder: string, parts: Given, kind = byteKind()) =>
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

describe("a document that cannot be read", () => {
  const bad: Document = {
    name: "bad",
    version: "1",
    async *bytes() {
      yield Uint8Array.of(7, 7);
      throw new UserError("bad is damaged");
    },
  };
  const [a, b] = [documentOf(counting(5)), documentOf(counting(3))];
  const parts = { train: [a, bad, a], valid: [bad, b] };

  it("is left out, with a notice that stays", async () => {
    const folder = await temporaryFolder();
    const told: string[] = [];
    const given = { ...parts, notices: ["a link to nothing"] };
    await using prepared = await prepareCorpus(folder, byteKind(), given, {
      notice: (sentence) => told.push(sentence),
    });
    await using opened = await openCorpus(folder);
    const notices = ["bad is damaged; it was left out", "bad is damaged; it was left out"];
    expect(prepared.notices).toEqual(["a link to nothing", ...notices]);
    expect(opened.notices).toEqual(notices);
    expect(told).toEqual(prepared.notices);
    expect(await documentsOf(opened.train)).toEqual([counting(5), [], counting(5)]);
    expect(await documentsOf(opened.valid)).toEqual([[], counting(3)]);
  });

  it("stops everything in strict mode, even where it was left out before", async () => {
    const folder = await temporaryFolder();
    await (await prepare(folder, parts))[Symbol.asyncDispose]();
    await expect(prepareCorpus(folder, byteKind(), parts, { strict: true })).rejects.toThrow(
      "bad is damaged",
    );
  });

  it("is an error where no other is left", async () => {
    const folder = await temporaryFolder();
    for (const train of [[bad], [bad, bad]]) {
      await expect(prepare(folder, { train, valid: [] })).rejects.toThrow("bad is damaged");
      await expect(openCorpus(folder)).rejects.toThrow("holds no finished corpus");
    }
  });
});

describe("a symbol that the alphabet lacks", () => {
  const alphabet: CharsAlphabet = { kind: "chars", characters: "ab" };
  const kind = openKind(alphabet);
  const text = (contents: string, name: string) => documentOf([...Buffer.from(contents)], name);
  const parts = { train: [text("abab", "a.txt")], valid: [text("abc", "b.txt")] };

  it("is left out, with a notice", async () => {
    await using corpus = await prepareCorpus(await temporaryFolder(), kind, parts);
    expect(await documentsOf(corpus.valid)).toEqual([[0, 1]]);
    expect(corpus.notices).toEqual([expect.stringMatching(/^b.txt has 1 character .*“c”/)]);
  });

  it("is an error in strict mode", async () => {
    const preparing = prepareCorpus(await temporaryFolder(), kind, parts, { strict: true });
    await expect(preparing).rejects.toThrow("b.txt has the character “c” (U+0063)");
  });
});

describe("reopenCorpus", () => {
  const parts = { train: [documentOf(counting(50))], valid: [documentOf(counting(9))] };
  const other = { train: [documentOf(counting(51))], valid: [documentOf(counting(9))] };
  const reopen = (folder: string, given = parts) => reopenCorpus(folder, byteKind(), given, 50);

  it.each<[string, (folder: string) => Promise<void>]>([
    ["a shard that is cut short", (folder) => truncate(join(folder, "tokens-0000.bin"), 10)],
    ["an index that is missing", (folder) => rm(join(folder, "index.json"))],
    ["a folder that is missing", (folder) => rm(folder, { recursive: true })],
  ])("makes %s anew from its documents", async (_, damage) => {
    const folder = await temporaryFolder();
    await (await prepare(folder, parts))[Symbol.asyncDispose]();
    await damage(folder);
    await expect(openCorpus(folder)).rejects.toThrow(UserError);
    await using corpus = await reopen(folder);
    expect(await documentsOf(corpus.train)).toEqual([counting(50)]);
  });

  it("keeps what is whole, and refuses documents with another number of tokens", async () => {
    const folder = await temporaryFolder();
    await (await prepare(folder, parts))[Symbol.asyncDispose]();
    await (await reopen(folder, other))[Symbol.asyncDispose]();
    await rm(join(folder, "index.json"));
    await expect(reopen(folder, other)).rejects.toThrow(
      "the data has 51 tokens to train on, but the run was trained on 50: these are not its data",
    );
    await expect(openCorpus(folder)).rejects.toThrow(UserError);
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
