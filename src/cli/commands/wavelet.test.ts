import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readNpy, writeNpy } from "../../data/formats/npyFile.ts";
import { readSound, writeSound } from "../../data/formats/wavFile.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { readPicture } from "../../data/images/readPicture.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { strictXml } from "../../plot/testing.ts";
import { pictureDenoiserNames, thresholdRuleNames, wavedec } from "../../wavelets/index.ts";
import { ondelette } from "../testing.ts";

const rate = 2000;
const length = 1024;
const tone = Float64Array.from({ length }, (_, n) => Math.sin((2 * Math.PI * 250 * n) / rate));
/** Noise that is the same in every run. */
const noise = (i: number) => Math.sin(12.9898 * i * i);

let folder = "";
const at = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = await temporaryFolder();
  const stereo = Float32Array.from({ length: 2 * length }, (_, i) =>
    i % 2 === 0 ? 0.5 * tone[i >> 1]! : 0.25 * Math.sin((2 * Math.PI * 125 * (i >> 1)) / rate),
  );
  await writeSound(at("stereo.wav"), { rate, channels: 2, samples: stereo });
  await writeNpy(at("tone.npy"), { shape: [length], data: tone });
  const [width, height] = [40, 24];
  const data = Uint8Array.from(
    { length: 3 * width * height },
    (_, i) => (i % (3 * width) < 60 ? 60 : 190) + Math.round(12 * noise(i)),
  );
  const alpha = new Uint8Array(width * height).fill(255).fill(9, 0, 40);
  await writeImage(at("photo.png"), { width, height, channels: 3, data });
  await writeImage(at("veiled.png"), { width, height, channels: 3, data, alpha });
});

const wavelet = (...words: string[]) => ondelette("wavelet", ...words);
const told = async (...words: string[]) => {
  const { code, out, err } = await wavelet(...words, "--json");
  expect(err).toBe("");
  expect(code).toBe(0);
  return JSON.parse(out);
};

describe("wavelet cwt", () => {
  test("draws a scalogram of each channel of a sound", async () => {
    const out = at("scalogram.svg");
    const { samples, channels } = await told("cwt", at("stereo.wav"), "-o", out, "--voices", "8");
    expect(samples).toBe(length);
    expect(channels.map(({ name }: { name: string }) => name)).toEqual(["left", "right"]);
    const [left, right] = channels;
    expect(Math.abs(left.frequency / 250 - 1)).toBeLessThan(0.05);
    expect(Math.abs(right.frequency / 125 - 1)).toBeLessThan(0.05);
    expect(left.modulus).toBeGreaterThan(0.4);
    const svg = await readFile(out, "utf8");
    expect(strictXml(svg).filter((name) => name === "svg")).toHaveLength(3);
    expect(svg).toContain("<title>Scalogram by morlet6</title>");
    expect(svg).toContain("<title>right</title>");
  });

  test("draws a part of one channel as PNG, in decibels, of any size", async () => {
    const out = at("scalogram.png");
    const words = "--channel 2 --start 0.1 --duration 0.2 --low 50 --high 500 --decibels 40";
    const { samples, channels, frequencies } = await told(
      ...["cwt", at("stereo.wav"), "-o", out, ...words.split(" ")],
      ...["--width", "400", "--height", "300", "--voices", "4"],
    );
    expect([samples, channels.length, frequencies.length]).toEqual([400, 1, 14]);
    expect(channels[0].time).toBeGreaterThanOrEqual(0.1);
    const { width, height } = await readImage(out);
    expect([width, height]).toEqual([800, 600]);
  });

  test("writes numbers", async () => {
    const out = at("transform.npz");
    await told("cwt", at("tone.npy"), "-o", out, "--rate", "2000", "--low", "100", "--voices", "2");
    const bytes = await readFile(out);
    for (const name of ["re", "im", "residual", "frequencies", "samplingPeriod"])
      expect(bytes.includes(`${name}.npy`)).toBe(true);
    expect(bytes.includes("'shape': (7, 1024)")).toBe(true);
  });

  test("squeezes, and tells the course of ridges", async () => {
    const words = ["--synchrosqueeze", "--ridges", "1", "--voices", "16", "--low", "60"];
    const out = at("squeezed.svg");
    const { channels, synchrosqueezed } = await told("cwt", at("stereo.wav"), "-o", out, ...words);
    expect(synchrosqueezed).toBe(true);
    // At the ends, where the reflected wave has a kink, it is off by up to a quarter octave.
    const [{ least, most }] = channels[0].ridges;
    expect(least).toBeGreaterThan(200);
    expect(most).toBeLessThan(300);
    const svg = await readFile(out, "utf8");
    expect(svg).toContain("<title>Synchrosqueezed transform by morlet6</title>");
    expect(svg.match(/stroke="#d55e00"/g)).toHaveLength(2);
    await told("cwt", at("stereo.wav"), "-o", at("squeezed.npz"), ...words);
    const bytes = await readFile(at("squeezed.npz"));
    expect(bytes.includes("ridges.npy")).toBe(true);
    expect(bytes.includes("'shape': (2, 1, 1024)")).toBe(true);
  });
});

