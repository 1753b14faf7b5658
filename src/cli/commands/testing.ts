import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
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

/**
 * Copies of a run that is made once for a test file, in a folder where its data may lie too: each copy has a folder of its own, and
 * shares all else, which tests let be.
 */
export function copiesOf<Made extends { readonly run: string }>(
  make: (folder: string) => Promise<Made>,
): () => Promise<Made & { readonly folder: string }> {
  let first: Promise<{ readonly own: string; readonly made: Made }> | undefined;
  const making = async () => {
    const own = await mkdtemp(join(tmpdir(), "ondelette-run-"));
    return { own, made: await make(own) };
  };
  afterAll(async () => {
    if (first) await rm((await first).own, { recursive: true, force: true });
  });
  return async () => {
    first ??= making();
    const { made } = await first;
    const folder = await temporaryFolder();
    const run = join(folder, "run");
    await cp(made.run, run, { recursive: true });
    return { ...made, folder, run };
  };
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
