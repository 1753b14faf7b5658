import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { imageFiles, readImageConfig, readRecommendation } from "../../image/runFolder.ts";
import { ondelette } from "../testing.ts";
import { copiesOf, discs, pictures, sentenceOf, tinyModel } from "./testing.ts";

const engine = ["--threads", "1"];
const train = (data: string, out: string, ...more: string[]) =>
  ondelette(
    ...["image", "train", "--data", data, "--out", out, "--steps", "2", "--finest", "0.25"],
    ...[...tinyModel("state"), ...engine, ...more],
  );

const copy = copiesOf(async (folder) => {
  const data = await discs(folder, 12);
  const run = join(folder, "run");
  expect(await train(data, run)).toMatchObject({ code: 0 });
  return { data, run };
});

/** A trained run of a test's own. */
async function trained() {
  const { folder, data, run } = await copy();
  let drawn = 0;
  const sample = async (...options: string[]) => {
    const out = join(folder, `${drawn++}.png`);
    const words = ["--run", run, "--out", out, "--count", "2", ...engine, ...options];
    const result = await ondelette("image", "sample", ...words);
    return { ...result, picture: result.code === 0 ? await readFile(out) : undefined };
  };
  return { folder, data, run, sample };
}

test("image tune stores how images are best drawn, and image sample draws them so", async () => {
  const { data, run, sample } = await trained();
  const plain = await sample("--temperature", "1");
  expect(plain.err).not.toContain("as ");
  const usual = await sample();
  expect(usual.err).toMatch(/, as usual for the model state\n/);

  const words = ["--run", run, "--data", data, "--count", "6", ...engine];
  const tuned = await ondelette("image", "tune", ...words);
  expect(tuned).toMatchObject({ code: 0 });
  const lines = tuned.out.trimEnd().split("\n");
  // Heading, real images, 3×2 temperatures, 4 weights of guidance at one temperature or two, 8 of cooling, 2 of top-p, the
  // recommendation.
  expect([23, 27]).toContain(lines.length);
  expect(lines[1]).toMatch(/^real images +\d+\.\d % +\d+\.\d % +\d+\.\d\d( +\d+\.\d\d)?$/);
  const found = await readRecommendation(run);
  expect(found).toMatchObject({ step: 2, images: 6, seed: 1 });
  expect(found!.tried).toHaveLength(lines.length - 3);
  expect(found!.tried.map(({ sampling }) => sampling)).toContainEqual(found!.sampling);

  const file = { kind: "image-sampling", format: 1, ...found };
  const { sampling: path } = imageFiles(run);
  await writeFile(path, JSON.stringify({ ...file, sampling: { temperature: { shape: 0.2 } } }));
  const recommended = await sample();
  expect(recommended.err).toContain(
    "temperature 0.2 for the shape and 1 for the detail, as recommended by the run\n",
  );
  expect(recommended.picture).toEqual((await sample("--temperature-shape", "0.2")).picture);
  expect(recommended.picture).not.toEqual(plain.picture);
  expect((await sample("--temperature", "1")).picture).toEqual(plain.picture);

  await writeFile(path, JSON.stringify({ ...file, sampling: { temperature: -1 } }));
  expect(sentenceOf(await sample())).toBe(
    `${path} cannot be used: sampling.temperature must be a number of at least 0 and at most 100, and is -1`,
  );
  await writeFile(path, "{");
  expect(sentenceOf(await sample())).toContain(`${path} cannot be used`);
});

test("cooling is counted from the plane at which most images start, and a factor of 1 is none", async () => {
  const { sample } = await trained();
  const plain = await sample("--temperature", "1");
  expect((await sample("--cooling", "1")).picture).toEqual(plain.picture);
  const frozen = await sample("--cooling", "0");
  expect(frozen.picture).not.toEqual(plain.picture);
});

describe("guidance", () => {
  test("changes what is drawn, and is a weight of 1 otherwise", async () => {
    const { run, sample } = await trained();
    expect((await readImageConfig(run)).classDropout).toBe(0.1);
    const plain = await sample("--guidance", "1");
    expect((await sample("--temperature", "1")).picture).toEqual(plain.picture);
    const guided = await sample("--guidance", "4");
    expect(guided.picture).not.toEqual(plain.picture);
  });

  test("is refused of runs that were always told the class, as runs of earlier versions were", async () => {
    const { run, sample } = await trained();
    const { classDropout: _, ...old } = await readImageConfig(run);
    await writeFile(imageFiles(run).config, JSON.stringify(old));
    expect((await sample()).code).toBe(0);
    expect(sentenceOf(await sample("--guidance", "2"))).toBe(
      "guidance compares images of a class with images of any, and this run was always told the class in training; " +
        "`ondelette image train --class-dropout 0.1` makes a run that can be guided",
    );
  });

  test("is nothing for a run of one class, which has no class to leave out", async () => {
    const folder = await temporaryFolder();
    const data = await pictures(folder, { "": Array.from({ length: 4 }, () => [8, 8] as const) });
    const run = join(folder, "run");
    expect(await train(data, run)).toMatchObject({ code: 0 });
    expect(await readImageConfig(run)).not.toHaveProperty("classDropout");
    const words = ["--run", run, "--guidance", "2", "--out", join(folder, "a.png")];
    expect(sentenceOf(await ondelette("image", "sample", ...words))).toContain("one class only");
    const tuned = await ondelette("image", "tune", "--run", run, "--data", data);
    expect(sentenceOf(tuned)).toContain("one class only");
  });
});

test("the share of images without a class is chosen once for a run", async () => {
  const folder = await temporaryFolder();
  const [data, run] = [await discs(folder, 12), join(folder, "run")];
  expect(await train(data, run, "--class-dropout", "0.5")).toMatchObject({ code: 0 });
  expect((await readImageConfig(run)).classDropout).toBe(0.5);
  const resumed = await train(data, run, "--class-dropout", "0.1", "--resume");
  expect(sentenceOf(resumed)).toContain("--class-dropout");
});