describe("wavelet coherence", () => {
  test("draws where two signals go together", async () => {
    const delayed = tone.map((_, n) => tone[Math.max(0, n - 1)]! + 0.3 * noise(n));
    await writeNpy(at("delayed.npy"), { shape: [length], data: delayed });
    const words = ["coherence", at("tone.npy"), at("delayed.npy"), "--rate", `${rate}`];
    const { means } = await told(...words, "-o", at("coherence.svg"), "--low", "20");
    const at250 = means.find(({ frequency }: { frequency: number }) => frequency <= 250);
    expect(at250.coherence).toBeGreaterThan(0.95);
    expect(await readFile(at("coherence.svg"), "utf8")).toContain("Coherence by morlet6");
    await told(...words, "-o", at("coherence.npz"), "--low", "100", "--voices", "1");
    expect((await readFile(at("coherence.npz"))).includes("'shape': (4, 1024)")).toBe(true);
  });

  test("takes two channels of one sound, and refuses what does not fit", async () => {
    const both = ["coherence", at("stereo.wav"), at("stereo.wav"), "-o", at("c.svg")];
    await told(...both, "--channel", "1", "--second-channel", "2", "--low", "50");
    const { code, err } = await wavelet(...both);
    expect([code, err]).toEqual([
      2,
      `ondelette: ${at("stereo.wav")} has 2 channels; name one by --channel\n`,
    ]);
    const other = await wavelet(
      ...["coherence", at("stereo.wav"), at("tone.npy"), "-o", at("c.svg"), "--channel", "1"],
    );
    expect(other.err).toContain("has 1024 samples, 2000 a second, and");
    expect(other.code).toBe(2);
  });
});

describe("wavelet dwt", () => {
  test("writes the bands of a signal by PyWavelets' names", async () => {
    const out = at("bands.npz");
    const { bands } = await told("dwt", at("tone.npy"), "-o", out, "--levels", "2");
    const { coefficients } = wavedec(tone, "db4", { levels: 2 });
    expect(bands.map(({ name }: { name: string }) => name)).toEqual(["cA2", "cD2", "cD1"]);
    expect(bands.map(({ shape }: { shape: number[] }) => shape)).toEqual(
      coefficients.map((band) => [band.length]),
    );
    const energies = coefficients.map((band) => band.reduce((sum, x) => sum + x * x, 0));
    for (const [i, { energy }] of bands.entries()) expect(energy).toBeCloseTo(energies[i]!, 9);
  });

  test("writes the bands of a color picture, and draws a mosaic of each channel", async () => {
    const { bands } = await told("dwt", at("photo.png"), "-o", at("p.npz"), "--levels", "1");
    expect(
      bands.map(({ name, shape }: { name: string; shape: number[] }) => [name, ...shape]),
    ).toEqual(["cA1", "cH1", "cV1", "cD1"].map((name) => [name, 15, 23, 3]));
    // The picture changes from left to right.
    expect(bands[2].energy).toBeGreaterThan(4 * bands[1].energy);
    const out = at("mosaic.svg");
    await told("dwt", at("photo.png"), "-o", out, "--levels", "1", "--title", "a & b");
    const svg = await readFile(out, "utf8");
    for (const name of ["a &amp; b", "red", "green", "blue"])
      expect(svg).toContain(`<title>${name}</title>`);
  });
});

