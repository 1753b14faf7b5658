import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodeIdx } from "../../data/formats/idx.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import type { Examples } from "./examples.ts";
import { longRangeArena } from "./listops.ts";
import type { TaskChoice } from "./taskChoice.ts";
import { openTask } from "./tasks.ts";

/** Writes text files; returns the folder. */
async function texts(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Pictures of one gray level each, in folders `dark` and `light`. */
async function grays(perClass: number): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, from] of Object.entries({ dark: 0, light: 128 })) {
    await mkdir(join(folder, name));
    for (let i = 0; i < perClass; i++) {
      const data = new Uint8Array(6 * 8).fill(from + i);
      await writeImage(join(folder, name, `${i}.png`), { width: 8, height: 6, channels: 1, data });
    }
  }
  return folder;
}

const listops = { ...longRangeArena, minLength: 10, maxLength: 30, valid: 40 };
const image = (path: string): TaskChoice => ({
  name: "image",
  settings: { path, side: 4, valid: 100 },
});
const text = (path: string, longest = 100): TaskChoice => ({
  name: "text",
  settings: { path, longest, valid: 100 },
});
const someTexts = Object.fromEntries(
  Array.from({ length: 22 }, (_, i) => [`${i < 12 ? "even" : "odd"}/${i}`, `text number ${i}`]),
);

async function first(examples: Examples, limit = 30) {
  const count = Math.min(examples.count, limit);
  const list = await Promise.all(Array.from({ length: count }, (_, i) => examples.at(i)));
  return list.map(({ tokens, label }) => `${label}: ${tokens}`);
}

describe.each([
  ["listops", async (): Promise<TaskChoice> => ({ name: "listops", settings: listops }), [15, 10]],
  ["text", async () => text(await texts(someTexts)), [256, 2]],
  ["image", async () => image(await grays(11)), [256, 2]],
] as const)("the task %s", (_, choose, [symbols, classes]) => {
  test("says how many symbols and classes there are, and how long examples are", async () => {
    const task = await openTask(await choose(), 1);
    expect(task.symbols).toBe(symbols);
    expect(task.classNames).toHaveLength(classes);
    for (const part of [task.train, task.valid]) {
      for (let i = 0; i < Math.min(part.count, 40); i++) {
        const { tokens, label } = await part.at(i);
        expect(Math.max(...tokens)).toBeLessThan(symbols);
        expect(tokens.length).toBeGreaterThan(0);
        expect(tokens.length).toBeLessThanOrEqual(task.longest);
        expect(task.classNames[label]).toBeDefined();
      }
    }
  });

  test("has the same examples whenever it is opened, and none in both parts", async () => {
    const choice = await choose();
    const [a, b, other] = [
      await openTask(choice, 1),
      await openTask(choice, 1),
      await openTask(choice, 2),
    ];
    expect(await first(b.train)).toEqual(await first(a.train));
    expect(await first(other.valid)).toEqual(await first(a.valid));
    const held = new Set(await first(a.valid, 300));
    expect((await first(a.train, 300)).filter((example) => held.has(example))).toEqual([]);
  });
});

describe("listops", () => {
  test("is endless, or of so many expressions, others for each seed", async () => {
    const endless = await openTask({ name: "listops", settings: listops }, 1);
    const some = await openTask({ name: "listops", settings: { ...listops, examples: 50 } }, 1);
    const other = await openTask({ name: "listops", settings: listops }, 2);
    expect([endless.train.count, some.train.count]).toEqual([Number.POSITIVE_INFINITY, 50]);
    expect([endless.valid.count, endless.longest]).toEqual([40, 30]);
    expect(await first(some.train)).toEqual(await first(endless.train));
    expect(await first(other.train)).not.toEqual(await first(endless.train));
  });
});

