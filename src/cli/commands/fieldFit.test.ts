import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { readNpy, writeNpy } from "../../data/formats/npyFile.ts";
import { encodeWav } from "../../data/formats/wav.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { readPicture } from "../../data/images/readPicture.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { writePicture } from "../../data/images/writePicture.ts";
import { createRandom } from "../../data/random/random.ts";
import { writePictureFile } from "../../image/file/pictureFile.ts";
import { testPicture } from "../../image/testing.ts";
import { ondelette } from "../testing.ts";

async function workplace() {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder, name);
  await writeImage(at("picture.png"), testPicture(20, 16, 3));
  const usual = { out: at("field"), model: "siren", params: "500", threads: "1" };
  /** `field fit` with the usual options, but for those among `words`. */
  const run = (input: string, ...words: string[]) => {
    const options = Object.entries(usual)
      .map(([name, value]) => [`--${name}`, value] as const)
      .filter(([option]) => !words.includes(option));
    return ondelette("field", "fit", at(input), ...options.flat(), ...words);
  };
  const render = (output: string, ...words: string[]) =>
    ondelette("field", "render", at("field"), "-o", at(output), "--threads", "1", ...words);
  return { at, run, render };
}

describe("field fit and field render", () => {
  test("fit a picture, go on with it, and show it at any zoom", async () => {
    const { at, run, render } = await workplace();
    const first = await run("picture.png", "--steps", "10", "--rate", "0.003", "--json");
    expect(first.code).toBe(0);
    const { psnr, parameters, step } = JSON.parse(first.out);
    expect([step, Math.round(parameters / 100)]).toEqual([10, 5]);
    const files = ["config.json", "field.onnx", "fit.png", "error.png", "spectrum.png", "loss.png"];
    expect(await readdir(at("field"))).toEqual(expect.arrayContaining(files));

    const more = JSON.parse((await run("picture.png", "--steps", "60", "--resume", "--json")).out);
    expect(more.step).toBe(60);
    expect(more.psnr).toBeGreaterThan(psnr);

    expect((await render("whole.png")).code).toBe(0);
    expect(await readImage(at("whole.png"))).toEqual(await readImage(join(at("field"), "fit.png")));
    const part = await render("part.npy", "--region", "4,2,5,3", "--scale", "2", "--json");
    expect(JSON.parse(part.out)).toMatchObject({ size: [6, 10] });
    expect((await readNpy(at("part.npy"))).shape).toEqual([6, 10, 3]);
    for (const show of ["gradient", "laplacian", "spectrum"]) {
      expect((await render(`${show}.png`, "--show", show, "--scale", "2")).code).toBe(0);
    }
    expect(await readImage(at("laplacian.png"))).toMatchObject({ width: 40, height: 32 });
  });

  test("with expansion, the answer is computed and nothing trained; both parts are drawn", async () => {
    const { at, run, render } = await workplace();
    const result = await run("picture.png", "--model", "expansion", "--json");
    expect(result.code).toBe(0);
    expect(JSON.parse(result.out)).toMatchObject({ step: 0, parameters: 500 });
    expect(await readdir(at("field"))).toEqual(
      expect.arrayContaining(["fit.png", "smooth.png", "wavelet.png", "field.onnx"]),
    );
    expect((await render("smooth.png", "--part", "smooth", "--scale", "3")).code).toBe(0);
    expect(await readImage(at("smooth.png"))).toMatchObject({ width: 60, height: 48 });
  });

  test("bands and the smooth part add up; an array has derivatives as they are", async () => {
    const { at, run, render } = await workplace();
    await run("picture.png", "--model", "expansion");
    const numbers = async (...words: string[]) => {
      const { code, err } = await render("view.npy", "--scale", "2", ...words);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      return Array.from((await readNpy(at("view.npy"))).data, Number);
    };
    const [whole, smooth, band1, band2] = [
      await numbers(),
      await numbers("--part", "smooth"),
      await numbers("--band", "1"),
      await numbers("--band", "2"),
    ];
    const sum = smooth.map((x, i) => x + band1[i]! + band2[i]!); // as many
    for (const [i, x] of sum.entries()) expect(x).toBeCloseTo(whole[i]!, 5); // likewise
    // Along a row of the second channel, from point to point: 40 of them are 2 long, in coordinates.
    const gradient = await numbers("--show", "gradient");
    const [before, after] = [whole[3 * 19 + 1]!, whole[3 * 21 + 1]!]; // of 40 x 32 points
    expect(gradient[3 * 20 + 1]).toBeGreaterThan(0.9 * Math.abs((after - before) / 0.1));
    expect((await numbers("--show", "spectrum")).length).toBe(64 * 32);
  });

  test("noise is estimated, or told, and taken away; means over cells are made points", async () => {
    const { at, run } = await workplace();
    const random = createRandom(1);
    const slope = (i: number) => (i % 48) / 96 + 0.2;
    const data = Float32Array.from(
      { length: 48 * 48 },
      (_, i) => slope(i) + 0.05 * random.normal(),
    );
    data.set([0, 1]); // so that the array's range is 1
    await writeNpy(at("noisy.npy"), { shape: [48, 48], data });
    const fitted = async (out: string, ...words: string[]) => {
      const more = [
        "--model",
        "expansion",
        "--params",
        "9000",
        "--out",
        at(out),
        "--json",
        ...words,
      ];
      const result = await run("noisy.npy", ...more);
      expect(result.code).toBe(0);
      return JSON.parse(result.out);
    };
    const auto = await fitted("auto", "--denoise", "auto");
    expect(auto.noise.sigma).toBeGreaterThan(0.04);
    expect(auto.noise.sigma).toBeLessThan(0.06);
    expect(auto.psnr).toBeGreaterThan(auto.noise.psnr + 10);
    expect(Math.abs(auto.noise.psnr + 20 * Math.log10(0.05))).toBeLessThan(1);
    expect((await fitted("told", "--denoise", "0.07")).noise.sigma).toBeCloseTo(0.07, 6);
    const again = await fitted("auto", "--resume");
    expect(again).toMatchObject({ psnr: auto.psnr, noise: auto.noise });

    const sharp = await fitted("sharp", "--samples", "means");
    expect(sharp).not.toHaveProperty("noise");
    const values = async (out: string) => {
      const file = at("values.npy");
      await ondelette("field", "render", at(out), "-o", file);
      return (await readNpy(file)).data.slice(200);
    };
    await fitted("points");
    const largest = async (out: string) => Math.max(...Array.from(await values(out), Number));
    expect(await largest("sharp")).toBeGreaterThan((await largest("points")) + 0.02);
  });

  test("of an array, parts are in numbers of the array", async () => {
    const { at, run, render } = await workplace();
    const data = Float32Array.from({ length: 300 }, (_, i) => 20 + (i < 150 ? 3 : 5) * Math.sin(i));
    await writeNpy(at("array.npy"), { shape: [300], data });
    await run("array.npy", "--model", "expansion", "--params", "1000");
    const numbers = async (...words: string[]) => {
      await render("part.npy", ...words);
      return Array.from((await readNpy(at("part.npy"))).data, Number);
    };
    const [smooth, wavelet] = [
      await numbers("--part", "smooth"),
      await numbers("--part", "wavelet"),
    ];
    for (const [i, x] of data.entries()) expect(smooth[i]! + wavelet[i]!).toBeCloseTo(x, 3); // as many
  });

  test("fit a volume and draw the slice in its middle", async () => {
    const { at, run, render } = await workplace();
    const data = Float32Array.from({ length: 6 * 8 * 9 }, (_, i) => Math.sin(i / 50));
    await writeNpy(at("volume.npy"), { shape: [6, 8, 9], data });
    for (const model of ["siren", "expansion"]) {
      const plan = model === "siren" ? ["--steps", "2"] : [];
      const words = ["--model", model, ...plan, "--out", at(model)];
      expect((await run("volume.npy", ...words)).code).toBe(0);
      expect(await readImage(join(at(model), "fit.png"))).toMatchObject({ width: 9, height: 8 });
      expect(await readdir(at(model))).toContain("error.png");
    }
    await run("volume.npy", "--steps", "1");
    expect((await render("slice.png", "--scale", "2")).out).toContain("18×16×12 points");
  });

  test("fit a sound and write it", async () => {
    const { at, run, render } = await workplace();
    const samples = Float32Array.from({ length: 300 }, (_, i) => 0.5 * Math.sin(i / 9));
    await writeFileAtomically(at("tone.wav"), encodeWav({ rate: 8000, samples }));
    const { code, out } = await run("tone.wav", "--seconds", "0.1");
    expect(code).toBe(0);
    expect(out).toMatch(
      /field: -?\d+\.\d\d dB \(SNR -?\d+\.\d\d dB\) at 300 points with \d+ parameters of 500 asked for, \d+ steps in 0\.\d s/,
    );
    expect(out).toContain("fit.wav");
    const solved = await run("tone.wav", "--model", "expansion", "--out", at("solved"), "--json");
    const { psnr, snr } = JSON.parse(solved.out);
    // A sine of amplitude 1/2 is 10 log10(4 · 8) dB below the peak of 2; it is no whole number of waves.
    expect(Math.abs(psnr - snr - 10 * Math.log10(32))).toBeLessThan(0.1);
    const kept = JSON.parse(await readFile(join(at("solved"), "result.json"), "utf8"));
    expect(kept.validation).toEqual({ psnr, snr });
    expect((await render("twice.wav", "--scale", "2")).out).toContain("600 points");
    expect((await render("chart.png", "--scale", "2", "--show", "gradient")).code).toBe(0);
    expect((await readImage(at("chart.png"))).channels).toBe(3);
    expect((await render("part.npy", "--region", "10,20")).out).toContain(": 20 points");
  });
});

