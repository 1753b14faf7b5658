import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { encodeIdx } from "../../data/formats/idx.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { discPicture, tinyModels } from "../../image/testing.ts";
import type { interruptible } from "../testing.ts";

/** A folder of the four MNIST-style files with small discs in two classes. */
export async function discs(folder: string, test = 5): Promise<string> {
  const data = join(folder, "data");
  await mkdir(data);
  for (const [part, count] of [
    ["train", 12],
    ["t10k", test],
  ] as const) {
    const pixels = Array.from({ length: count }, (_, i) => [
      ...discPicture(8, 8, 1, `${part} ${i}`).data,
    ]);
    const images = { shape: [count, 8, 8], data: Uint8Array.from(pixels.flat()) };
    const labels = { shape: [count], data: Uint8Array.from({ length: count }, (_, i) => i % 2) };
    await writeFile(join(data, `${part}-images-idx3-ubyte`), encodeIdx(images));
    await writeFile(join(data, `${part}-labels-idx1-ubyte`), encodeIdx(labels));
  }
  return data;
}

/** A folder of pictures by class; without a class for the name "". */
export async function pictures(
  folder: string,
  sizes: Readonly<Record<string, readonly (readonly [width: number, height: number])[]>>,
): Promise<string> {
  const data = join(folder, "pictures");
  for (const [name, list] of Object.entries(sizes)) {
    await mkdir(join(data, name), { recursive: true });
    for (const [i, [width, height]] of list.entries()) {
      await writeImage(join(data, name, `${i}.png`), discPicture(width, height, 3, `${name} ${i}`));
    }
  }
  return data;
}

/** The options of the command line that make a tiny model. */
export const tinyModel = (model: keyof typeof tinyModels): readonly string[] => {
  const { name, options } = tinyModels[model];
  if (name === "paper") return ["--model", name, "--overrides", '{"layers":1,"width":16}'];
  if (name === "values") {
    const { width, depth, rows } = options;
    return ["--overrides", JSON.stringify({ width, depth, rows })];
  }
  const { width, depth, summaryWidth, cellWidth, rows, share } = options;
  const changes = { width, depth, summaryWidth, cellWidth, rows, share };
  return ["--overrides", JSON.stringify(changes)];
};

/** The one sentence that a mistake ends with, without the program's name; checks exit code and output too. */
export function sentenceOf(result: Awaited<ReturnType<typeof interruptible>>): string {
  expect(result).toMatchObject({ code: 2, out: "" });
  const last = result.err.trimEnd().split("\n").at(-1);
  expect(last).toMatch(/^ondelette: /);
  expect(result.err).not.toMatch(/\n +at /); // no stack
  return String(last).replace("ondelette: ", "");
}
