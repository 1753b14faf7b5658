import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { writeImage } from "../src/data/images/writeImage.ts";
import { UserError } from "../src/errors/userError.ts";
import { compare, type Entrant } from "./codec/comparison.ts";
import type { ByQuality } from "./codec/contestant.ts";
import { rateDistortion } from "./codec/curves.ts";
import { losslessEntrants, lossyEntrants } from "./codec/entrants.ts";
import { compareLossless, losslessTable } from "./codec/lossless.ts";
import { ours } from "./codec/ours.ts";
import { comparePerceptual, perceptualTable } from "./codec/perceptual.ts";
import { mosaic, readPictures } from "./codec/pictures.ts";
import { meanTable, pairTable } from "./codec/report.ts";
import { rivals } from "./codec/rivals.ts";
import { sheetAt } from "./codec/sheet.ts";
import { type Timing, timingOf, timingTable } from "./codec/timing.ts";
import { type Picture, type Try, trialsIn } from "./codec/trials.ts";

/**
 * The image codec and its rivals at equal bytes, picture by picture: `npm run bench -- codec [--gray] [--bpp 0.25,0.5,1]
 * [--lossless | --perceptual | --time [--megapixels 24]] [--chart FILE.svg] [--json FILE] [--cache FOLDER] [--only NAME,NAME] [--first N]
 * [--data FOLDER]`. With `--sheet FILE.png [--picture NAME] [--bytes 6000]` it draws what each makes of a picture instead.
 */
export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      data: { type: "string", default: "../shared/data/kodak" },
      gray: { type: "boolean", default: false },
      bpp: { type: "string", default: "0.25,0.5,1" },
      lossless: { type: "boolean", default: false },
      perceptual: { type: "boolean", default: false },
      time: { type: "boolean", default: false },
      megapixels: { type: "string" },
      chart: { type: "string" },
      json: { type: "string" },
      cache: { type: "string" },
      sheet: { type: "string" },
      picture: { type: "string" },
      bytes: { type: "string", default: "6000" },
      only: { type: "string" },
      first: { type: "string", default: "1000" },
    },
  });
  const channels: 1 | 3 = values.gray ? 1 : 3;
  const only = values.only?.split(",");
  const wanted = <T extends Named>(all: readonly T[]) =>
    only ? only.map((name) => named(all, name)) : all;
  const job: Job = {
    ...{ channels, rates: values.bpp.split(",").map(Number) },
    attempt: trialsIn(values.cache),
    progress: (text: string) => process.stderr.write(`${text}\n`),
  };
  try {
    const pictures = await readPictures(values.data, Number(values.first), channels);
    const entrants = async () => wanted(await lossyEntrants(channels, console.log));
    if (values.sheet !== undefined) {
      const { raster } = named(pictures, values.picture ?? pictures[0]!.name); // one or more
      const sheet = await sheetAt(raster, await entrants(), Number(values.bytes));
      return await writeImage(values.sheet, sheet);
    }
    const result = values.lossless
      ? await lossless(pictures, wanted(await losslessEntrants(channels, console.log)), job)
      : values.perceptual
        ? perceptual(pictures, job)
        : values.time
          ? await time(pictures, await entrants(), job, values.megapixels)
          : await lossy(pictures, await entrants(), job, values.chart);
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result)}\n`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

interface Named {
  readonly name: string;
}

/** The one of that name, in capitals or not. Throws UserError where there is none. */
function named<T extends Named>(all: readonly T[], wanted: string): T {
  const found = all.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found) return found;
  const names = all.map(({ name }) => name).join(", ");
  throw new UserError(`there is no ${wanted}, only ${names}`, "not-found");
}

interface Job {
  readonly channels: 1 | 3;
  readonly rates: readonly number[];
  readonly attempt: Try;
  progress(text: string): void;
}

async function lossy(
  pictures: readonly Picture[],
  entrants: readonly Entrant[],
  { channels, rates, attempt, progress }: Job,
  chart: string | undefined,
) {
  const scores = await compare(entrants, pictures, rates, attempt, (some) => {
    const { picture, bpp } = some[0] ?? {};
    const texts = some.map(({ name, psnr }) => `${name} ${psnr.toFixed(2)}`);
    progress(`${picture} at ${bpp} bpp: ${texts.join(", ")} dB`);
  });
  const names = entrants.map(({ name }) => name);
  const [mine, other] = [ours.name, rivals.jpeg2000.name];
  if (names.includes(mine) && names.includes(other))
    console.log(`${pairTable(scores, [mine, other], rates)}\n`);
  console.log(meanTable(scores, names, rates, channels));
  if (chart !== undefined) await writeFile(chart, rateDistortion(scores, names, rates, channels));
  return { channels, rates, scores };
}

async function lossless(
  pictures: readonly Picture[],
  contestants: readonly ByQuality[],
  { channels, attempt, progress }: Job,
) {
  const scores = await compareLossless(contestants, pictures, attempt, (some) => {
    const texts = some.map(({ name, bpp }) => `${name} ${bpp.toFixed(2)}`);
    progress(`${some[0]?.picture}: ${texts.join(", ")} bits per pixel`);
  });
  console.log(losslessTable(scores));
  return { channels, scores };
}

function perceptual(pictures: readonly Picture[], { channels, rates, progress }: Job) {
  const seen = comparePerceptual(pictures, rates, progress);
  console.log(perceptualTable(seen, rates));
  return { channels, rates, seen };
}

/** Of the first way of each codec, with the first picture or once with a mosaic of all. Rivals that are cut are
 * left out. */
async function time(
  pictures: readonly Picture[],
  entrants: readonly Entrant[],
  { channels }: Job,
  megapixels: string | undefined,
) {
  const raster =
    megapixels === undefined ? pictures[0]!.raster : mosaic(pictures, Number(megapixels));
  const { width, height } = raster;
  console.log(`${width}×${height}, ${channels} channels, 1 bit per pixel, one thread`);
  const runs = megapixels === undefined ? 5 : 1;
  const timings: Timing[] = [];
  for (const { name, ways } of entrants) {
    const [way] = ways;
    if (!way || (way.kind === "bytes" && way.isPrefix)) continue;
    const timing = await timingOf(way, raster, Math.floor((width * height) / 8), runs);
    if (timing) timings.push({ ...timing, name });
    if (way.runs === "here") {
      const peak = process.resourceUsage().maxRSS / 1024;
      console.log(`after ${name} this process has had at most ${peak.toFixed(0)} MB`);
    }
  }
  console.log(timingTable(timings));
  return { width, height, channels, timings };
}
