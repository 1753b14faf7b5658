import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodeIdx } from "../../data/formats/idx.ts";
import { readSafetensors } from "../../data/formats/safetensorsFile.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { imageFiles } from "../../image/runFolder.ts";
import { ondelette } from "../testing.ts";
import { copiesOf, discs, pictures, sentenceOf, tinyModel } from "./testing.ts";

const small = ["--finest", "0.25", "--threads", "1"];
const train = (data: string, out: string, ...more: string[]) =>
  ondelette("image", "train", "--data", data, "--out", out, ...small, ...more);

/** Trained runs of each model, for tests of their own. */
const copies = { state: copiesOf(trainedOnce("state")), paper: copiesOf(trainedOnce("paper")) };
const trained = (model: keyof typeof copies = "state") => copies[model]();

function trainedOnce(model: "state" | "paper") {
  return async (folder: string) => {
    const data = await discs(folder);
    const run = join(folder, "run");
    const result = await train(data, run, "--steps", "4", "--json", ...tinyModel(model));
    expect(result).toMatchObject({ code: 0 });
    const figures = JSON.parse(result.out);
    expect(figures).toMatchObject({ run, step: 4, curve: join(run, "loss.png") });
    return { data, run, figures };
  };
}

describe.each(["state", "paper"] as const)("the model %s on the command line", (model) => {
  test("is trained, sampled and scored", async () => {
    const { folder, data, run, figures } = await trained(model);
    expect(figures.training.bitsPerImage).toBeGreaterThan(0);
    expect(figures.validation.bitsPerImage).toBeGreaterThan(0);
    expect((await readImage(join(run, "loss.png"))).width).toBe(720);

    const scored = await ondelette(
      ...["image", "eval", "--run", run, "--data", data, "--threads", "1", "--json"],
    );
    expect(scored).toMatchObject({ code: 0 });
    const result = JSON.parse(scored.out);
    expect(result.images).toBe(5);
    for (const key of [
      "bitsPerImage",
      "bitsPerPixel",
      "psnr",
      "tokensPerImage",
      "tokensPerSecond",
    ]) {
      expect(result[key]).toBeGreaterThan(0);
    }
    expect(result.staticCoder.bitsPerImage).toBeGreaterThan(0);
    expect(result.bitsPerPixel).toBeCloseTo(result.bitsPerImage / 64, 9);
    // The validation of a training leaves out the starting plane, which eval counts.
    expect(result.bitsPerImage).toBeGreaterThan(figures.validation.bitsPerImage);
    const limited = await ondelette(
      ...["image", "eval", "--run", run, "--data", data, "--limit", "2", "--json"],
    );
    expect(JSON.parse(limited.out).images).toBe(2);

    const sample = (out: string, ...more: string[]) =>
      ondelette(
        "image",
        "sample",
        "--run",
        run,
        "--out",
        join(folder, out),
        "--threads",
        "1",
        ...more,
      );
    const all = ["--class", "1", "--count", "3", "--top-p", "0.9", "--top-k", "4"];
    const drawn = await sample("a.png", ...all, "--temperature", "0.8", "--seed", "2", "--json");
    expect(JSON.parse(drawn.out)).toMatchObject({ out: join(folder, "a.png"), images: 3 });
    await sample("b.png", ...all, "--temperature", "0.8", "--seed", "2");
    expect(await readFile(join(folder, "a.png"))).toEqual(await readFile(join(folder, "b.png")));
    await sample("c.png", ...all, "--temperature", "0.8", "--seed", "3");
    expect(await readFile(join(folder, "a.png"))).not.toEqual(
      await readFile(join(folder, "c.png")),
    );
    expect((await sample("strip.png", "--strip", "--count", "2")).code).toBe(0);
    const strip = await readImage(join(folder, "strip.png"));
    expect(strip.width).toBeGreaterThan(3 * strip.height);
    expect((await sample("singles/", "--count", "4")).code).toBe(0);
    expect(await readdir(join(folder, "singles"))).toEqual(["0", "1"]);
    expect(await readImage(join(folder, "singles", "1", "00003.png"))).toMatchObject({ width: 8 });
  });
});

