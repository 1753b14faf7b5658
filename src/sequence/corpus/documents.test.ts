import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document, Parts } from "../kind.ts";
import { contentsOf } from "../testing.ts";
import { openDocuments } from "./documents.ts";

/** A folder of these files; a file's contents are its path, unless given. */
async function folderOf(files: readonly string[] | Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  const contents = Array.isArray(files) ? files.map((file) => [file, file]) : Object.entries(files);
  for (const [file, content] of contents) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), content);
  }
  return folder;
}

/** What all documents of both parts hold. */
async function contents({ train, valid }: Parts<readonly Document[]>) {
  return {
    train: await Promise.all(train.map(contentsOf)),
    valid: await Promise.all(valid.map(contentsOf)),
  };
}

describe("openDocuments, a folder with named parts", () => {
  it("takes files and folders of those names, of fitting endings", async () => {
    const folder = await folderOf(["train.txt", "valid.txt", "test.txt", "more.txt", "train.md"]);
    expect(await contents(await openDocuments(folder, [".txt"]))).toEqual({
      train: ["train.txt"],
      valid: ["valid.txt"],
    });
    const deep = await folderOf(["Train/b/2.TXT", "Train/1.txt", "test/3.txt", "test/x.md"]);
    expect(await contents(await openDocuments(deep, [".txt"]))).toEqual({
      train: ["Train/1.txt", "Train/b/2.TXT"],
      valid: ["test/3.txt"],
    });
  });

  it.each([
    [["valid", "validation", "val", "test"], "valid"],
    [["validation", "val", "test"], "validation"],
    [["val", "test"], "val"],
    [["dev", "test"], "dev"],
    [["test"], "test"],
  ])("of %j holds out %s", async (names, chosen) => {
    const folder = await folderOf(["train", ...names].map((name) => `${name}.txt`));
    const { valid } = await openDocuments(folder, []);
    expect(valid.map(({ name }) => name)).toEqual([join(folder, `${chosen}.txt`)]);
  });

  it("names what it does not use of such a folder", async () => {
    const files = ["train/a.txt", "val/b.txt", "test/c.txt", "more.txt", "README.md", "empty.txt"];
    const folder = await folderOf(Object.fromEntries(files.map((f) => [f, f[0] === "e" ? "" : f])));
    const { notices } = await openDocuments(folder, [".txt"]);
    expect(notices).toEqual([`of ${folder} only “train” and “val” are used, not more.txt, test`]);
  });

  it("leaves the second part empty where there is none", async () => {
    const folder = await folderOf(["train.txt", "notes.txt"]);
    expect(await contents(await openDocuments(folder, []))).toEqual({
      train: ["train.txt"],
      valid: [],
    });
  });
});

