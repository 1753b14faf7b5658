import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { writeNpy } from "../../data/formats/npyFile.ts";
import { encodeWav } from "../../data/formats/wav.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { blankRaster } from "../../data/images/raster.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { ondelette } from "../testing.ts";

/** A folder with a white square on black, 40 x 30, and a sound that jumps. */
async function inputs() {
  const folder = await temporaryFolder();
  const [picture, sound, out] = ["square.png", "jump.wav", "maxima.png"].map((name) =>
    join(folder, name),
  ) as [string, string, string]; // three names
  const square = blankRaster(40, 30, 1);
  for (let y = 10; y < 20; y++) square.data.fill(255, 40 * y + 15, 40 * y + 25);
  await writeImage(picture, square);
  const samples = Float32Array.from({ length: 200 }, (_, i) => (i < 100 ? -0.5 : 0.5));
  await writeFileAtomically(sound, encodeWav({ rate: 8000, samples }));
  return {
    folder,
    picture,
    sound,
    out,
    maxima: (...words: string[]) => ondelette("field", "maxima", ...words),
  };
}

describe("field maxima", () => {
  test("draws the edges of a picture and counts them scale by scale", async () => {
    const { picture, out, maxima } = await inputs();
    const { code, out: printed } = await maxima(picture, "-o", out, "--json", "--scales", "1,2");
    expect(code).toBe(0);
    const { scales, ...rest } = JSON.parse(printed);
    expect(rest.size).toEqual([30, 40]);
    expect(scales.map(({ scale }: { scale: number }) => scale)).toEqual([1, 2]);
    const [fine] = scales;
    expect(fine.count).toBeGreaterThan(30);
    expect(fine.medianExponent).toBeCloseTo(0, 1);
    const { width, height } = await readImage(out);
    expect([width, height]).toEqual([26 * 40, 26 * 30]);
    const strongest = JSON.parse(
      (await maxima(picture, "-o", out, "--json", "--threshold", "1")).out,
    );
    expect(strongest.maxima).toBeLessThan(rest.maxima);
  });

  test("draws a sound as a chart", async () => {
    const { sound, out, maxima } = await inputs();
    const { out: printed } = await maxima(sound, "-o", out);
    expect(printed.split("\n").slice(0, 2)).toEqual([
      `${out}: 4 maxima in 200 samples`,
      expect.stringMatching(/^ {2}scale 1: 1, median exponent -?0.0\d$/),
    ]);
    expect((await readImage(out)).channels).toBe(3);
  });

  test("draws the middle slice of a volume", async () => {
    const { folder, out, maxima } = await inputs();
    const box = join(folder, "box.npy");
    const data = Float32Array.from({ length: 20 ** 3 }, (_, i) => (i % 20 < 10 ? 0 : 1));
    await writeNpy(box, { shape: [20, 20, 20], data });
    const { code, out: printed } = await maxima(box, "-o", out, "--json", "--scales", "1,2");
    expect(code).toBe(0);
    const { size, scales } = JSON.parse(printed);
    expect(size).toEqual([20, 20, 20]);
    // The step lies between two samples; the outer ones along the surface count too.
    expect(scales[0].count).toBe(20 * 20);
    expect((await readImage(out)).width).toBe(52 * 20);
  });

  test("reduces a large picture, and says so", async () => {
    const { picture, out, maxima } = await inputs();
    const { err } = await maxima(picture, "-o", out, "--max-size", "20");
    expect(err).toContain("square.png has 40×30 pixels and is reduced to 20×15");
  });

  test("names mistakes and writes nothing", async () => {
    const { folder, picture, out, maxima } = await inputs();
    const [volume, broken] = [join(folder, "volume.npy"), join(folder, "broken.npy")];
    await writeNpy(volume, { shape: [2, 2, 2, 2], data: new Float32Array(16) });
    await writeNpy(broken, { shape: [4], data: Float32Array.of(1, 2, Number.NaN, 4) });
    const mistakes: [string[], string][] = [
      [[picture, "--scales", "2,1"], "--scales 2,1 must be positive numbers in increasing order"],
      [
        [picture, "--scales", "1,wide"],
        "--scales 1,wide must be positive numbers in increasing order",
      ],
      [[picture, "--scales", "1,1e9"], "--scales 1,1e9 must be at most 40"],
      [[picture, "--threshold", "2"], "--threshold must be a number from 0 to 1, not “2”"],
      [[volume], "volume.npy has 4 axes; signals have one, two or three"],
      [[broken], "broken.npy has NaN at [2]"],
      [[join(folder, "none.png")], "none.png does not exist"],
    ];
    for (const [words, sentence] of mistakes) {
      const { code, err } = await maxima(...words, "-o", out);
      expect(err).toContain(sentence);
      expect(code).toBe(2);
      expect(existsSync(out)).toBe(false);
    }
    const text = await maxima(picture, "-o", join(folder, "maxima.txt"));
    expect(text).toMatchObject({ code: 2, err: expect.stringContaining("end its name in .png") });
  });
});