describe("a mistake ends with code 2 and one sentence", () => {
  test("of what cannot be fitted; no folder is made", async () => {
    const { at, run } = await workplace();
    await writeNpy(at("nan.npy"), { shape: [2, 2], data: Float32Array.of(1, 2, 3, Number.NaN) });
    await writeNpy(at("many.npy"), { shape: [2, 2, 2, 2], data: new Float32Array(16) });
    await writeFileAtomically(
      at("empty.wav"),
      encodeWav({ rate: 8000, samples: new Float32Array() }),
    );
    await writeFileAtomically(at("text.png"), "no picture");
    const mistakes: [string[], string][] = [
      [["nan.npy"], "nan.npy has NaN at [1, 1]; every value must be a number"],
      [["many.npy"], "many.npy has 4 axes; signals have one, two or three"],
      [["empty.wav"], "empty.wav"],
      [["text.png"], "text.png is not a picture that can be read"],
      [["none.png"], "none.png does not exist"],
      [["picture.txt"], "picture.txt cannot be read: signals are files that end in .png"],
      [["picture.png", "--steps", "1", "--seconds", "1"], "give --steps or --seconds, not both"],
      [["picture.png", "--params", "3"], "a field of this kind has at least"],
      [["picture.png", "--model", "sirne"], "--model must be"],
      [
        ["picture.png", "--denoise", "auto"],
        "--denoise and --samples means need --model expansion, not siren",
      ],
      [
        ["picture.png", "--samples", "means"],
        "--denoise and --samples means need --model expansion, not siren",
      ],
      [["picture.png", "--denoise", "much"], "--denoise much must be auto or a number above 0"],
      [["picture.png", "--denoise", "-1"], "--denoise -1 must be auto or a number above 0"],
      [["picture.png", "--denoise", "25"], "at most 1, a fraction of the black-to-white range"],
      [["picture.png", "--samples", "areas"], "--samples must be points or means, not “areas”"],
      [["picture.png", "--resume"], "cannot be resumed: it has no config.json"],
    ];
    for (const [[input = "", ...words], sentence] of mistakes) {
      const { code, out, err } = await run(input, ...words);
      expect(err).toContain(sentence);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err.trim().split("\n").at(-1)).toMatch(/^ondelette: /);
      expect(existsSync(at("field"))).toBe(false);
    }
  });

  test("of options of a training for a model that is solved; a limit of time is kept anyway", async () => {
    const { run } = await workplace();
    for (const option of ["steps", "psnr", "rate", "batch"]) {
      const refused = await run("picture.png", "--model", "expansion", `--${option}`, "1");
      expect(refused).toMatchObject({
        code: 2,
        err: `ondelette: --${option} does not apply to expansion, which is solved directly; leave it out, or name a trained --model\n`,
      });
    }
    expect(await run("picture.png", "--model", "expansion", "--seconds", "1")).toMatchObject({
      code: 0,
      err: "--seconds has no effect: expansion is solved directly, without training\n",
    });
  });

  test("of a folder that holds another fit, or none", async () => {
    const { at, run, render } = await workplace();
    expect(await render("a.png")).toMatchObject({ code: 2, err: expect.stringContaining("field") });
    await run("picture.png", "--steps", "1");
    const again = await run("picture.png", "--steps", "1");
    expect(again.code).toBe(2);
    expect(again.err).toContain("already holds a run; add --resume");
    await writeImage(at("other.png"), testPicture(9, 9, 3));
    const other = await run("other.png", "--steps", "2", "--resume");
    expect(other).toMatchObject({
      code: 2,
      err: expect.stringContaining("other.png has 9 × 9 samples in 3 channels"),
    });
    const gray = await run("picture.png", "--steps", "2", "--resume", "--channels", "gray");
    expect(gray).toMatchObject({
      code: 2,
      err: expect.stringMatching(/was fitted to 16 × 20 samples in 3 channels, .* in 1 channel\n/),
    });
  });

  test("of what cannot be shown; nothing is written", async () => {
    const { at, run, render } = await workplace();
    await run("picture.png", "--steps", "1");
    const mistakes: [string[], string][] = [
      [["--part", "wavelet"], 'this model has no part "wavelet"; it has no parts'],
      [["--band", "1"], "this model has no bands; only expansion fields can be split into octaves"],
      [["--band", "1", "--part", "smooth"], "give --band or --part, not both"],
      [["--band", "0"], "--band must be a whole number from 1 to 64, not “0”"],
      [["--show", "phase"], "--show must be values, gradient, laplacian or spectrum, not “phase”"],
      [["--part", "middle"], "--part must be all, smooth or wavelet, not “middle”"],
      [["--region", "1,2,3"], "--region 1,2,3 must be 4 numbers separated by commas"],
      [["--region", "1,2,three,4"], "--region 1,2,three,4 must be 4 numbers separated by commas"],
      [["--region", "1,2,0,4"], "--region 1,2,0,4 does not lie within the 20×16 samples"],
      [["--region", "10,2,11,4"], "--region 10,2,11,4 does not lie within the 20×16 samples"],
      [["--region", "-1,0,4,4"], "--region -1,0,4,4 does not lie within the 20×16 samples"],
      [["--scale", "0"], "--scale must be a number from 0.001 to 1000000, not “0”"],
    ];
    for (const [words, sentence] of mistakes) {
      const { code, err } = await render("shown.png", ...words);
      expect(err).toContain(sentence);
      expect(code).toBe(2);
      expect(existsSync(at("shown.png"))).toBe(false);
    }
    expect(await render("shown.wav")).toMatchObject({
      code: 2,
      err: expect.stringContaining("cannot hold a signal of 2 axes; name a .png or .npy file"),
    });
    expect(await render("shown.wav", "--show", "spectrum")).toMatchObject({
      code: 2,
      err: expect.stringContaining("cannot hold a spectrum; name a .png or .npy file"),
    });
    expect(await render(join("nowhere", "shown.png"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("does not exist"),
    });
  });
});

