import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { testPicture } from "../../image/testing.ts";
import { ondelette } from "../testing.ts";

/** A compressed file of a small picture, made with these options. */
async function encoded(channels: 1 | 3, ...options: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  const [png, file] = [join(folder, "a.png"), join(folder, "a.ondl")];
  await writeImage(png, testPicture(40, 30, channels));
  const { code, err } = await ondelette("image", "encode", png, "-o", file, ...options);
  expect({ code, err }).toMatchObject({ code: 0 });
  return file;
}

const figuresOf = async (file: string) =>
  JSON.parse((await ondelette("image", "info", file, "--json")).out);

describe("image info", () => {
  test.each([
    ["the codec for photographs", 3, ["--finest", "0.05"], 4, "cdf9/7", 12.75],
    ["a lossless file", 1, ["--lossless"], 4, "cdf5/3", null],
    ["tokens of the paper", 1, ["--language", "blocks", "--finest", "0.25"], 1, "bior4.4", 63.75],
    ["lossless tokens", 3, ["--language", "trees", "--lossless"], 2, "bior2.2", null],
  ] as const)("tells the head of %s", async (_, channels, options, version, wavelet, step) => {
    const file = await encoded(channels, ...options);
    const { length } = await readFile(file);
    const figures = await figuresOf(file);
    expect(figures).toMatchObject({ file, version, width: 40, height: 30, channels, wavelet });
    expect(figures).toMatchObject({ bytes: length, missingBytes: 0, lossless: step === null });
    if (step === null) expect(figures.step).toBeNull();
    else expect(figures.step).toBeCloseTo(step, 5);
    expect(figures.codeBytes).toBeGreaterThan(0);
    expect(figures.codeBytes).toBeLessThan(length);
    const { out } = await ondelette("image", "info", file);
    expect(out).toContain(`40×30 pixels, ${channels === 1 ? "gray" : "color"}, version ${version}`);
  });

  test("lists the sections, and says of a cut file how much is missing", async () => {
    const file = await encoded(3, "--bytes", "200");
    const bytes = await readFile(file);
    const whole = await figuresOf(file);
    expect(whole.sections.map(({ type }: { type: string }) => type)).toEqual(["P", "C"]);
    expect(whole).toMatchObject({ bytes: 200, missingBytes: 0 });
    await writeFile(file, bytes.subarray(0, 150));
    expect(await figuresOf(file)).toMatchObject({ bytes: 150, missingBytes: 50 });
    const { out } = await ondelette("image", "info", file);
    expect(out).toContain("section C: code of the picture");
    expect(out).toContain("cut short: at least 50 bytes are missing from its end");
  });

  test("of something else is an error that says so", async () => {
    const file = join(await temporaryFolder(), "note.txt");
    await writeFile(file, "not a picture");
    const { code, err, out } = await ondelette("image", "info", file);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("note.txt is not an ondelette image");
  });
});