describe("wavelet denoise", () => {
  const rms = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Math.sqrt(Array.from(x, (value, i) => (value - y[i]!) ** 2).reduce((a, b) => a + b) / x.length);

  test("removes noise from a signal, and keeps its type", async () => {
    const noisy = Float32Array.from(tone, (x, i) => x + 0.3 * noise(i));
    await writeNpy(at("noisy.npy"), { shape: [length], data: noisy });
    await told("denoise", at("noisy.npy"), "-o", at("clean.npy"));
    const { shape, data } = await readNpy(at("clean.npy"));
    expect(shape).toEqual([length]);
    expect(data).toBeInstanceOf(Float32Array);
    expect(rms(data, tone)).toBeLessThan(0.6 * rms(noisy, tone));
  });

  test("keeps channels of an array where they were", async () => {
    const data = Float64Array.from({ length: 3 * 64 }, (_, i) => i % 3);
    await writeNpy(at("three.npy"), { shape: [64, 3], data });
    await told("denoise", at("three.npy"), "-o", at("same.npy"), "--channel-axis", "last");
    const clean = await readNpy(at("same.npy"));
    expect(clean.shape).toEqual([64, 3]);
    expect(rms(clean.data, data)).toBeLessThan(1e-12);
  });

  test("keeps rate, channels and depth of a sound", async () => {
    await told("denoise", at("stereo.wav"), "-o", at("clean.wav"), "--noise", "0");
    expect(await readSound(at("clean.wav"))).toEqual(await readSound(at("stereo.wav")));
  });

  test("keeps colors and opacity of a picture, by every method of the library", async () => {
    const { picture } = await readPicture(at("veiled.png"));
    const words = ["denoise", at("veiled.png"), "-o", at("clean.png"), "--noise", "9"];
    for (const method of ["thresholds", ...pictureDenoiserNames]) {
      expect(await told(...words, "--method", method)).toMatchObject({ method, channels: 3 });
      const clean = (await readPicture(at("clean.png"))).picture;
      expect(clean.alpha).toEqual(picture.alpha);
      expect(clean.channels).toBe(3);
      const steps = Float64Array.from(clean.data, (_, i) => (i % 120 < 60 ? 60 : 190));
      expect(rms(clean.data, steps)).toBeLessThan(0.9 * rms(picture.data, steps));
    }
    expect(await told("denoise", at("veiled.png"), "-o", at("c.png"))).toMatchObject({
      method: "mixture",
    });
  });

  test("takes every rule of the library", async () => {
    for (const rule of thresholdRuleNames)
      expect(
        await told("denoise", at("tone.npy"), "-o", at("c.npy"), "--rule", rule),
      ).toMatchObject({ rule });
  });
});

describe("wavelet packets", () => {
  test("draws the tree of a signal and tells its best basis", async () => {
    const out = at("tree.svg");
    const { code, out: printed } = await wavelet(
      "packets",
      at("tone.npy"),
      "-o",
      out,
      "--levels",
      "3",
    );
    expect(code).toBe(0);
    // 250 Hz is a quarter of the band, where two bands of the second level meet.
    expect(printed).toMatch(
      /tree.svg: 1024 samples by db4 in 3 levels, mode periodization\n {2}best basis of \d nodes: a/,
    );
    const svg = await readFile(out, "utf8");
    const { channels } = await told("packets", at("tone.npy"), "-o", out, "--levels", "3");
    expect(svg.match(/stroke-width="2"/g)).toHaveLength(channels[0].basis.length);
  });
});