test("a lossless run is trained, scored exactly in bits/dim, sampled and resumed", async () => {
  const folder = await temporaryFolder();
  const data = await discs(folder);
  const run = join(folder, "run");
  const train = (...more: string[]) =>
    ondelette("image", "train", "--out", run, "--threads", "1", "--json", ...more);
  const tiny = tinyModel("values");
  const made = await train("--data", data, "--steps", "4", "--lossless", ...tiny);
  expect([made.code, made.err]).toEqual([0, expect.anything()]);
  const scored = ["image", "eval", "--run", run, "--data", data, "--threads", "1"];
  const result = JSON.parse((await ondelette(...scored, "--json")).out);
  expect(result).toMatchObject({ images: 5, psnr: null });
  expect(result.bitsPerDim).toBeCloseTo(result.bitsPerImage / 64, 9);
  expect(result.staticCoder.bitsPerDim).toBeCloseTo(result.staticCoder.bitsPerImage / 64, 9);
  const { out } = await ondelette(...scored);
  expect(out).toMatch(/PSNR +exact/);
  expect(out).toMatch(/static coder .* bits\/dim/);

  const sheet = join(folder, "a.png");
  const sample = ["image", "sample", "--run", run, "--out", sheet, "--threads", "1"];
  expect(await ondelette(...sample, "--count", "2")).toMatchObject({ code: 0 });
  expect(await ondelette(...sample, "--count", "1", "--strip")).toMatchObject({ code: 0 });

  expect(await train("--resume", "--steps", "6")).toMatchObject({ code: 0 });
  for (const contradiction of [
    ["--finest", "1"],
    ["--wavelet", "bior2.2"],
  ]) {
    const { code, err } = await train("--resume", "--steps", "6", ...contradiction);
    expect([code, err]).toEqual([2, expect.stringContaining("contradicts")]);
  }
});

test("the model of whole integers is refused where the language does not go by coefficients", async () => {
  const folder = await temporaryFolder();
  const data = await discs(folder);
  const out = join(folder, "run");
  const train = ["image", "train", "--data", data, "--out", out, "--model", "values"];
  for (const more of [
    [],
    ["--lossless", "--wavelet", "bior2.2"],
    ["--lossless", "--language", "trees"],
  ])
    expect(sentenceOf(await ondelette(...train, ...more))).toBe(
      "--model values needs --lossless with --wavelet haar and --language blocks",
    );
  await expect(readdir(out)).rejects.toThrow("ENOENT");
});

test("color pictures that are no squares are trained, resumed and scored at their own size", async () => {
  const folder = await temporaryFolder();
  const data = await pictures(folder, {
    a: [
      [12, 8],
      [12, 8],
    ],
    b: [[12, 8]],
  });
  const run = join(folder, "run");
  const form = ["--color", "ycbcr", "--wavelet", "bior4.4", "--language", "trees"];
  const first = await train(data, run, "--steps", "2", ...form, ...tinyModel("state"));
  expect(first).toMatchObject({ code: 0 });
  expect(await train(data, run, "--steps", "4", "--resume")).toMatchObject({ code: 0 });
  const scored = await ondelette("image", "eval", "--run", run, "--data", data, "--json");
  expect(JSON.parse(scored.out).images).toBe(3);
  const drawn = await ondelette("image", "sample", "--run", run, "--out", join(run, "a.png"));
  expect(drawn.code).toBe(0);
});

test("of a folder without parts, every tenth picture is held out for validation", async () => {
  const folder = await temporaryFolder();
  const data = await pictures(folder, { "": Array.from({ length: 20 }, () => [8, 8] as const) });
  const run = join(folder, "run");
  const result = await train(data, run, "--steps", "2", "--json", ...tinyModel("state"));
  expect(result.code).toBe(0);
  expect(JSON.parse(await readFile(imageFiles(run).config, "utf8")).data.images).toBe(18);
  expect(JSON.parse(result.out).validation.bitsPerImage).toBeGreaterThan(0);
  const printed = await train(data, run, "--steps", "4", "--resume");
  expect(printed.out).toMatch(/ bits\/image in training, \d\S* bits\/image in validation\n/);

  const few = await pictures(await temporaryFolder(), { "": [[8, 8]] });
  const small = await train(few, `${run}-few`, "--steps", "1", "--json", ...tinyModel("state"));
  expect(small.err).toContain(
    `${few} has fewer than ten images: none are held out for validation\n`,
  );
  expect(JSON.parse(small.out).validation).toEqual({});
});

