import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { fingerprint, fingerprintOf } from "./fingerprint.ts";

test("a fingerprint tells where its pieces begin", () => {
  expect(fingerprint(["ab", "c"])).toBe(fingerprint(["ab", Buffer.from("c")]));
  expect(fingerprint(["ab", "c"])).not.toBe(fingerprint(["a", "bc"]));
});

describe("the fingerprint of a folder", () => {
  /** A folder of so many files in another. */
  async function folderOf(count: number) {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "a"));
    const file = (i: number) => join(folder, "a", `${i}.txt`);
    for (let i = 0; i < count; i++) await writeFile(file(i), `text ${i}`);
    return { folder, file };
  }

  test("is the same in another place, and ignores what is hidden", async () => {
    const [one, other] = [await folderOf(3), await folderOf(3)];
    await writeFile(join(other.folder, ".DS_Store"), "x");
    await mkdir(join(other.folder, ".git"));
    await writeFile(join(other.folder, ".git", "config"), "x");
    expect(await fingerprintOf(other.folder)).toBe(await fingerprintOf(one.folder));
  });

  test.each([
    ["a name", 20, ({ file }) => rename(file(3), `${file(3)}.old`)],
    ["a size", 20, ({ file }) => writeFile(file(3), "longer text")],
    ["a byte, of few files", 16, ({ file }) => writeFile(file(3), "text 4")],
  ] as [string, number, (at: Awaited<ReturnType<typeof folderOf>>) => Promise<void>][])(
    "changes with %s",
    async (_, count, change) => {
      const at = await folderOf(count);
      const before = await fingerprintOf(at.folder);
      await change(at);
      expect(await fingerprintOf(at.folder)).not.toBe(before);
    },
  );
});

test("the fingerprint of a file is that of its bytes; without a file there is none", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a"), "one");
  const before = await fingerprintOf(join(folder, "a"));
  await writeFile(join(folder, "a"), "two");
  expect(await fingerprintOf(join(folder, "a"))).not.toBe(before);
  await expect(fingerprintOf(join(folder, "b"))).rejects.toMatchObject({ code: "not-found" });
});
