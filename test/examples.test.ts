import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { readImage, readMidi } from "../src/data/index.ts";
import { digitsFolder } from "./digitsFolder.ts";
import { importsOf } from "./snippets.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const names = (await readdir(join(root, "examples"))).filter((name) => name.endsWith(".ts")).sort();
const sources = await Promise.all(
  names.map(async (name) => ({
    name,
    code: await readFile(join(root, "examples", name), "utf8"),
  })),
);

describe.each(sources)("examples/$name", ({ name, code }) => {
  test("says in its first lines what it shows and how to run it", () => {
    const [first, second] = code.split("\n");
    expect(first).toMatch(/^\/\/ [A-Z].*\.$/);
    expect(second).toContain(`// Run: node examples/${name}`);
  });

  test("has 15 to 60 lines", () => {
    const lines = code.trimEnd().split("\n").length;
    expect(lines).toBeGreaterThanOrEqual(15);
    expect(lines).toBeLessThanOrEqual(name in short ? 30 : 60);
  });

  test("imports public modules and Node alone", () => {
    const others = importsOf({ code, line: 1 }).filter(
      (from) => !/^(node:|ondelette\/)/.test(from),
    );
    expect(others).toEqual([]);
  });

  test("stands in the README with one line", async () => {
    expect(await readFile(join(root, "README.md"), "utf8")).toContain(`| \`${name}\` |`);
  });
});

/** A model, a mixing and a family of one's own take no more than thirty lines. */
const short = {
  "02-own-mlp-classifier.ts": true,
  "04-own-mixing.ts": true,
  "06-own-field-family.ts": true,
};

test("all examples are well typed for a program that is strict", async () => {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const project = join(root, "examples");
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, "-p", project]).catch(
    (failure) => failure,
  );
  expect(stdout).toBe("");
});

/** What a program prints, line by line, run on the sources in a folder of its own. */
async function printedBy(name: string, folder: string, args: readonly string[] = [folder]) {
  const hook = join(root, "test/sourceHook.ts");
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [
      ...["--disable-warning=ExperimentalWarning", "--import", hook],
      ...[join(root, "examples", name), ...args],
    ],
    { cwd: folder },
  );
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

