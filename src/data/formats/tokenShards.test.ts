import { readdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { openTokens, writeTokens } from "./tokenShards.ts";

const symbols = 1000;

async function* inPieces(...pieces: readonly (readonly number[])[]) {
  for (const piece of pieces) yield Uint16Array.from(piece);
}
const numbered = (count: number) => inPieces(Array.from({ length: count }, (_, i) => i));

describe("token shards", () => {
  it("give back what was written, at any place and across files", async () => {
    const folder = await temporaryFolder();
    const tokens = fc.array(fc.nat(symbols - 1), { maxLength: 7 });
    const documents = fc.array(fc.array(tokens, { maxLength: 5 }), { maxLength: 5 });
    const some = fc.record({ documents, shardTokens: fc.integer({ min: 1, max: 10 }) });
    await fc.assert(
      fc.asyncProperty(some, fc.nat(), fc.nat(), async ({ documents, shardTokens }, a, b) => {
        const streams = documents.map((pieces) => inPieces(...pieces));
        await writeTokens(folder, streams, { symbols, shardTokens, note: { of: "a test" } });
        await using store = await openTokens(folder);
        const all = documents.flat(2);
        const lengths = documents.map((pieces) => pieces.flat().length);
        expect([...store.starts]).toEqual(
          [...lengths, 0].map((_, i) => lengths.slice(0, i).reduce((sum, n) => sum + n, 0)),
        );
        expect([store.symbols, store.note]).toEqual([symbols, { of: "a test" }]);
        const start = a % (all.length + 1);
        const length = b % (all.length - start + 1);
        expect([...(await store.read(start, length))]).toEqual(all.slice(start, start + length));
        await expect(store.read(start, all.length - start + 1)).rejects.toThrow(RangeError);
      }),
    );
  });

  it("lie in files of one size but the last", async () => {
    const folder = await temporaryFolder();
    await writeTokens(folder, [numbered(5), numbered(4)], { symbols, shardTokens: 4 });
    const shards = ["tokens-0000.bin", "tokens-0001.bin", "tokens-0002.bin"];
    expect((await readdir(folder)).sort()).toEqual(["index.json", ...shards]);
    await writeTokens(folder, [numbered(4)], { symbols, shardTokens: 4 });
    expect((await readdir(folder)).sort()).toEqual(["index.json", "tokens-0000.bin"]);
  });

  it("come in pieces of any size", async () => {
    const folder = await temporaryFolder();
    const large = Uint16Array.from({ length: 1_200_000 }, (_, i) => i % symbols);
    async function* pieces() {
      yield large.subarray(0, 5);
      yield large.subarray(5);
    }
    await writeTokens(folder, [pieces()], { symbols });
    await using store = await openTokens(folder);
    const read = await store.read(0, large.length);
    expect(Buffer.compare(Buffer.from(read.buffer), Buffer.from(large.buffer))).toBe(0);
  });

  it("count as unwritten until the last is written, even over an earlier writing", async () => {
    const folder = await temporaryFolder();
    await writeTokens(folder, [numbered(9)], { symbols, shardTokens: 4 });
    async function* broken() {
      yield* numbered(9);
      throw new Error("no more");
    }
    const writing = writeTokens(folder, [broken()], { symbols, shardTokens: 4 });
    await expect(writing).rejects.toThrow("no more");
    await expect(openTokens(folder)).rejects.toThrow(
      new UserError(`${folder} holds no finished corpus: index.json is missing`, "not-found"),
    );
  });

  it("tell how many are written, and stop when told", async () => {
    const folder = await temporaryFolder();
    const counts: number[] = [];
    const onProgress = (tokens: number) => counts.push(tokens);
    await writeTokens(folder, [numbered(5), numbered(4)], { symbols, onProgress });
    expect(counts).toEqual([5, 9]);
    const stopped = { symbols, signal: AbortSignal.abort() };
    await expect(writeTokens(folder, [numbered(5)], stopped)).rejects.toThrow("aborted");
  });

  it("are of the alphabet", async () => {
    const writing = writeTokens(await temporaryFolder(), [numbered(6)], { symbols: 5 });
    await expect(writing).rejects.toThrow(new RangeError("token 5 of 5"));
  });

  it("say which file is damaged, and how", async () => {
    const folder = await temporaryFolder();
    const [shard, index] = [join(folder, "tokens-0001.bin"), join(folder, "index.json")];
    const write = () => writeTokens(folder, [numbered(8)], { symbols, shardTokens: 4 });
    const damage = (path: string, reason: string) =>
      new UserError(`${path} is damaged: ${reason}`, "damaged-file");

    await write();
    await using store = await openTokens(folder);
    await truncate(shard, 5);
    await expect(openTokens(folder)).rejects.toThrow(damage(shard, "it has 5 bytes instead of 8"));
    await expect(store.read(2, 5)).rejects.toThrow(damage(shard, "it ends too early"));
    expect([...(await store.read(2, 4))]).toEqual([2, 3, 4, 5]);

    await writeFile(shard, Uint16Array.of(4, 5, 6, symbols));
    await using strange = await openTokens(folder);
    await expect(strange.read(7, 1)).rejects.toThrow(
      damage(shard, "it holds token 1000, but there are 1000 symbols"),
    );
    await rm(shard);
    await expect(openTokens(folder)).rejects.toThrow(damage(shard, "it is missing"));

    for (const text of ["", "[]", '{"version":2}']) {
      await writeFile(index, text);
      await expect(openTokens(folder)).rejects.toThrow(
        damage(index, "it is not an index of tokens"),
      );
    }
  });

  it("can be closed after one could not be opened, and nothing else is said of it", async () => {
    const folder = await temporaryFolder();
    await writeTokens(folder, [numbered(4)], { symbols });
    const reading = async () => {
      await using store = await openTokens(folder);
      await rm(join(folder, "tokens-0000.bin"));
      await store.read(0, 1);
    };
    await expect(reading()).rejects.toMatchObject({ code: "ENOENT" });
  });
});