describe("text", () => {
  test("holds out every tenth text of a class, or the last of fewer", async () => {
    const { train, valid } = await openTask(text(await texts(someTexts)), 1);
    expect([train.count, valid.count]).toEqual([20, 2]);
    const few = await texts({
      "a/1": "x",
      "a/2": "y",
      "b/1": "z",
      "b/empty": "",
      ".hidden/1": "w",
    });
    const task = await openTask(text(few), 1);
    expect(task.classNames).toEqual(["a", "b"]);
    expect(await first(task.train)).toEqual([
      `0: ${Buffer.from("x")[0]}`,
      `1: ${Buffer.from("z")[0]}`,
    ]);
    expect(await first(task.valid)).toEqual([`0: ${Buffer.from("y")[0]}`]);
  });

  test("takes the parts that there are, and of each text its beginning", async () => {
    const files = {
      "train/neg/1": "abcd",
      "train/pos/1": "ef",
      "test/neg/1": "g",
      "test/pos/1": "h",
    };
    const task = await openTask(text(await texts(files), 3), 1);
    expect(task).toMatchObject({ classNames: ["neg", "pos"], longest: 3 });
    expect(await first(task.train)).toEqual(["0: 97,98,99", "1: 101,102"]);
    expect(await first(task.valid)).toEqual(["0: 103", "1: 104"]);
  });

  test.each([
    [{ "a/1": "x" }, "needs a folder of texts for each class, of two classes at least"],
    [{ "a.txt": "x" }, "needs a folder of texts for each class, of two classes at least"],
    [{ "a/1": "x", "b/1": "y" }, "holds no texts that could be held out"],
    [
      { "train/a/1": "x", "train/b/1": "y", "test/c/1": "z" },
      "/train has no texts of the class “c”",
    ],
  ])("refuses %j", async (files, message) => {
    const opened = openTask(text(await texts(files as Record<string, string>)), 1);
    await expect(opened).rejects.toThrow(UserError);
    await expect(opened).rejects.toThrow(message);
  });

  test("refuses a path that is no folder", async () => {
    const folder = await texts({ "file.txt": "x" });
    const open = (name: string) => openTask(text(join(folder, name)), 1);
    await expect(open("file.txt")).rejects.toThrow(
      "file.txt is no folder with a folder for each class",
    );
    await expect(open("none")).rejects.toThrow("none does not exist");
  });
});

describe("image", () => {
  test("reads pictures in squares of the side asked for, every tenth held out", async () => {
    const { classNames, longest, train, valid } = await openTask(image(await grays(11)), 1);
    expect(classNames).toEqual(["dark", "light"]);
    expect([longest, train.count, valid.count]).toEqual([16, 20, 2]);
    expect((await train.at(1)).tokens).toEqual(new Uint8Array(16).fill(1));
    expect((await train.at(0)).tokens).toBe((await train.at(0)).tokens); // kept
  });

  test("takes files like those of MNIST, their test part for validation", async () => {
    const folder = await temporaryFolder();
    const write = async (part: string, count: number) => {
      const data = Uint8Array.from({ length: count * 9 }, (_, i) => i % 251);
      const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
      await writeFile(
        join(folder, `${part}-images-idx3-ubyte`),
        encodeIdx({ shape: [count, 3, 3], data }),
      );
      await writeFile(
        join(folder, `${part}-labels-idx1-ubyte`),
        encodeIdx({ shape: [count], data: labels }),
      );
    };
    await write("train", 30);
    await write("t10k", 6);
    const choice = { name: "image", settings: { path: folder, side: 3, valid: 3 } } as const;
    const task = await openTask(choice, 1);
    expect([task.train.count, task.valid.count, task.longest]).toEqual([30, 3, 9]);
    expect(await task.train.at(4)).toEqual({
      tokens: Uint8Array.from({ length: 9 }, (_, i) => 36 + i),
      label: 1,
    });
  });

  test("needs two classes", async () => {
    const path = join(await grays(3), "dark");
    await expect(openTask(image(path), 1)).rejects.toThrow(
      "holds pictures of one class, and there is nothing to tell apart",
    );
  });
});
