import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodeIdx } from "../../data/formats/idx.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { input } from "../../graph/index.ts";
import { discPicture } from "../../image/testing.ts";
import { exportOnnx } from "../../runtime/index.ts";
import { ondelette } from "../testing.ts";
import { sentenceOf, tinyModel } from "./testing.ts";

/** MNIST-style files with discs in two classes. */
async function data(folder: string): Promise<string> {
  const path = join(folder, "data");
  await mkdir(path);
  for (const [part, count] of [
    ["train", 30],
    ["t10k", 40],
  ] as const) {
    const pixels = Array.from({ length: count }, (_, i) => [
      ...discPicture(8, 8, 1, `${part} ${i}`).data,
    ]);
    const images = { shape: [count, 8, 8], data: Uint8Array.from(pixels.flat()) };
    const labels = { shape: [count], data: Uint8Array.from({ length: count }, (_, i) => i % 2) };
    await writeFile(join(path, `${part}-images-idx3-ubyte`), encodeIdx(images));
    await writeFile(join(path, `${part}-labels-idx1-ubyte`), encodeIdx(labels));
  }
  return path;
}

async function samples(folder: string, count: number, side = 8): Promise<string> {
  const path = join(folder, `samples${side}`);
  await mkdir(path);
  for (let i = 0; i < count; i++)
    await writeImage(join(path, `${i}.png`), discPicture(side, side, 1, `sample ${i}`));
  return path;
}

test("samples of a run, with the lengths of their streams and a sheet of neighbors", async () => {
  const folder = await temporaryFolder();
  const [real, run, sheet] = [await data(folder), join(folder, "run"), join(folder, "near.png")];
  const small = ["--finest", "0.25", "--threads", "1", "--steps", "2", ...tinyModel("state")];
  await ondelette("image", "train", "--data", real, "--out", run, ...small);
  const command = ["image", "fidelity", "--real", real, "--samples", run, "--threads", "1"];
  const measured = await ondelette(...command, "--sheet", sheet, "--json");
  expect(measured).toMatchObject({ code: 0 });
  const found = JSON.parse(measured.out);
  expect(found).toMatchObject({
    real: { path: real, part: "test", images: 20 },
    samples: { sampling: {} },
    images: 20,
    seed: 1,
    neighbors: 3,
    memory: { training: 30, images: 20 },
    sheet,
  });
  for (const hash of [found.real.statistics, found.real.pictures])
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  for (const name of ["frechet", "precision", "recall", "sameClass"]) {
    expect(found[name]).toMatchObject({
      samples: expect.any(Number),
      real: expect.any(Number),
      training: expect.any(Number),
    });
  }
  expect(found.frechet.samples).toBeGreaterThan(2 * found.frechet.real); // it has not learned anything
  expect(found.tokens.change).toBeCloseTo(found.tokens.samples / found.tokens.reference - 1, 12);
  expect((await readImage(sheet)).width).toBeGreaterThan(7 * 72);

  const printed = await ondelette(...command);
  expect(printed.out).toContain("by seed 1");
  expect(printed.out).toContain(`sha256       statistics ${found.real.statistics}`);
  expect(printed.out).toMatch(/^ +samples +real +training$/m);
  expect(printed.out).toContain(found.frechet.real.toPrecision(4));
  expect(printed.err).toContain("20 pictures are too few for the covariance of 100 features");

  // The same seed draws the same samples; a folder is measured in the language of the run.
  expect(printed.out).toContain(found.frechet.samples.toPrecision(4));
  const drawn = await samples(folder, 12);
  const ofFolder = await ondelette(
    ...["image", "fidelity", "--real", real, "--samples", drawn, "--run", run, "--json"],
  );
  const { images, tokens, frechet, sameClass } = JSON.parse(ofFolder.out);
  expect(images).toBe(12);
  expect(frechet.samples).toBeLessThan(found.frechet.samples);
  expect(sameClass.samples).toBeUndefined();
  expect(Math.abs(tokens.change)).toBeLessThan(0.3);
});

test("features of a network, and other halves by another seed", async () => {
  const folder = await temporaryFolder();
  const [real, drawn] = [await data(folder), await samples(folder, 20)];
  const model = join(folder, "means.onnx");
  const bytes = exportOnnx((batch) => ({
    outputs: { rows: input("x", [batch, 1, 8, 8]).mean([1, 3]) },
  }));
  await writeFile(model, bytes);
  const measure = async (...more: string[]) =>
    JSON.parse(
      (await ondelette("image", "fidelity", "--real", real, "--samples", drawn, "--json", ...more))
        .out,
    );
  const one = await measure("--features", model);
  expect(one.features).toEqual({
    description: "output rows of means.onnx, pictures as NCHW from 0 (black) to 1 (white)",
    dimension: 8,
  });
  const wide = await measure("--features", model, "--range", "0,255");
  expect(wide.frechet.real).toBeCloseTo(one.frechet.real * 255 ** 2, 1);
  const other = await measure("--features", model, "--seed", "2");
  expect(other.real.pictures).not.toBe(one.real.pictures);
});

test("mistakes are named before anything is drawn", async () => {
  const folder = await temporaryFolder();
  const [real, drawn] = [await data(folder), await samples(folder, 4)];
  const sentence = async (...more: string[]) =>
    sentenceOf(await ondelette("image", "fidelity", "--real", real, ...more));
  expect(await sentence("--samples", join(folder, "none"))).toMatch(/none does not exist/);
  expect(await sentence("--samples", drawn, "--sheet", "a.jpg")).toMatch(/end its name in .png/);
  expect(await sentence("--samples", drawn, "--range", "1")).toMatch(/--range must be two numbers/);
  expect(await sentence("--samples", await samples(folder, 4, 12))).toMatch(
    /data are 8×8 pixels, those of .*samples12 12×12/,
  );
  expect(await sentence("--samples", await samples(folder, 2, 4))).toMatch(/too few to compare/);
});
