import { readdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { computeShare, partsIn } from "./parts.ts";
import { type Outcome, type Ranks, type Sharing, shareWork } from "./shareWork.ts";
import { listOf, type SquaresPart, squares, unwatched } from "./testing.ts";
import type { Work } from "./work.ts";

const words = ["squares"];
const run = (work: Work<SquaresPart>, sharing: Sharing) =>
  shareWork(work, sharing, unwatched, listOf);

const resultOf = (outcome: Outcome<SquaresPart[]>) => {
  if (!("result" in outcome)) throw new Error("a share");
  return outcome.result;
};

const alone = async (items: number) => resultOf(await run(squares(items), { how: "alone" }));

/** Computes shares into a folder; gives the first items of the pieces that were computed. */
async function shards(
  folder: string,
  shares: readonly (readonly [number, number])[],
  work: (seen: (first: number) => void) => Work<SquaresPart> = (seen) => squares(20, { seen }),
): Promise<number[]> {
  const pieces: number[] = [];
  for (const [index, count] of shares) {
    const place = { folder, words };
    await run(
      work((first) => pieces.push(first)),
      { how: "shard", share: { index, count }, place },
    );
  }
  return pieces;
}

const merged = async (folder: string, work = squares(20)) =>
  resultOf(await run(work, { how: "merge", files: await partsIn(folder) }));

describe("shares by hand", () => {
  test.each([
    ["one", [[0, 1]]],
    [
      "three, in any order",
      [
        [2, 3],
        [0, 3],
        [1, 3],
      ],
    ],
    ["more than pieces", Array.from({ length: 9 }, (_, i) => [i, 9])],
  ] as [string, [number, number][]][])("%s make the result of one process", async (_, shares) => {
    const folder = await temporaryFolder();
    expect(await shards(folder, shares)).toHaveLength(7); // 20 items, 3 together
    expect(await merged(folder)).toEqual(await alone(20));
  });

  test("are not computed again", async () => {
    const folder = await temporaryFolder();
    await shards(folder, [[0, 2]]);
    expect(await shards(folder, [[0, 2]])).toEqual([]);
  });

  test("that were cut off go on with what is missing", async () => {
    const folder = await temporaryFolder();
    await shards(folder, [[0, 1]]);
    const [file] = await partsIn(folder);
    await truncate(file!.path, file!.entries.get(5)!.offset + 1); // within piece 5 of 0 … 6
    await expect(merged(folder)).rejects.toThrow("shard 1/1 is not finished (5 of 7 pieces)");
    expect(await shards(folder, [[0, 1]])).toEqual([15, 18]);
    expect(await merged(folder)).toEqual(await alone(20));
  });

  test("leave out what the shares of another cut have already", async () => {
    const folder = await temporaryFolder();
    await shards(folder, [[0, 2]]); // pieces 0 2 4 6
    expect(
      await shards(folder, [
        [0, 3],
        [1, 3],
        [2, 3],
      ]),
    ).toEqual([9, 3, 15]);
    expect(await merged(folder)).toEqual(await alone(20));
  });

  test("of other settings are refused, where they are computed and where they are merged", async () => {
    const folder = await temporaryFolder();
    await shards(folder, [[0, 2]]);
    const cubes = (seen?: (first: number) => void) =>
      squares(20, { settings: { power: 3 }, ...(seen && { seen }) });
    const sentence = "1-of-2.shard is a shard of other work, with power 2, not 3";
    await expect(shards(folder, [[0, 2]], cubes)).rejects.toThrow(sentence);
    expect(await shards(folder, [[1, 2]], cubes)).toHaveLength(3);
    await expect(merged(folder, cubes())).rejects.toThrow(sentence);
  });

  test("say how much is done, what was done before included", async () => {
    const folder = await temporaryFolder();
    const amounts: number[] = [];
    const watch = { ...unwatched, report: (amount: number) => amounts.push(amount) };
    const [place, share] = [
      { folder, words },
      { index: 0, count: 2 },
    ];
    await computeShare(squares(20), share, place, watch);
    expect(amounts).toEqual([0, 3, 6, 9, 11]); // the last piece has two items
    amounts.length = 0;
    await computeShare(squares(20), share, place, watch);
    expect(amounts).toEqual([11]);
  });

  test("stop between pieces, and keep those that are whole", async () => {
    const folder = await temporaryFolder();
    const interrupt = new AbortController();
    const work = squares(20, { seen: (first) => first === 6 && interrupt.abort() });
    const watch = { ...unwatched, signal: interrupt.signal };
    const place = { folder, words };
    await expect(computeShare(work, { index: 0, count: 1 }, place, watch)).rejects.toThrow(
      "aborted",
    );
    expect([...(await partsIn(folder))[0]!.entries.keys()]).toEqual([0, 1]);
  });
});

test("work of no items is no piece", async () => {
  expect(await alone(0)).toEqual([]);
});

/** Ranks in one process that meet at each exchange. */
function ranksOf(size: number): Ranks[] {
  let waiting: Uint8Array[] = [];
  let meeting = Promise.withResolvers<readonly Uint8Array[]>();
  return Array.from({ length: size }, (_, rank) => ({
    ...{ rank, size },
    gather(bytes) {
      waiting[rank] = bytes;
      const { promise, resolve } = meeting;
      if (Object.keys(waiting).length === size) {
        resolve(waiting);
        waiting = [];
        meeting = Promise.withResolvers();
      }
      return promise;
    },
  }));
}

describe("ranks", () => {
  const sharing = (ranks: Ranks, folder: string): Sharing => ({
    ...{ how: "ranks", ranks, place: { folder, words } },
  });

  test.each([1, 2, 3, 9])(
    "%d of them make the result of one process, which rank 0 has",
    async (size) => {
      const folder = join(await temporaryFolder(), "parts");
      const outcomes = await Promise.all(
        ranksOf(size).map((ranks) => run(squares(20), sharing(ranks, folder))),
      );
      expect(resultOf(outcomes[0]!)).toEqual(await alone(20));
      expect(outcomes.slice(1).every((outcome) => "share" in outcome)).toBe(true);
      await expect(readdir(folder)).rejects.toThrow("ENOENT");
    },
  );

  test("without a common disk do the same", async () => {
    const outcomes = await Promise.all(
      ranksOf(2).map(async (ranks) =>
        run(squares(20), sharing(ranks, join(await temporaryFolder(), "parts"))),
      ),
    );
    expect(resultOf(outcomes[0]!)).toEqual(await alone(20));
  });

  test("use again what an earlier run has kept, also of another number, and remove what is of other work", async () => {
    const folder = join(await temporaryFolder(), "parts");
    await shards(folder, [[0, 3]]);
    await writeFile(join(folder, "2-of-3.shard"), "half a file");
    await writeFile(join(folder, ".3-of-3.shard.1234.tmp"), "");
    await writeFile(join(folder, "letter.txt"), "not ours");
    const seen: number[] = [];
    const outcomes = await Promise.all(
      ranksOf(2).map((ranks) =>
        run(squares(20, { seen: (first) => seen.push(first) }), sharing(ranks, folder)),
      ),
    );
    expect(seen.sort((a, b) => a - b)).toEqual([3, 6, 12, 15]); // not 0, 9, 18
    expect(await readdir(folder)).toEqual(["letter.txt"]);
    expect(resultOf(outcomes[0]!)).toEqual(await alone(20));
  });

  test("of other settings are named", async () => {
    const runs = ranksOf(2).map(async (ranks) => {
      const folder = join(await temporaryFolder(), "parts");
      return run(squares(20, { settings: { seed: ranks.rank } }), sharing(ranks, folder));
    });
    await expect(runs[0]).rejects.toThrow(
      "what rank 1 computed is a shard of other work, with seed 1, not 0",
    );
    await expect(runs[1]).rejects.toThrow("what rank 0 computed");
  });

  test("keep their parts where the result cannot be written", async () => {
    const folder = join(await temporaryFolder(), "parts");
    const runs = ranksOf(2).map((ranks) =>
      shareWork(squares(20), sharing(ranks, folder), unwatched, async (parts) => {
        await listOf(parts);
        throw new Error("the disk is full");
      }),
    );
    await expect(runs[0]).rejects.toThrow("the disk is full");
    expect(await runs[1]).toMatchObject({ share: { index: 1, count: 2 } });
    expect(await readdir(folder)).toEqual(["1-of-2.shard", "2-of-2.shard"]);
    await rm(folder, { recursive: true });
  });
});