/** The numbers of a line. */
const numbersIn = (line = ""): number[] => (line.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

/** The size of a picture that a program has written, and whether it shows anything. */
async function picture(path: string) {
  const { width, height, data } = await readImage(path);
  expect(new Set(data).size).toBeGreaterThan(1);
  return { width, height };
}

/** What each program must print and write. */
const outcomes: Readonly<Record<string, (name: string, folder: string) => Promise<void>>> = {
  async "01-gradients.ts"(name, folder) {
    const lines = await printedBy(name, folder);
    expect(lines.at(0)).toBe("step 0: f(-1.2000, 1.0000) = 24.2000");
    expect(lines.at(-1)).toBe("step 6: f(1.0000, 1.0000) = 0.0000");
  },
  async "02-own-mlp-classifier.ts"(name, folder) {
    const [line] = await printedBy(name, folder, [await digitsFolder()]);
    expect(line).toMatch(/^\d+ of 2000 digits in unseen typefaces are read correctly$/);
    expect(numbersIn(line)[0]).toBeGreaterThan(1850);
  },
  async "03-own-small-gpt.ts"(name, folder) {
    const lines = await printedBy(name, folder);
    expect(lines[1]).toMatch(/^\d{6}:\d{6}$/);
    expect(numbersIn(lines.at(-1))[0]).toBeGreaterThan(95);
  },
  async "04-own-mixing.ts"(name, folder) {
    const lines = await printedBy(name, folder);
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["none", "haar-8", "contrast"]);
    const [none = 0, , contrast] = lines.map((line) => numbersIn(line).at(-1));
    expect(contrast).toBeLessThan(none);
  },
  async "05-own-image-model.ts"(name, folder) {
    const [own, fixed] = await printedBy(name, folder, [await digitsFolder(), folder]);
    expect(numbersIn(own)[0]).toBeLessThan(0.7 * numbersIn(fixed)[0]!);
    await picture(join(folder, "samples.png"));
  },
  async "06-own-field-family.ts"(name, folder) {
    const [siren = "", own = ""] = await printedBy(name, folder);
    expect(numbersIn(siren).at(-1)).toBeGreaterThan(20);
    expect(numbersIn(own).at(-1)).toBeGreaterThan(30);
    for (const line of [siren, own]) {
      const path = line.replace(/: .*/, "");
      expect(await picture(path)).toEqual({ width: 512, height: 512 });
    }
  },
  async "07-denoise-a-picture.ts"(name, folder) {
    const lines = await printedBy(name, folder);
    const [noisy = 0, ...denoised] = lines.slice(0, 4).map((line) => numbersIn(line).at(-1)!);
    expect(noisy).toBeCloseTo(20.2, 1);
    for (const psnr of denoised) expect(psnr).toBeGreaterThan(noisy + 6);
    await picture(lines.at(-1)!);
  },
  async "08-scalogram.ts"(name, folder) {
    const [half, later, path] = await printedBy(name, folder);
    expect(half).toBe("after 0.5 s: tones of 298 Hz");
    expect(later).toBe("after 1.5 s: tones of 699 and 60 Hz");
    expect(await picture(path!)).toEqual({ width: 800, height: 256 });
  },
  async "09-best-basis-packets.ts"(name, folder) {
    const lines = await printedBy(name, folder);
    const shares = lines.slice(0, 6).map((line) => numbersIn(line).at(-1)!);
    for (const i of [0, 1, 2]) expect(shares[i + 3]).toBeGreaterThan(shares[i]! + 20);
  },
  async "10-compress-and-decompress.ts"(name, folder) {
    const [first = "", ...lines] = await printedBy(name, folder);
    const qualities = lines.slice(0, 5).map((line) => numbersIn(line).at(-1)!);
    expect(qualities).toEqual(qualities.toSorted((a, b) => a - b));
    expect(qualities.at(-1)).toBeGreaterThan(40);
    const [file, size] = [first.replace(/: .*/, ""), numbersIn(first).at(-2)];
    expect((await stat(file)).size).toBe(size);
    await picture(lines.at(-1)!);
  },
  async "11-fit-and-zoom-a-picture.ts"(name, folder) {
    const [line = ""] = await printedBy(name, folder);
    expect(Number(/([\d.]+) dB/.exec(line)?.[1])).toBeGreaterThan(40);
    expect(await picture(join(folder, "whole.png"))).toEqual({ width: 160, height: 120 });
    expect(await picture(join(folder, "eye.png"))).toEqual({ width: 480, height: 384 });
  },
  async "12-sample-text-and-midi.ts"(name, folder) {
    const [words = "", music = ""] = await printedBy(name, folder, [folder, "60"]);
    expect(await readFile(words, "utf8")).toMatch(/^seven green bottles hanging on the wall,\n/);
    const notes = await readMidi(music);
    expect(notes.length).toBeGreaterThan(20);
    expect(new Set(notes.map(({ pitch }) => pitch)).size).toBeGreaterThan(3);
  },
  async "13-export-and-run-onnx.ts"(name, folder) {
    const lines = await printedBy(name, folder);
    expect(numbersIn(lines.at(-1))[0]).toBeGreaterThan(980);
  },
  async "15-fill-a-hole.ts"(name, folder) {
    // What is kept does not depend on how much the model has learned.
    const lines = await printedBy(name, folder, [await digitsFolder(), folder, "20"]);
    const [coarse, all] = numbersIn(lines.at(-1));
    expect(coarse).toBe(0);
    expect(all).toBeGreaterThan(0);
    for (const path of lines.slice(0, 3)) await picture(path);
  },
  async "14-compare-variants.ts"(name, folder) {
    const lines = await printedBy(name, folder);
    const [relu = 0, , sine] = lines.map((line) => numbersIn(line)[0]);
    expect(sine).toBeLessThan(relu / 10);
    await picture(lines.at(-1)!);
  },
  async "16-shrink-a-picture.ts"(name, folder) {
    const [noisy = 0, denoised] = (await printedBy(name, folder)).map((line) => numbersIn(line)[0]);
    expect(noisy).toBeCloseTo(20, 0); // noise of 0.1
    expect(denoised).toBeGreaterThan(noisy + 10);
  },
  async "17-compress-a-signal.ts"(name, folder) {
    const [line] = await printedBy(name, folder);
    expect(numbersIn(line).at(-1)).toBeGreaterThan(60);
  },
  async "18-best-basis-of-a-chirp.ts"(name, folder) {
    const [samples = 0, best] = (await printedBy(name, folder)).map((line) => numbersIn(line)[0]);
    expect(best).toBeLessThan(samples - 1);
  },
  async "19-ridge-of-a-scalogram.ts"(name, folder) {
    const [seconds = 0, hertz] = numbersIn((await printedBy(name, folder))[0]);
    expect(Math.abs(seconds - 10)).toBeLessThan(0.3);
    expect(Math.abs(Number(hertz) - (20 + (180 * seconds) / 16))).toBeLessThan(5);
  },
  async "20-compress-a-volume.ts"(name, folder) {
    const [line] = await printedBy(name, folder);
    expect(numbersIn(line).at(-1)).toBeGreaterThan(25);
  },
};

test.each(names)("examples/%s runs, and prints and writes what it says", async (name) => {
  const check = outcomes[name];
  expect(check, "every example has its outcome in this file").toBeDefined();
  await check?.(name, await temporaryFolder());
});
