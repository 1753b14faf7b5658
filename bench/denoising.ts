/**
 * Denoising of the Kodak pictures: mean PSNR by noise level, in gray and color, with noise as it is and rounded and clipped to
 * eight bits, against scikit-image's BayesShrink (`python3-skimage` of Debian, which is optional):
 *
 *   npm run bench -- denoising [--data FOLDER] [--first 12] [--crop SIDE] [--only gray] [--sheet FILE.png]
 *
 * `--crop` denoises the middle square of each picture alone, which is faster; a noise level that is not told is found on the whole
 * picture all the same. `--only` takes the rows of this name, such as `color, clipped`. `--sheet` draws such squares instead: noisy, BayesShrink, ours.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { Raster } from "../src/data/images/raster.ts";
import { writeImage } from "../src/data/images/writeImage.ts";
import { createRandom } from "../src/data/index.ts";
import {
  denoisePicture,
  type Matrix,
  noiseLevel2,
  type PictureDenoiser,
} from "../src/wavelets/index.ts";
import { readPictures } from "./codec/pictures.ts";
import { processorMs } from "./measure.ts";

const sigmas = [10, 25, 50];
const python = "/usr/bin/python3";
/** Of Haar, db2 and sym8 the best for scikit-image on Kodak 01, 03 and 08. */
const theirWavelet = "db2";

/** Published means over all 24 pictures in color, whole and not clipped: Zhang et al., *FFDNet*, 2018, table 5. */
const publishedColor: Readonly<Record<number, number>> = { 25: 31.68, 50: 28.46 };

type Planes = Matrix<Float32Array>[];

export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      data: { type: "string", default: "../shared/data/kodak" },
      first: { type: "string", default: "12" },
      crop: { type: "string" },
      only: { type: "string" },
      sheet: { type: "string" },
    },
  });
  const picturesOf = async (channels: 1 | 3) => {
    const pictures = await readPictures(values.data, Number(values.first), channels);
    return pictures.map(({ raster }) => planesOf(raster));
  };
  const cropped = (planes: Planes) =>
    values.crop === undefined ? planes : planes.map((plane) => middle(plane, Number(values.crop)));
  if (values.sheet !== undefined)
    return await drawSheet(await picturesOf(3), cropped, values.sheet);
  const folder = await mkdtemp(join(tmpdir(), "denoising-"));
  const theirs = await openTheirs(folder);
  console.log(
    "| | σ | noisy | scikit-image BayesShrink | with cycle spinning | bivariate | mixture | mixture, auto | gain | found σ | published BM3D |",
  );
  console.log("|---|---|---|---|---|---|---|---|---|---|---|");
  const [gains, losses]: [number[], number[]] = [[], []];
  const seconds: number[] = [];
  for (const [name, channels] of [
    ["gray", 1],
    ["color", 3],
  ] as const) {
    const pictures = await picturesOf(channels);
    for (const clipped of [false, true]) {
      const title = `${name}${clipped ? ", clipped" : ""}`;
      if (values.only !== undefined && values.only !== title) continue;
      for (const sigma of sigmas) {
        const rows: Row[] = [];
        for (const [i, truth] of pictures.entries()) {
          const noisy = withNoise(truth, sigma, i, clipped);
          const found = noiseLevel2(noisy);
          rows.push(await rowOf(cropped(truth), cropped(noisy), sigma, found, theirs));
        }
        const means = meanOf(rows);
        gains.push(...rows.map((row) => row.mixture - row.plain));
        losses.push(means.mixture - means.auto);
        seconds.push(...rows.map((row) => row.seconds));
        const published =
          channels === 3 && !clipped ? (publishedColor[sigma]?.toFixed(2) ?? "") : "";
        const cells = [
          means.noisy,
          ...[means.plain, means.spun, means.bivariate, means.mixture, means.auto],
          ...[means.mixture - means.plain, means.found],
        ].map((x) => x.toFixed(2));
        console.log(`| ${title} | ${sigma} | ${cells.join(" | ")} | ${published} |`);
      }
    }
  }
  console.log(
    `\nmixture over scikit-image's BayesShrink: mean ${mean(gains).toFixed(2)} dB, least ${Math.min(...gains).toFixed(2)}; ` +
      `lost by not knowing σ: mean ${mean(losses).toFixed(3)} dB, most ${Math.max(...losses).toFixed(2)} of a row; ` +
      `${mean(seconds).toFixed(2)} s of processor time a picture`,
  );
  await theirs?.close();
  await rm(folder, { recursive: true });
}

interface Row {
  readonly noisy: number;
  readonly plain: number;
  readonly spun: number;
  readonly bivariate: number;
  readonly mixture: number;
  readonly auto: number;
  readonly found: number;
  /** Processor time of `mixture`. */
  readonly seconds: number;
}

