import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodeWav } from "../../data/formats/wav.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { discPicture } from "../../image/testing.ts";
import { toyText } from "../../sequence/testing.ts";
import { runFiles } from "../../train/run/runFolder.ts";
import { ondelette } from "../testing.ts";
import { discs, pictures, sentenceOf, tinyModel } from "./testing.ts";

const tiny = "--layers 1 --width 8 --heads 2 --context 8 --batch 4 --threads 1".split(" ");

/** The words of each command that reads `input`, up to the name of its output; whether it makes a folder. */
const readers = {
  async "image encode"(folder: string) {
    const input = await picture(folder);
    return { input, words: [input, "-o"], ending: ".png" };
  },
  async "image decode"(folder: string) {
    const input = join(folder, "a.ondl");
    await ondelette("image", "encode", await picture(folder), "-o", input);
    return { input, words: [input, "-o"], ending: ".png" };
  },
  async "array encode"(folder: string) {
    const input = await sound(folder);
    return { input, words: [input, "-o"], ending: ".ondl" };
  },
  async "array decode"(folder: string) {
    const input = join(folder, "a.ondl");
    await ondelette("array", "encode", await sound(folder), "-o", input);
    return { input, words: [input, "-o"], ending: ".wav" };
  },
  async "image sample"(folder: string) {
    const run = join(folder, "run");
    const words = ["--data", await discs(folder), "--steps", "1", "--threads", "1"];
    await ondelette("image", "train", "--out", run, ...words, ...tinyModel("state"));
    return { input: runFiles(run).latest, words: ["--run", run, "-o"], ending: ".png" };
  },
  async "sequence sample"(folder: string) {
    const run = join(folder, "run");
    const words = ["--data", await corpus(folder), "--kind", "chars", "--steps", "1", ...tiny];
    await ondelette("sequence", "train", "--out", run, ...words);
    return { input: runFiles(run).latest, words: ["--run", run, "-o"], ending: ".txt" };
  },
  async "field fit"(folder: string) {
    const input = await picture(folder);
    return { input, words: [input, "-o"], ending: "" };
  },
  async "field render"(folder: string) {
    const field = join(folder, "field");
    await ondelette("field", "fit", await picture(folder), "-o", field, "--params", "100");
    return { input: join(field, "field.ondl"), words: [field, "-o"], ending: ".png" };
  },
  async "field maxima"(folder: string) {
    const input = await picture(folder);
    return { input, words: [input, "-o"], ending: ".png" };
  },
  async "wavelet cwt"(folder: string) {
    const input = await sound(folder);
    return { input, words: [input, "-o"], ending: ".svg" };
  },
  async "wavelet coherence"(folder: string) {
    const input = await sound(folder);
    return { input, words: [input, input, "-o"], ending: ".svg" };
  },
  async "wavelet dwt"(folder: string) {
    const input = await picture(folder);
    return { input, words: [input, "-o"], ending: ".png" };
  },
  async "wavelet denoise"(folder: string) {
    const input = await picture(folder);
    return { input, words: [input, "-o"], ending: ".png" };
  },
  async "wavelet packets"(folder: string) {
    const input = await sound(folder);
    return { input, words: [input, "-o"], ending: ".svg" };
  },
  async "sequence train"(folder: string) {
    const input = await corpus(folder);
    return { input, words: ["--data", input, "--kind", "chars", "-o"], ending: "" };
  },
};

async function picture(folder: string): Promise<string> {
  const path = join(folder, "a.png");
  await writeImage(path, discPicture(16, 16, 3, 1));
  return path;
}

async function sound(folder: string): Promise<string> {
  const path = join(folder, "a.wav");
  await writeFile(path, encodeWav({ rate: 400, samples: new Float32Array(40) }));
  return path;
}

async function corpus(folder: string): Promise<string> {
  const path = join(folder, "toy.txt");
  await writeFile(path, toyText);
  return path;
}

describe("an output that leads to what is read is refused, and that stays as it is", () => {
  test.each(Object.keys(readers) as (keyof typeof readers)[])("%s", async (command) => {
    const folder = await temporaryFolder();
    const { input, words, ending } = await readers[command](folder);
    const before = await readFile(input);
    const link = join(folder, `link${ending}`);
    await symlink(input, link);
    expect(sentenceOf(await ondelette(...command.split(" "), ...words, link))).toBe(
      `${link} is the same as ${input}, which is read; name another output`,
    );
    expect(await readFile(input)).toEqual(before);
  });
});

describe("an output within the folder that is read is refused", () => {
  test("by image train", async () => {
    const data = await pictures(await temporaryFolder(), { "": [[8, 8]] });
    const out = join(data, "run");
    const words = ["--data", data, "--out", out];
    expect(sentenceOf(await ondelette("image", "train", ...words))).toBe(
      `${out} lies inside ${data}, which is read; name another output`,
    );
  });

  test.each(["train", "compare"])("by sequence %s", async (command) => {
    const data = await temporaryFolder();
    await writeFile(join(data, "a.wav"), encodeWav({ rate: 400, samples: new Float32Array(400) }));
    const out = join(data, "out");
    const words = ["--data", data, "--kind", "audio", "--steps", "1", "--out", out];
    expect(sentenceOf(await ondelette("sequence", command, ...words))).toBe(
      `${out} lies inside ${data}, which is read; name another output`,
    );
  });
});