describe("wavelet info", () => {
  test("lists all wavelets", async () => {
    const { discrete, continuous } = await told("info");
    expect(discrete.flatMap(({ wavelets }: { wavelets: string[] }) => wavelets)).toHaveLength(106);
    expect(continuous).toContain("morlet6");
  });

  test("tells the properties of a discrete, an aliased and a continuous one, and draws it", async () => {
    expect(await told("info", "db2")).toMatchObject({ orthogonal: true, vanishingMoments: 2 });
    expect(await told("info", "cdf9/7")).toMatchObject({ name: "bior4.4", orthogonal: false });
    const { centralFrequency } = await told("info", "cmor1.5-2.0");
    expect(centralFrequency).toBe(2);
    const { continuous } = await told("info");
    for (const name of continuous)
      expect(await told("info", name)).toMatchObject({ kind: "continuous" });
    const { code, err } = await wavelet("info", "sym4", "-o", at("sym4.svg"));
    expect([code, err]).toEqual([0, `wrote ${at("sym4.svg")}\n`]);
    strictXml(await readFile(at("sym4.svg"), "utf8"));
  });
});

test("coherence reaches as low as the length allows, as the transform of one signal does", async () => {
  const words = [at("tone.npy"), "--voices", "1"];
  const { frequencies } = await told("cwt", ...words, "-o", at("a.npz"));
  const { means } = await told("coherence", at("tone.npy"), ...words, "-o", at("b.npz"));
  expect(means.map(({ frequency }: { frequency: number }) => frequency)).toEqual(frequencies);
});

test("coherence refuses two transforms that do not fit into memory, and says how much does", async () => {
  const long = at("long.npy");
  await writeNpy(long, { shape: [2 ** 20], data: new Float32Array(2 ** 20) });
  const words = ["coherence", long, long, "-o", at("c.npz"), "--low", "0.01"];
  const { code, err } = await wavelet(...words);
  expect(code).toBe(2);
  expect(err).toMatch(/68 frequencies of 1048576 samples in two transforms/);
  expect(Number(/at most (\d+) samples/.exec(err)![1]) * 68 * 2).toBeLessThanOrEqual(2 ** 26);
});