describe("openDocuments, a folder of files", () => {
  const names = (count: number) =>
    Array.from({ length: count }, (_, i) => `${i % 2 ? "a" : "b"}/${String(i).padStart(2, "0")}.t`);

  it("takes them in order of their paths and holds out every tenth", async () => {
    const folder = await folderOf(names(25));
    const sorted = names(25).sort();
    expect(await contents(await openDocuments(folder, [".t"]))).toEqual({
      train: sorted.filter((_, i) => i !== 9 && i !== 19),
      valid: [sorted[9], sorted[19]],
    });
  });

  it("holds out the last of fewer than ten, and none of one", async () => {
    expect(await contents(await openDocuments(await folderOf(names(9)), []))).toMatchObject({
      valid: ["b/08.t"],
    });
    expect(await contents(await openDocuments(await folderOf(["b", "a"]), []))).toEqual({
      train: ["a"],
      valid: ["b"],
    });
    expect(await contents(await openDocuments(await folderOf(["a"]), []))).toEqual({
      train: ["a"],
      valid: [],
    });
  });

  it("passes over hidden, empty and other files; all endings will do for a kind that reads all", async () => {
    const folder = await folderOf({ ".a.txt": "x", ".git/b.txt": "x", "c.txt": "", "d.md": "d" });
    expect(await contents(await openDocuments(folder, []))).toEqual({ train: ["d"], valid: [] });
    await expect(openDocuments(folder, [".txt", ".text"])).rejects.toThrow(
      `${folder} holds no files ending in .txt, .text that are not empty`,
    );
    await expect(openDocuments(await folderOf([]), [])).rejects.toThrow(/holds no files that are/);
  });

  it("follows links to folders", async () => {
    const elsewhere = await folderOf(["a", "b"]);
    const folder = await folderOf(["c"]);
    await symlink(elsewhere, join(folder, "linked"));
    expect((await contents(await openDocuments(folder, []))).train).toEqual(["c", "a"]);
    const named = await folderOf([]);
    await symlink(elsewhere, join(named, "train"));
    expect((await contents(await openDocuments(named, []))).train).toEqual(["a", "b"]);
  });

  it("names a link to nothing", async () => {
    const folder = await folderOf(["a"]);
    await symlink("nowhere", join(folder, "b"));
    const { train, notices } = await openDocuments(folder, []);
    expect(train).toHaveLength(1);
    expect(notices).toEqual([`${join(folder, "b")} is a link to nothing`]);
  });

  it.skipIf(process.platform === "win32")(
    "passes over pipes, and refuses one by itself",
    async () => {
      const folder = await folderOf(["a"]);
      const pipe = join(folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      expect(await contents(await openDocuments(folder, []))).toEqual({ train: ["a"], valid: [] });
      await expect(openDocuments(pipe, [])).rejects.toThrow(
        `${pipe} is neither a file nor a folder`,
      );
    },
  );

  it("reads linked files, and does not follow links in a circle", async () => {
    const folder = await folderOf(["a"]);
    await symlink("a", join(folder, "b"));
    await symlink(".", join(folder, "circle"));
    expect(await contents(await openDocuments(folder, []))).toEqual({ train: ["a"], valid: ["a"] });
  });
});

describe("openDocuments, a file", () => {
  it("is one document, whatever its ending, and can be read twice", async () => {
    const path = join(await folderOf({ "a.csv": "text" }), "a.csv");
    const { train, valid } = await openDocuments(path, [".txt"]);
    expect([train.map(({ name }) => name), valid]).toEqual([[path], []]);
    expect([await contentsOf(train[0]!), await contentsOf(train[0]!)]).toEqual(["text", "text"]); // there is one
  });

  it("tells by its version that it has changed", async () => {
    const path = join(await folderOf({ a: "text" }), "a");
    const version = async () => (await openDocuments(path, [])).train.map((file) => file.version);
    const before = await version();
    expect(await version()).toEqual(before);
    await writeFile(path, "another text");
    expect(await version()).not.toEqual(before);
  });

  it("must be there and not be empty", async () => {
    const folder = await folderOf({ empty: "" });
    const [empty, absent] = [join(folder, "empty"), join(folder, "absent")];
    await expect(openDocuments(empty, [])).rejects.toThrow(new UserError(`${empty} is empty`));
    await expect(openDocuments(absent, [])).rejects.toThrow(`${absent} does not exist`);
  });
});

describe("openDocuments, a JSON file of pieces", () => {
  const pieces = { train: [[[60, 64], []], [[62]]], test: [[[1]]], valid: [], val: [[[67]]] };
  const expected = { train: ["[[60,64],[]]", "[[62]]"], valid: ["[[67]]"] };

  it("is one document a piece, by itself or alone in its folder", async () => {
    const folder = await folderOf({ "p.json": JSON.stringify(pieces), "README.md": "x" });
    const path = join(folder, "p.json");
    for (const data of [path, folder]) {
      const parts = await openDocuments(data, [".json"]);
      expect(await contents(parts)).toEqual(expected);
      expect(parts.train[1]?.name).toBe(`${path} train 1`);
    }
  });

  it("is any other file to a kind that does not read JSON", async () => {
    const path = join(await folderOf({ "p.json": JSON.stringify(pieces) }), "p.json");
    expect((await contents(await openDocuments(path, []))).train).toEqual([JSON.stringify(pieces)]);
  });

  it("must hold a list to train on", async () => {
    const folder = await folderOf({ "a.json": "[1]", "b.json": "{", "c.json": '{"test":[[]]}' });
    const open = (name: string) => openDocuments(join(folder, name), [".json"]);
    const message = "is not a JSON object with a list “train”";
    for (const name of ["a.json", "b.json"]) {
      await expect(open(name)).rejects.toThrow(`${join(folder, name)} ${message}`);
    }
    await expect(open("c.json")).rejects.toThrow(/c\.json has no list “train” of pieces/);
  });
});

const data = new URL("../../../shared/data", import.meta.url).pathname;
const here = existsSync(data);
describe.skipIf(!here)(here ? "openDocuments, real data" : `skipped: ${data} is absent`, () => {
  it("finds text in two files, recordings, chorales", async () => {
    const counts = async (name: string, reads: readonly string[]) => {
      const { train, valid } = await openDocuments(join(data, name), reads);
      return [train.length, valid.length];
    };
    expect(await counts("text27", [".txt"])).toEqual([1, 1]);
    expect(await counts("fsdd", [".wav"])).toEqual([1350, 150]);
    expect(await counts("jsb-chorales-16th.json", [".json"])).toEqual([229, 76]);
  });
});