async function rowOf(
  truth: Planes,
  noisy: Planes,
  sigma: number,
  found: number,
  theirs: Theirs | undefined,
): Promise<Row> {
  const by = (method: PictureDenoiser, level: number) =>
    psnr(denoisePicture(noisy, { method, sigma: level }), truth);
  const answer = await theirs?.ask(truth, noisy, sigma);
  const start = processorMs();
  const mixture = by("mixture", sigma);
  const seconds = (processorMs() - start) / 1000;
  return {
    ...{ noisy: psnr(noisy, truth), mixture, seconds, found },
    plain: answer?.plain.psnr ?? Number.NaN,
    spun: answer?.spun.psnr ?? Number.NaN,
    bivariate: by("bivariate", sigma),
    auto: by("mixture", found),
  };
}

function meanOf(rows: readonly Row[]): Row {
  const names = Object.keys(rows[0]!) as (keyof Row)[]; // one or more pictures
  return Object.fromEntries(
    names.map((name) => [name, mean(rows.map((row) => row[name]))]),
  ) as unknown as Row;
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((a, b) => a + b, 0) / numbers.length;

/** The square with this side in the middle of a plane. */
function middle({ height, width, data }: Matrix<Float32Array>, side: number): Matrix<Float32Array> {
  const [top, left] = [(height - side) >> 1, (width - side) >> 1];
  const square = Float32Array.from(
    { length: side * side },
    (_, i) => data[(top + Math.floor(i / side)) * width + left + (i % side)]!,
  );
  return { height: side, width: side, data: square };
}

function planesOf({ width, height, channels, data }: Raster): Planes {
  return Array.from({ length: channels }, (_, c) => ({
    ...{ height, width },
    data: Float32Array.from({ length: height * width }, (_, i) => data[i * channels + c]!),
  }));
}

function withNoise(truth: Planes, sigma: number, seed: number, clipped: boolean): Planes {
  const random = createRandom(seed);
  return truth.map(({ data, ...size }) => ({
    ...size,
    data: data.map((x) => {
      const noisy = x + sigma * random.normal();
      return clipped ? Math.min(255, Math.max(0, Math.round(noisy))) : noisy;
    }),
  }));
}

/** Over all channels; results are taken within 0 … 255, except noisy samples that were not clipped. */
function psnr(planes: Planes, truth: Planes): number {
  let [sum, count] = [0, 0];
  for (const [c, { data }] of planes.entries())
    for (let i = 0; i < data.length; i++, count++)
      sum += (Math.min(255, Math.max(0, data[i]!)) - truth[c]!.data[i]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / count));
}

/** scikit-image in a process of its own. */
interface Theirs {
  ask(
    truth: Planes,
    noisy: Planes,
    sigma: number,
  ): Promise<Record<"plain" | "spun", { psnr: number }>>;
  close(): Promise<void>;
}

async function openTheirs(folder: string): Promise<Theirs | undefined> {
  if (!existsSync("/usr/lib/python3/dist-packages/skimage")) {
    console.log(
      "scikit-image is not here, and is left out; on Debian: apt-get install python3-skimage",
    );
    return undefined;
  }
  const script = new URL("denoising.py", import.meta.url).pathname;
  const child = spawn(python, [script], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OMP_NUM_THREADS: "1", PYTHONWARNINGS: "ignore" },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => JSON.parse((await lines.next()).value);
  console.log(`scikit-image ${(await answer()).version}, wavelet ${theirWavelet}\n`);
  const file = join(folder, "planes.f32");
  return {
    async ask(truth, noisy, sigma) {
      const planes = [...truth, ...noisy];
      await writeFile(file, Buffer.concat(planes.map(({ data }) => Buffer.from(data.buffer))));
      const { height, width } = truth[0]!;
      const cell = { file, height, width, channels: truth.length, sigma, wavelet: theirWavelet };
      child.stdin.write(`${JSON.stringify(cell)}\n`);
      return await answer();
    },
    async close() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

/** The third picture with noise of 25, by BayesShrink and by mixtures, side by side. */
async function drawSheet(
  pictures: readonly Planes[],
  cropped: (planes: Planes) => Planes,
  path: string,
): Promise<void> {
  const sigma = 25;
  const whole = pictures[2] ?? pictures[0]!; // one or more
  const [truth, noisy] = [whole, withNoise(whole, sigma, 0, true)].map(cropped) as [Planes, Planes];
  const parts = [
    noisy,
    denoisePicture(noisy, { method: "bayes", sigma, clipping: "none" }),
    denoisePicture(noisy),
  ];
  console.log(parts.map((part) => `${psnr(part, truth).toFixed(2)} dB`).join(", "));
  const { height, width: side } = truth[0]!;
  const width = parts.length * side;
  const data = new Uint8Array(height * width * 3);
  for (const [p, part] of parts.entries())
    for (const [c, plane] of part.entries())
      for (let i = 0; i < height * side; i++) {
        const place = Math.floor(i / side) * width + p * side + (i % side);
        data[place * 3 + c] = Math.min(255, Math.max(0, Math.round(plane.data[i]!)));
      }
  await writeImage(path, { width, height, channels: 3, data });
}