describe("fields in bytes", () => {
  test("a fit of so many bytes is kept in them, and its file is a field by itself, even a beginning of it", async () => {
    const { at, run, render } = await workplace();
    const more = ["--model", "expansion", "--params", "500"];
    const ofParameters = JSON.parse((await run("picture.png", ...more, "--json")).out);
    expect(ofParameters).toMatchObject({ parameters: 500, bytes: { coefficients: 250 } });
    expect(ofParameters).toMatchObject({ askedParameters: 500, bytes: { usedParameters: 500 } });
    const kept = join(at("field"), "field.ondl");
    expect((await readFile(kept)).length).toBe(ofParameters.bytes.fileBytes);
    expect(existsSync(join(at("field"), "checkpoint"))).toBe(false);
    const result = JSON.parse(await readFile(join(at("field"), "result.json"), "utf8"));
    expect(result).toMatchObject({
      metrics: ofParameters.bytes,
      validation: { psnr: ofParameters.psnr },
    });

    // Most parameters for a black picture with a dot are 0, and neither kept nor used.
    const dot = { width: 32, height: 32, channels: 1, data: new Uint8Array(1024) } as const;
    dot.data[300] = 255;
    await writeImage(at("dot.png"), dot);
    const few = ["--model", "expansion", "--params", "2000", "--out", at("dot")];
    const { out: said } = await run("dot.png", ...few);
    const [, used, asked] = said.match(/with (\d+) parameters of (\d+) asked for/)!.map(Number); // matched
    expect([used! < 1500, asked]).toEqual([true, 2000]);
    expect(said).toContain(`${used! / 2} coefficients`);

    const small = ["field", "fit", at("picture.png"), "--out", at("small"), "--bytes", "300"];
    const { code, out } = await ondelette(...small, "--threads", "1", "--json");
    expect(code).toBe(0);
    const { bytes, parameters, psnr } = JSON.parse(out);
    expect(bytes.fileBytes).toBe(300);
    expect(parameters).toBe(2 * bytes.coefficients);
    const again = await ondelette(...small, "--threads", "1", "--json", "--resume");
    expect(JSON.parse(again.out)).toMatchObject({ psnr, parameters });

    expect((await render("whole.png", "--scale", "2")).code).toBe(0);
    const alone = (file: string) =>
      ondelette("field", "render", file, "-o", at("alone.png"), "--scale", "2");
    expect((await alone(kept)).code).toBe(0);
    expect(await readImage(at("alone.png"))).toEqual(await readImage(at("whole.png")));
    const file = await readFile(kept);
    await writeFileAtomically(at("part.ondl"), file.subarray(0, 150));
    const part = await alone(at("part.ondl"));
    expect(part.code).toBe(0);
    expect(part.err).toBe(`${at("part.ondl")} is cut short by ${file.length - 150} bytes\n`);
    await writeFileAtomically(kept, file.subarray(0, 150));
    expect(await render("whole.png")).toMatchObject({
      code: 2,
      err: expect.stringContaining("field.ondl is cut short by"),
    });
  });

  test("a compressed picture is a field that has its pixels", async () => {
    const { at } = await workplace();
    const run = (...words: string[]) => ondelette(...words);
    await writeImage(at("large.png"), testPicture(45, 31, 3));
    await run("image", "encode", at("large.png"), "-o", at("p.ondl"), "--bytes", "700");
    await writeFileAtomically(at("cut.ondl"), (await readFile(at("p.ondl"))).subarray(0, 300));
    for (const name of ["p.ondl", "cut.ondl"]) {
      await run("image", "decode", at(name), "-o", at("decoded.png"));
      const rendered = await run("field", "render", at(name), "-o", at("rendered.png"));
      expect(rendered.code).toBe(0);
      expect(rendered.err.includes("is cut short by 400 bytes")).toBe(name === "cut.ondl");
      expect(await readImage(at("rendered.png"))).toEqual(await readImage(at("decoded.png")));
    }
    const region = ["--region", "10,5,20,16", "--scale", "3", "--show", "gradient"];
    const edges = await run("field", "render", at("p.ondl"), "-o", at("edges.png"), ...region);
    expect(edges.code).toBe(0);
    expect(await readImage(at("edges.png"))).toMatchObject({ width: 60, height: 48 });
    const exported = await run("export", at("p.ondl"), "-o", at("p.onnx"), "--json");
    expect(JSON.parse(exported.out)).toMatchObject({ kind: "field", run: at("p.ondl") });
  });

  test("the opacity of a compressed picture is kept, or it is said that it lies on white", async () => {
    const { at } = await workplace();
    const picture = testPicture(24, 20, 3);
    const alpha = Uint8Array.from({ length: 480 }, (_, i) => (i % 24 < 6 ? 0 : 10 * (i % 24)));
    await writePicture(at("clear.png"), { ...picture, alpha });
    await ondelette("image", "encode", at("clear.png"), "-o", at("clear.ondl"), "--lossless");
    const render = (name: string, ...words: string[]) =>
      ondelette("field", "render", at("clear.ondl"), "-o", at(name), ...words);
    expect(await render("same.png")).toMatchObject({ code: 0, err: "" });
    const { picture: same } = await readPicture(at("same.png"));
    expect([...(same.alpha ?? [])]).toEqual([...alpha]);
    const seen = (data: ArrayLike<number>) => Array.from(data).filter((_, i) => i % 72 >= 18);
    expect(seen(same.data)).toEqual(seen(picture.data));
    await render("large.png", "--scale", "2");
    expect((await readPicture(at("large.png"))).picture).toMatchObject({ width: 48, channels: 3 });

    const notice = "clear.ondl is transparent in places; it is laid on white\n";
    for (const words of [["a.npy"], ["b.png", "--part", "smooth"], ["c.png", "--show", "gradient"]])
      expect(await render(...(words as [string]))).toMatchObject({
        code: 0,
        err: expect.stringContaining(notice),
      });
    const exported = await ondelette("export", at("clear.ondl"), "-o", at("clear.onnx"));
    expect(exported.err).toContain(notice);
  });

  test("a file that is not a field, or a wrong model, is refused with one sentence", async () => {
    const { at, run } = await workplace();
    await run("picture.png", "--model", "expansion");
    const field = join(at("field"), "field.ondl");
    const bytes = await readFile(field);
    bytes[bytes.length - 10]! ^= 1;
    await writeFileAtomically(at("damaged.ondl"), bytes);
    const out = ["-o", at("shown.png")];
    const large = { width: 6000, height: 4000, channels: 3, levels: 6, startingPlane: -1 } as const;
    const head = { ...large, coding: { type: "lossless" }, isCut: false } as const;
    await writeFileAtomically(at("large.ondl"), writePictureFile(head, new Uint8Array()));
    const mistakes: [string[], string][] = [
      [["field", "render", at("large.ondl"), ...out], "large.ondl has 6000×4000 pixels, too many"],
      [["field", "render", at("damaged.ondl"), ...out], "damaged.ondl is damaged: the section at"],
      [["field", "render", at("picture.png"), ...out], "picture.png is not an ondelette image"],
      [["field", "render", at("none.ondl"), ...out], "none.ondl does not exist"],
      [
        ["image", "decode", field, ...out],
        "field.ondl holds a field and not a picture: `ondelette field render` reads it",
      ],
      [["field", "fit", field, "--out", at("new")], "field.ondl is compressed; "],
    ];
    for (const [words, sentence] of mistakes) {
      const { code, err } = await ondelette(...words);
      expect(err).toContain(sentence);
      expect([code, err.trim().split("\n").length]).toEqual([2, 1]);
    }
    const both = ["--out", at("new"), "--bytes", "900", "--params", "900"];
    expect(await ondelette("field", "fit", at("picture.png"), ...both)).toMatchObject({
      code: 2,
      err: "ondelette: give --bytes or --params, not both\n",
    });
    const options = ["--out", at("new"), "--bytes", "900", "--model", "siren"];
    expect(await ondelette("field", "fit", at("picture.png"), ...options)).toMatchObject({
      code: 2,
      err: expect.stringContaining("--bytes does not apply to siren, which is trained"),
    });
    expect(existsSync(at("new"))).toBe(false);
    expect((await ondelette("image", "info", field)).out).toContain(
      "field.ondl: a field of 16 × 20 samples in 3 channels, version 4",
    );
  });
});
