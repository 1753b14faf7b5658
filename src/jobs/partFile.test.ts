import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import {
  createPartFile,
  openPartWriter,
  type PartHead,
  readEntry,
  scanPartFile,
} from "./partFile.ts";

const head: PartHead = {
  words: ["image", "stats", "--data", "Bäume"],
  share: { index: 1, count: 2 },
  pieces: 9,
  settings: { wavelet: "haar", limit: null },
};
const content = (piece: number) => Uint8Array.from({ length: 10 + piece }, (_, i) => piece * i);

/** A file with pieces 1, 3, … */
async function written(pieces: readonly number[]): Promise<string> {
  const path = join(await temporaryFolder(), "2-of-2.shard");
  await createPartFile(path, head);
  await add(path, pieces);
  return path;
}

async function add(path: string, pieces: readonly number[]): Promise<void> {
  await using writer = await openPartWriter(await scanPartFile(path));
  for (const piece of pieces) await writer.add(piece, 2 * piece, content(piece));
}

async function read(path: string) {
  const file = await scanPartFile(path);
  const entries = await Promise.all(
    [...file.entries].map(async ([piece, entry]) => {
      return [piece, entry.amount, new Uint8Array(await readEntry(file, entry))] as const;
    }),
  );
  return { head: file.head, isCut: file.isCut, entries };
}

const entriesOf = (...pieces: number[]) =>
  pieces.map((piece) => [piece, 2 * piece, content(piece)]);

describe("a part file", () => {
  test("gives back its head and its pieces, and takes more", async () => {
    const path = await written([1, 3]);
    expect(await read(path)).toEqual({ head, isCut: false, entries: entriesOf(1, 3) });
    await add(path, [5]);
    expect((await read(path)).entries).toEqual(entriesOf(1, 3, 5));
  });

  test("may be empty", async () => {
    expect(await read(await written([]))).toEqual({ head, isCut: false, entries: [] });
  });

  test("that was cut short anywhere has the whole pieces before the cut, and goes on from there", async () => {
    const empty = (await readFile(await written([]))).length;
    const first = (await readFile(await written([1]))).length;
    const path = await written([1, 3]);
    const whole = (await readFile(path)).length;
    for (let length = whole - 1; length > empty; length--) {
      await truncate(path, length);
      const { entries, isCut } = await read(path);
      expect(entries).toEqual(length >= first ? entriesOf(1) : []);
      expect(isCut).toBe(length !== first);
    }
    await add(path, [3, 5]);
    expect(await read(path)).toMatchObject({ isCut: false, entries: entriesOf(3, 5) });
  });

  test("with a damaged piece has those before it", async () => {
    const path = await written([1, 3, 5]);
    const bytes = await readFile(path);
    bytes[bytes.length - content(5).length - 25]! ^= 1; // within the piece 3
    await writeFile(path, bytes);
    expect(await read(path)).toMatchObject({ isCut: true, entries: entriesOf(1) });
  });

  test("keeps the first of a piece that two processes wrote", async () => {
    const path = await written([1]);
    await add(path, [1]);
    expect((await read(path)).entries).toEqual(entriesOf(1));
  });
});

test.each([
  ["nothing at all", ""],
  ["another file", "a long enough text of another kind that is no part file"],
  ["half a head", "ondelette parts 1\n\u00ff"],
])("%s is refused", async (_, text) => {
  const path = join(await temporaryFolder(), "1-of-1.shard");
  await writeFile(path, text);
  await expect(scanPartFile(path)).rejects.toThrow(
    "1-of-1.shard is no shard of a work, or is damaged",
  );
});

test("a damaged head is refused", async () => {
  const path = await written([1]);
  const bytes = await readFile(path);
  bytes[40]! ^= 1;
  await writeFile(path, bytes);
  await expect(scanPartFile(path)).rejects.toThrow("or is damaged");
  await appendFile(path, "more");
  await expect(scanPartFile(path)).rejects.toThrow("or is damaged");
});