test("names mistakes in one sentence, and writes nothing", async () => {
  await writeNpy(at("huge.npy"), { shape: [3], data: Float64Array.of(1, -1e200, 1) });
  await writeNpy(at("huge32.npy"), { shape: [3], data: Float32Array.of(1, 1e35, 1) });
  await writeNpy(at("broken.npy"), { shape: [4], data: Float32Array.of(1, 2, Number.NaN, 4) });
  await writeNpy(at("volume.npy"), { shape: [2, 2, 2, 2], data: new Float32Array(16) });
  await writeNpy(at("matrix.npy"), { shape: [8, 8], data: new Float32Array(64) });
  await writeNpy(at("long.npy"), { shape: [2 ** 20], data: new Float32Array(2 ** 20) });
  const mistakes: [words: string[], sentence: string][] = [
    [["cwt", at("photo.png")], "photo.png is a picture, and this command takes signals"],
    [
      ["cwt", at("matrix.npy")],
      "has two axes of 8×8 samples, and this command takes signals; name the axis",
    ],
    [["cwt", at("tone.npy"), "--wavelet", "db4"], '"db4" is not a continuous wavelet'],
    [
      ["cwt", at("tone.npy"), "--low", "0.4", "--high", "0.1"],
      "the lowest frequency, 0.4, must not be above the highest, 0.1",
    ],
    [
      ["cwt", at("tone.npy"), "--high", "0.7"],
      "--high 0.7 is above the Nyquist frequency of 0.5 cycles per sample; with --rate it is in Hz",
    ],
    [
      ["cwt", at("stereo.wav"), "--high", "1500"],
      "--high 1500 is above the Nyquist frequency of 1000 Hz\n",
    ],
    [["cwt", at("huge.npy")], "huge.npy holds -1e+200; moduli up to 1e+150 are transformed"],
    [["packets", at("huge.npy")], "huge.npy holds -1e+200; moduli up to 1e+150 are transformed"],
    [["dwt", at("huge32.npy")], "huge32.npy holds 1e+35; moduli up to 1e+30 of single"],
    [
      ["dwt", at("tone.npy"), "--channel-axis", "last"],
      "tone.npy has 1 axis, and with one of channels a signal has two, a picture three",
    ],
    [["dwt", at("photo.png"), "--channel-axis", "last"], "--channel-axis is for arrays"],
    [["dwt", at("stereo.wav"), "--channel-axis", "last"], "--channel-axis is for arrays"],
    [["dwt", at("photo.png"), "--rate", "5"], "photo.png is a picture; --rate is for arrays"],
    [["cwt", at("long.npy")], "samples are more than the 67108864 values that fit into memory"],
    [
      ["cwt", at("stereo.wav"), "--channel", "3"],
      "stereo.wav has 2 channels, so there is no channel 3",
    ],
    [
      ["cwt", at("stereo.wav"), "--start", "9"],
      "stereo.wav is 0.512 s long, and no sample of it lies in the part",
    ],
    [["cwt", at("stereo.wav"), "--rate", "9"], "has 2000 samples a second; --rate is for arrays"],
    [["dwt", at("broken.npy")], "broken.npy has NaN at [2]"],
    [["dwt", at("volume.npy")], "volume.npy has 4 axes, and a signal has one, a picture two"],
    [["dwt", at("tone.npy"), "--wavelet", "db99"], '"db99" is not a wavelet; did you mean'],
    [["dwt", at("none.wav")], "none.wav does not exist"],
    [["packets", at("photo.png")], "photo.png is a picture, and this command takes signals"],
  ];
  const out = at("nothing.svg");
  for (const [words, sentence] of mistakes) {
    const { code, err } = await wavelet(...words, "-o", out);
    expect(err).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
    expect(existsSync(out)).toBe(false);
  }
  const others: [words: string[], sentence: string][] = [
    [
      ["dwt", at("tone.npy"), "-o", at("bands.txt")],
      "end its name in .svg or .png for a plot, or in .npz for numbers",
    ],
    [["packets", at("tone.npy"), "-o", at("bands.npz")], "end its name in .svg or .png for a plot"],
    [
      ["denoise", at("stereo.wav"), "-o", at("clean.mp3")],
      "stereo.wav is a sound, so end the output's name in .wav",
    ],
    [["denoise", at("tone.npy"), "-o", at("tone.npy")], "is the same as"],
    [
      ["denoise", at("tone.npy"), "-o", at("c.npy"), "--noise", "much"],
      "--noise must be white, colored or a number",
    ],
    [
      ["denoise", at("tone.npy"), "-o", at("c.npy"), "--method", "mixture"],
      "tone.npy is a signal, and the method mixture is for pictures",
    ],
    [
      ["denoise", at("photo.png"), "-o", at("c.png"), "--noise", "colored"],
      "--noise colored is for --method thresholds",
    ],
    [
      ["denoise", at("tone.npy"), "-o", at("c.npy"), "--shifts", "4"],
      "--shifts is for --transform dwt",
    ],
    [
      ["denoise", at("tone.npy"), "-o", at("c.npy"), "--mode", "zero"],
      "--mode is for --transform dwt: with swt the signal is periodic",
    ],
    ...["rule bayes", "levels 2", "wavelet db2", "shrink hard", "transform swt", "shifts 1"].map(
      (option): [string[], string] => [
        ["denoise", at("photo.png"), "-o", at("c.png"), ...`--${option}`.split(" ")],
        `--${option.split(" ")[0]} is for --method thresholds, not for mixture`,
      ],
    ),
    [["info", "-o", at("all.svg")], "name the wavelet to draw, such as db4"],
    [["info", "nope"], '"nope" is not a wavelet; `ondelette wavelet info` lists all'],
    [["info", "db99"], '"db99" is not a wavelet'],
    [["info", "morlt"], '"morlt" is not a continuous wavelet'],
  ];
  for (const [words, sentence] of others) {
    const { code, err } = await wavelet(...words);
    expect(err).toContain(sentence);
    expect(code).toBe(2);
  }
});
