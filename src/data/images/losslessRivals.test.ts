import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createRandom } from "../random/random.ts";
import { rivalCounter } from "./losslessRivals.ts";
import type { Raster } from "./raster.ts";

const flat = (width: number, height: number, level: number): Raster => ({
  ...{ width, height, channels: 1 },
  data: new Uint8Array(width * height).fill(level),
});

test("small pictures of a size share a sheet, larger ones have a file each", async () => {
  const counter = await rivalCounter();
  for (let i = 0; i < 5; i++) await counter.add(flat(8, 8, i));
  await counter.add(flat(9, 8, 7));
  await counter.add(flat(80, 70, 7));
  expect(await counter.finish()).toMatchObject({ files: 3 });
});

test("the bytes are those of sharp at its highest effort, of the pictures without space between them", async () => {
  const counter = await rivalCounter();
  for (const level of [10, 20, 30, 40]) await counter.add(flat(2, 2, level));
  const sheet = Uint8Array.of(10, 10, 20, 20, 10, 10, 20, 20, 30, 30, 40, 40, 30, 30, 40, 40);
  const image = () =>
    sharp(sheet, { raw: { width: 4, height: 4, channels: 1 } }).toColorspace("b-w");
  const { png, webp, files } = await counter.finish();
  expect(files).toBe(1);
  const plain = image().png({ compressionLevel: 9, adaptiveFiltering: false });
  expect(png).toBe((await plain.toBuffer()).length);
  expect(webp).toBe((await image().webp({ lossless: true, effort: 6 }).toBuffer()).length);
});

test("no colors are lost: noise takes all of its bits", async () => {
  const random = createRandom("noise");
  const data = Uint8Array.from({ length: 3 * 70 * 70 }, () => random.integer(256));
  const counter = await rivalCounter();
  await counter.add({ width: 70, height: 70, channels: 3, data });
  const { png, webp } = await counter.finish();
  for (const bytes of [png, webp]) expect(bytes).toBeGreaterThan(0.99 * data.length);
});

test("JPEG XL is counted where a cjxl is on the PATH", async () => {
  const folder = await temporaryFolder();
  const { PATH } = process.env;
  onTestFinished(() => {
    process.env.PATH = PATH;
  });
  process.env.PATH = folder;
  const without = await rivalCounter();
  await without.add(flat(4, 4, 1));
  expect(await without.finish()).not.toHaveProperty("jxl");

  // In place of the encoder: what it is asked for, and 77 bytes.
  const program = `#!/bin/sh\n[ "$1" = --version ] && exit 0\n[ "$1 $2 $3 $4" = "-d 0 -e 9" ] || exit 1\n`;
  await writeFile(join(folder, "cjxl"), `${program}printf '%077d' 0 > "$7"\n`);
  await chmod(join(folder, "cjxl"), 0o755);
  const counter = await rivalCounter();
  await counter.add(flat(4, 4, 1));
  expect(await counter.finish()).toMatchObject({ jxl: 77, files: 1 });
});
