import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { crop } from "../../image/compression/layout/crop.ts";
import { photoPicture } from "../../image/compression/testing.ts";
import { ondelette } from "../testing.ts";

const picture = photoPicture(400, 30, 1, 6);
const layouts = {
  "usual.ondl": [],
  "sizes.ondl": ["--order", "resolution"],
  "both.ondl": ["--order", "resolution", "--tiles", "64"],
} as const;
type Name = keyof typeof layouts;

/** A folder with the picture, `a.png`, and its files of these names. */
async function files(...names: readonly Name[]) {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder, name);
  await writeImage(at("a.png"), picture);
  for (const name of names) {
    const words = ["-o", at(name), "--lossless", ...layouts[name]] as const;
    expect(await ondelette("image", "encode", at("a.png"), ...words)).toMatchObject({ code: 0 });
  }
  const decode = (file: string, ...options: readonly string[]) =>
    ondelette("image", "decode", at(file), "-o", at("back.png"), ...options);
  return { at, decode };
}

describe("image decode", () => {
  test.each<Name>(["usual.ondl", "sizes.ondl", "both.ondl"])(
    "--region cuts a part out of %s",
    async (file) => {
      const { at, decode } = await files(file);
      const { code, out } = await decode(file, "--region", "200,3,20,25", "--json");
      expect(code).toBe(0);
      const region = { x: 200, y: 3, width: 20, height: 25 };
      expect(await readImage(at("back.png"))).toEqual(crop(picture, region));
      const { length } = await readFile(at(file));
      const { bytes, ...rest } = JSON.parse(out);
      expect(rest).toMatchObject({ width: 20, height: 25, finished: true, missingBytes: 0 });
      if (file === "both.ondl") expect(bytes).toBeLessThan(0.7 * length);
      else expect(bytes).toBe(length);
    },
  );

  test("--size makes the longer side so long, and reads a part of a file in the order of resolution", async () => {
    const { at, decode } = await files("usual.ondl", "sizes.ondl");
    for (const file of ["usual.ondl", "sizes.ondl"]) {
      const { out } = await decode(file, "--size", "100", "--json");
      const { length } = await readFile(at(file));
      const { bytes, width, height } = JSON.parse(out);
      expect([width, height]).toEqual([100, 8]);
      if (file === "usual.ondl") expect(bytes).toBe(length);
      else expect(bytes).toBeLessThan(length / 2);
    }
    const { out } = await decode("sizes.ondl", "--size", "100");
    expect(out).toMatch(/back\.png: 100×8 pixels from \d+ of \d+ bytes/);
  });

  test("says of a file that was cut short what is missing", async () => {
    const { at, decode } = await files("both.ondl");
    const bytes = await readFile(at("both.ondl"));
    await writeFile(at("cut.ondl"), bytes.subarray(0, bytes.length / 2));
    const { code, err } = await decode("cut.ondl", "--region", "390,0,10,10");
    expect(code).toBe(0);
    expect(err).toMatch(/cut\.ondl is cut short: \d+ bytes that are needed are missing/);
    expect((await decode("cut.ondl", "--region", "0,0,10,10")).err).toBe("");
  });

  test.each([
    ["399,0,2,1", "both.ondl has 400×30 pixels; a region of 2×1 at 399,0 does not lie within it"],
    ["1,2,3", "a region is X,Y,WIDTH,HEIGHT in whole pixels, not 1,2,3"],
    ["-1,2,3,4", "a region is X,Y,WIDTH,HEIGHT in whole pixels, not -1,2,3,4"],
  ])("refuses the region %s", async (region, message) => {
    const { decode } = await files("both.ondl");
    const { code, err } = await decode("both.ondl", `--region=${region}`);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

test("image info tells the sizes and the tiles", async () => {
  const { at } = await files("sizes.ondl", "both.ondl");
  const { out } = await ondelette("image", "info", at("both.ondl"));
  expect(out).toMatch(/in the order of resolution: 50 pixels \d+ bytes, .*400 pixels \d+ bytes/);
  expect(out).toContain("7 tiles of 64×64 pixels");
  expect(out).toContain("section T: where parts of the code end, 119 bytes");
  const { sizes, tiles, order } = JSON.parse(
    (await ondelette("image", "info", at("sizes.ondl"), "--json")).out,
  );
  expect({ tiles, order }).toEqual({ tiles: null, order: "resolution" });
  expect(sizes.map(({ size }: { size: number }) => size)).toEqual([50, 100, 200, 400]);
});

test.each([
  [["--order", "resolution", "--language", "blocks"], "--order is for the codec for photographs"],
  [["--tiles", "512", "--wavelet", "haar"], "--tiles is for the codec for photographs"],
  [["--tiles", "100"], "tiles have 64, 128, 256, 512, 1024, 2048, 4096 pixels on a side, not 100"],
])("image encode refuses %j", async (options, message) => {
  const { at } = await files();
  const { code, err } = await ondelette("image", "encode", at("a.png"), "-o", at("x"), ...options);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