test("a training that is killed loses what came after its last checkpoint, and ends as if it had not been", async () => {
  const folder = await temporaryFolder();
  const data = await discs(folder);
  const [killed, straight] = [join(folder, "killed"), join(folder, "straight")];
  const form = ["--steps", "80", "--save-every", "0.1", ...small, ...tinyModel("state")];

  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  const argv = ["image", "train", "--data", data, "--out", killed, ...form];
  const child = spawn(process.execPath, [main, ...argv], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const { latest } = imageFiles(killed);
  while (!existsSync(latest) && child.exitCode === null) await setTimeout(5);
  await setTimeout(40);
  child.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
  const { metadata } = await readSafetensors(latest);
  expect(Number(metadata.step)).toBeLessThan(80);
  expect(Number(metadata.step)).toBeGreaterThan(0);

  expect(await ondelette(...argv, "--resume")).toMatchObject({ code: 0 });
  expect(await train(data, straight, ...form)).toMatchObject({ code: 0 });
  const [resumed, whole] = await Promise.all(
    [latest, imageFiles(straight).latest].map((path) => readSafetensors(path)),
  );
  expect(resumed!.metadata.step).toBe("80");
  expect(resumed!.tensors).toEqual(whole!.tensors);
  const leftovers = (await readdir(join(killed, "checkpoint"))).filter((name) =>
    name.endsWith("safetensors"),
  );
  expect(leftovers).toEqual(["latest.safetensors", "trunk.safetensors"]);
});

describe("a mistake gets one sentence and exit code 2", () => {
  test("in the data to train on, and no run folder is made", async () => {
    const folder = await temporaryFolder();
    const run = join(folder, "run");
    const failing = async (data: string, ...more: string[]) => {
      const told = sentenceOf(await train(data, run, "--steps", "2", ...more));
      expect(existsSync(run)).toBe(false);
      return told;
    };
    const missing = join(folder, "nowhere");
    expect(await failing(missing)).toBe(`${missing} does not exist`);

    const mixed = await pictures(folder, { a: [[8, 8]], b: [[9, 8]] });
    expect(await failing(mixed)).toContain(
      "differ in size (8×8, 9×8); --size SIDE brings all images to one size",
    );
    expect(await failing(mixed, "--size", "16", "--fit", "crop")).toMatch(
      /too small to cut 16×16 out of it; choose a smaller --size, or --fit resize$/,
    );
    expect(await failing(mixed, "--size", "8", "--finest", "0.3")).toContain("power of two");
    await mkdir(join(mixed, "empty"));
    expect(await failing(mixed)).toContain(
      `the class folder ${join(mixed, "empty")} holds no pictures`,
    );
    await writeFile(join(mixed, "empty", "text.png"), "this is no picture");
    expect(await failing(mixed, "--size", "8")).toContain(join("empty", "text.png"));
    const bare = join(folder, "bare");
    await mkdir(bare);
    expect(await failing(bare)).toContain(`${bare} holds no pictures`);
  });

  test("in the flags of a training, and no run folder is made", async () => {
    const folder = await temporaryFolder();
    const data = await discs(folder);
    const run = join(folder, "run");
    const failing = async (...more: string[]) => {
      const told = sentenceOf(await train(data, run, ...more));
      expect(existsSync(run)).toBe(false);
      return told;
    };
    expect(await failing("--steps", "2", "--minutes", "1")).toBe(
      "give --steps or --minutes, not both",
    );
    expect(await failing("--stpes", "2")).toContain("--stpes");
    expect(await failing("--steps", "0")).toContain("--steps");
    expect(await failing("--model", "gan")).toContain("gan");
    expect(await failing("--resume")).toBe(`${run} cannot be resumed: it has no config.json`);
    expect(await failing("--overrides", "{width}")).toContain("--overrides must be JSON");
    expect(await failing("--overrides", '{"depths":3}')).toContain(
      "--overrides of the model state: depths is unknown; known are width, depth,",
    );
    for (const width of ['"wide"', "null", "-4", "[1]", "1000000000"]) {
      const told = await failing("--overrides", `{"width":${width}}`);
      expect(told).toBe(
        `--overrides of the model state: width must be a whole number above 0 and at most 192000, and is ${width}`,
      );
    }
  });

  test("about a run that is there already, or is a file", async () => {
    const { folder, data, run } = await trained();
    const before = await readFile(imageFiles(run).latest);
    expect(sentenceOf(await train(data, run, "--steps", "9"))).toBe(
      `${run} already holds a run; add --resume to continue it, or name another folder`,
    );
    expect(await readFile(imageFiles(run).latest)).toEqual(before);
    const file = join(folder, "file");
    await writeFile(file, "text");
    expect(sentenceOf(await train(data, file, "--steps", "2"))).toContain(file);
    expect(await readFile(file, "utf8")).toBe("text");
  });

  test("about a run that is missing, damaged or mixed up", async () => {
    const { folder, data, run } = await trained();
    const other = await trained("paper");
    const out = join(folder, "out.png");
    const failing = async (path = run) => {
      const sampled = sentenceOf(await ondelette("image", "sample", "--run", path, "--out", out));
      const scored = sentenceOf(await ondelette("image", "eval", "--run", path, "--data", data));
      expect(scored).toBe(sampled);
      expect(existsSync(out)).toBe(false);
      return sampled;
    };
    expect(await failing(folder)).toContain(`${folder} is not a run folder: it has no config.json`);
    expect(await failing(join(folder, "nowhere"))).toContain("is not a run folder");

    const { latest, config, staticCoder } = imageFiles(run);
    const good = await readFile(latest);
    await copyFile(imageFiles(other.run).latest, latest);
    expect(await failing()).toContain(`${latest} is a checkpoint of another model`);
    await writeFile(latest, good);
    await truncate(latest, good.length - 7);
    expect(await failing()).toContain(`${latest} is not a whole safetensors file`);
    const resumed = sentenceOf(await train(data, run, "--steps", "9", "--resume"));
    expect(resumed).toContain(`${latest} is not a whole safetensors file`);
    await rm(latest);
    expect(await failing()).toContain(`${run} has no checkpoint yet`);
    await writeFile(latest, good);
    await writeFile(staticCoder, "[[1,");
    const scored = await ondelette("image", "eval", "--run", run, "--data", data);
    expect(sentenceOf(scored)).toContain(`${staticCoder} is damaged`);
    await writeFile(config, '{"format": 7}');
    expect(await failing()).toContain(`${config} has no kind and format`);
  });

  test("about what is to be drawn, and nothing is drawn", async () => {
    const { folder, run } = await trained();
    const failing = async (out: string, ...more: string[]) =>
      sentenceOf(await ondelette("image", "sample", "--run", run, "--out", out, ...more));
    const out = join(folder, "out.png");
    expect(await failing(out, "--class", "7")).toBe(
      `${run} has no class "7"; its classes are 0, 1`,
    );
    expect(await failing(out, "--top-p", "1.5")).toContain("--top-p");
    const lost = join(folder, "nowhere", "out.png");
    expect(await failing(lost)).toBe(
      `${lost} cannot be written: the folder ${join(folder, "nowhere")} does not exist`,
    );
    expect(existsSync(out)).toBe(false);
    expect(await failing(folder)).toBe(`${folder} is a folder; name a file to write`);
  });

  test("about images of a class or a size that the run does not know", async () => {
    const { folder, run } = await trained();
    const data = await pictures(folder, { "0": [[8, 8]], seven: [[8, 8]] });
    const told = sentenceOf(await ondelette("image", "eval", "--run", run, "--data", data));
    expect(told).toBe('there are images of a class "seven" that the run does not know (0, 1)');
    const idx = join(folder, "tiny-images-idx3-ubyte");
    await writeFile(idx, encodeIdx({ shape: [1, 4, 4], data: new Uint8Array(16) }));
    const sized = sentenceOf(await ondelette("image", "eval", "--run", run, "--data", idx));
    expect(sized).toBe("an image of 4×4 pixels is not of the run's size, 8×8");
  });

  // A device that is always full, where there is one.
  const full = "/dev/full";
  test.skipIf(!existsSync(full))("where the disk is full", async () => {
    const { data, run } = await trained();
    const drawn = await ondelette("image", "sample", "--run", run, "--out", full);
    expect(sentenceOf(drawn)).toContain(`the disk is full: ${full} could not be written`);
    const { latest } = imageFiles(run);
    await rm(latest);
    await symlink(full, latest);
    const resumed = sentenceOf(await train(data, run, "--steps", "9", "--resume"));
    expect(resumed).toContain(`the disk is full: ${latest} could not be written`);
  });
});
