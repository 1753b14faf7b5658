import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { type NpyArray, readNpy, readSound, writeNpy, writeSound } from "../../data/index.ts";
import { testPicture } from "../../image/testing.ts";
import { ondelette } from "../testing.ts";
import { sentenceOf } from "./testing.ts";

const volume: NpyArray = {
  shape: [6, 20, 24],
  data: Float32Array.from(
    { length: 6 * 20 * 24 },
    (_, i) => Math.sin(i / 30) + Math.cos((i % 24) / 5),
  ),
};

/** A folder with an array, and the names of a compressed file and of what is made of it. */
async function files(array: NpyArray = volume) {
  const folder = await temporaryFolder();
  const input = join(folder, "a.npy");
  await writeNpy(input, array);
  return { folder, input, file: join(folder, "a.ondl"), back: join(folder, "b.npy") };
}

describe("array encode and decode", () => {
  test("keep type, shape and the maximal error", async () => {
    const { input, file, back } = await files();
    const encoded = await ondelette("array", "encode", input, "-o", file, "--max-error", "0.01");
    expect(encoded).toMatchObject({ code: 0, err: "" });
    expect(encoded.out).toContain("6×20×24 samples of float32");
    const decoded = await ondelette("array", "decode", file, "-o", back, "--json");
    expect(JSON.parse(decoded.out)).toMatchObject({ maxError: 0.01, finished: true });
    const { shape, data } = await readNpy(back);
    expect(shape).toEqual(volume.shape);
    expect(data).toBeInstanceOf(Float32Array);
    for (const [i, x] of data.entries())
      expect(Math.abs(x - volume.data[i]!)).toBeLessThanOrEqual(0.01);
  });

  test("take an error as a part of the range, a thousandth by default", async () => {
    const { input, file } = await files({ shape: [4], data: Float64Array.of(100, 500, 300, 100) });
    for (const [words, error] of [
      [[], 0.4],
      [["--relative-error", "0.1"], 40],
    ] as const) {
      const { out } = await ondelette("array", "encode", input, "-o", file, "--json", ...words);
      expect(JSON.parse(out).promisedError).toBeCloseTo(error, 12);
    }
  });

  test.each([
    ["16-bit samples of two channels", [0.5, -0.25, 1 / 32768, -1], 2],
    ["floating-point samples", [0.1, 0.7, -2.5, 1e-9], 1],
  ] as const)("keep a sound of %s", async (_, levels, channels) => {
    const { folder, file } = await files();
    const [input, back] = [join(folder, "a.wav"), join(folder, "b.wav")];
    const samples = Float32Array.from({ length: 400 }, (_, i) => levels[(i * i) % 4]!);
    const isFloat = channels === 1;
    await writeSound(input, { rate: 8000, channels, samples }, { isFloat });
    await ondelette("array", "encode", input, "-o", file, "--lossless");
    const { code } = await ondelette("array", "decode", file, "-o", back);
    expect(code).toBe(0);
    expect(await readSound(back)).toEqual({ rate: 8000, channels, samples });
    expect(await readFile(back)).toEqual(await readFile(input));
  });

  test("give a coarser array of the beginning of a file, and say what is missing", async () => {
    const { input, file, back } = await files();
    await ondelette("array", "encode", input, "-o", file, "--bytes", "500");
    expect(await readFile(file)).toHaveLength(500);
    const first = await ondelette("array", "decode", file, "-o", back, "--bytes", "200", "--json");
    expect(JSON.parse(first.out)).toMatchObject({ bytes: 200, maxError: null, finished: false });
    await truncate(file, 300);
    const cut = await ondelette("array", "decode", file, "-o", back);
    expect(cut).toMatchObject({ code: 0 });
    expect(cut.err).toContain(`${file} is cut short by 200 bytes`);
  });
});

test("array info tells the head, and where a file ends too soon", async () => {
  const { input, file } = await files();
  await ondelette("array", "encode", input, "-o", file, "--max-error", "0.002");
  const { length } = await readFile(file);
  const { out } = await ondelette("array", "info", file, "--json");
  expect(JSON.parse(out)).toMatchObject({
    ...{ shape: [6, 20, 24], type: "f4", maxError: 0.002, bytes: length },
    ...{ levels: [1, 3, 3], missingBytes: 0 },
  });
  await truncate(file, 90);
  const cut = await ondelette("array", "info", file);
  expect(cut.out).toContain("cut short: at least");
});

describe("one sentence says", () => {
  const whatOf = async (...words: string[]) => sentenceOf(await ondelette(...words));

  test("that a picture is not an array, nor an array a picture", async () => {
    const { folder, input, file } = await files();
    await ondelette("array", "encode", input, "-o", file);
    const png = join(folder, "a.png");
    expect(await whatOf("image", "decode", file, "-o", png)).toContain(
      `${file} holds an array and not a picture: \`ondelette array decode\` reads it`,
    );
    expect(await whatOf("image", "info", file)).toContain("holds an array and not a picture");
    expect(await whatOf("image", "decode", file, "-o", png, "--size", "4")).toContain(
      "holds an array and not a picture",
    );
    expect(await whatOf("field", "render", file, "-o", png)).toContain(
      "holds an array and not a field: `ondelette array decode` reads it",
    );
    await writeImage(png, testPicture(20, 10, 1));
    expect(await whatOf("array", "encode", png, "-o", file)).toContain("arrays end in .npy");
    await ondelette("image", "encode", png, "-o", file);
    expect(await whatOf("array", "decode", file, "-o", input)).toContain(
      `${file} holds a picture and not an array: \`ondelette image decode\` reads it`,
    );
    expect(await whatOf("array", "info", file)).toContain("holds a picture and not an array");
  });

  test("that an array is not a sound, that a name has the wrong ending, and that two aims are too many", async () => {
    const { folder, input, file } = await files();
    await ondelette("array", "encode", input, "-o", file);
    const wav = join(folder, "b.wav");
    expect(await whatOf("array", "decode", file, "-o", wav)).toContain(
      "an array that is not a sound",
    );
    const text = join(folder, "b.txt");
    expect(await whatOf("array", "decode", file, "-o", text)).toContain("end its name in .npy");
    const two = ["--max-error", "1", "--lossless"];
    expect(await whatOf("array", "encode", input, "-o", file, ...two)).toContain(
      "give one of --max-error and --lossless",
    );
  });

  test("which sample is not a number, and that a file is damaged", async () => {
    const data = Float32Array.of(1, 2, Number.POSITIVE_INFINITY, 4);
    const { input, file, back } = await files({ shape: [2, 2], data });
    expect(await whatOf("array", "encode", input, "-o", file)).toContain(
      `${input} holds Infinity at [1, 0]`,
    );
    const { input: good } = await files();
    await ondelette("array", "encode", good, "-o", file);
    const bytes = await readFile(file);
    bytes[100]! ^= 1;
    await writeFile(file, bytes);
    expect(await whatOf("array", "decode", file, "-o", back)).toContain(`${file} is damaged`);
  });
});
