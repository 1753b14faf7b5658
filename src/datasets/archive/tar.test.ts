import { execFileSync } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readTar } from "./tar.ts";
import { testTar } from "./testing.ts";

/** The archive in pieces of a size that fits no block. */
async function* inPieces(bytes: Uint8Array, length = 700) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function filesOf(bytes: Uint8Array, length?: number) {
  const files: Record<string, string> = {};
  for await (const file of readTar(inPieces(bytes, length), "a.tar")) {
    files[file.path] = Buffer.from(file.bytes).toString("latin1");
  }
  return files;
}

describe("readTar", () => {
  const long = `${"deep/".repeat(40)}file.txt`;

  it("gives the files, whatever pieces the archive comes in", async () => {
    const content = "x".repeat(1300);
    const bytes = testTar([
      { path: "folder/", type: "5" },
      { path: "folder/a.txt", content },
      { path: "./empty" },
      { path: "b.txt", prefix: "some/prefix", content: "b" },
    ]);
    const expected = { "folder/a.txt": content, empty: "", "some/prefix/b.txt": "b" };
    for (const length of [1, 511, 512, 10_000])
      expect(await filesOf(bytes, length)).toEqual(expected);
  });

  it("reads long names in both of their forms", async () => {
    const record = ` path=${long}\n`;
    const length = record.length + String(record.length + 3).length;
    const pax = testTar([
      { path: "pax", type: "x", content: `${length}${record}` },
      { path: "short", content: "1" },
      { path: "other", content: "2" },
    ]);
    expect(await filesOf(pax)).toEqual({ [long]: "1", other: "2" });
    const gnu = testTar([
      { path: "././@LongLink", type: "L", content: `${long}\0` },
      { path: "short", content: "1" },
    ]);
    expect(await filesOf(gnu)).toEqual({ [long]: "1" });
  });

  it("reads what the tar program of this machine writes", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "in", long, ".."), { recursive: true });
    await writeFile(join(folder, "in", long), "deep");
    await writeFile(join(folder, "in", "a"), "a".repeat(10_000));
    await symlink("/etc/passwd", join(folder, "in", "link"));
    for (const format of ["pax", "gnu", "ustar"]) {
      const archive = join(folder, `${format}.tar`);
      execFileSync("tar", ["-C", folder, `--format=${format}`, "-cf", archive, "in"]);
      const files = await filesOf(await readFile(archive));
      expect(Object.keys(files).sort()).toEqual(["in/a", `in/${long}`]);
      expect(files[`in/${long}`]).toBe("deep");
    }
  });

  it.each(["../escape", "/etc/cron.d/x", "a/../../b", "..\\x"])(
    "refuses an archive with a file %s",
    async (path) => {
      await expect(filesOf(testTar([{ path, content: "x" }]))).rejects.toThrow(
        /a\.tar names a file .* leads out of its folder/,
      );
    },
  );

  it("passes over links and devices: nothing but plain files comes of an archive", async () => {
    const bytes = testTar(["1", "2", "3", "4", "6"].map((type) => ({ path: `t${type}`, type })));
    expect(await filesOf(bytes)).toEqual({});
  });

  it("says when an archive is cut short or damaged", async () => {
    const bytes = testTar([{ path: "a", content: "x".repeat(600) }]);
    for (const end of [300, 700, 1100]) {
      await expect(filesOf(bytes.subarray(0, end))).rejects.toThrow(
        "a.tar is a damaged archive: it is cut short",
      );
    }
    const flipped = Buffer.from(bytes);
    flipped[3] = 1;
    await expect(filesOf(flipped)).rejects.toThrow("the checksum of an entry is wrong");
  });
});
