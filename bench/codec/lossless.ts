import { loadSharp } from "../../src/data/images/loadSharp.ts";
import type { Raster } from "../../src/data/images/raster.ts";
import type { ByQuality } from "./contestant.ts";
import { decodeAs } from "./decodeAs.ts";
import type { Rival } from "./rival.ts";
import { jpeg2000, jpegXl, one, webp } from "./rivals.ts";
import { mean, tableOf } from "./table.ts";
import type { Picture, Try } from "./trials.ts";

const jpegXlOf = (effort: number) =>
  ({
    ...{ ...jpegXl, name: `JPEG XL, effort ${effort}`, steps: 1, ways: one },
    encode: ({ input, file }) => [
      ...[input, file, "--quiet", "--num_threads=0", "-d", "0", "-e", `${effort}`],
    ],
  }) as const satisfies Rival;

/** Programs without loss: a scale of one step. */
export const losslessRivals: readonly Rival[] = [
  {
    ...{ ...jpeg2000, name: "JPEG 2000, 5/3", steps: 1, ways: one },
    encode: ({ input, file }) => ["-i", input, "-o", file, "-C", ""],
  },
  {
    ...{ ...webp, name: "WebP", steps: 1, ways: one },
    encode: ({ input, file }) => ["-quiet", "-lossless", "-z", "9", input, "-o", file],
  },
  jpegXlOf(7),
  jpegXlOf(9),
];

/** PNG by sharp, with filters or without, whichever is smaller. */
export async function losslessPng(): Promise<ByQuality> {
  const sharp = await loadSharp();
  const encode = ({ data, width, height, channels }: Raster, adaptiveFiltering: boolean) => {
    const image = sharp(data, { raw: { width, height, channels } });
    return (channels === 1 ? image.toColorspace("b-w") : image)
      .png({ compressionLevel: 9, adaptiveFiltering, palette: false })
      .toBuffer();
  };
  return {
    ...{ kind: "quality", name: "PNG", version: undefined, runs: "here", steps: 1 },
    async encode(raster) {
      const [plain, filtered] = [await encode(raster, false), await encode(raster, true)];
      return plain.length < filtered.length ? plain : filtered;
    },
    decode: decodeAs,
  };
}

/** Bits per pixel of a codec's file of a picture that comes back exactly. */
export interface LosslessScore {
  readonly picture: string;
  readonly name: string;
  readonly bytes: number;
  readonly bpp: number;
}

/** The exact file of every codec for every picture. Throws Error where a picture does not come back exactly. */
export async function compareLossless(
  contestants: readonly ByQuality[],
  pictures: readonly Picture[],
  attempt: Try,
  report: (scores: readonly LosslessScore[]) => void,
): Promise<LosslessScore[]> {
  const all: LosslessScore[] = [];
  for (const picture of pictures) {
    const scores: LosslessScore[] = [];
    for (const contestant of contestants) {
      const { bytes, psnr } = (await attempt(contestant, picture, 0))!; // it has one step
      if (psnr !== Infinity)
        throw new Error(`${contestant.name} loses something of ${picture.name}: ${psnr} dB`);
      const { width, height } = picture.raster;
      const bpp = (8 * bytes) / (width * height);
      scores.push({ picture: picture.name, name: contestant.name, bytes, bpp });
    }
    all.push(...scores);
    report(scores);
  }
  return all;
}

/** Bits per pixel, a row for each picture and one for the mean. */
export function losslessTable(scores: readonly LosslessScore[]): string {
  const names = [...new Set(scores.map(({ name }) => name))];
  const pictures = [...new Set(scores.map(({ picture }) => picture))];
  const of = (name: string) => scores.filter((score) => score.name === name);
  return tableOf([
    ["bits per pixel", ...names],
    ...pictures.map((picture, i) => [
      picture,
      ...names.map((name) => of(name)[i]!.bpp.toFixed(3)), // one each
    ]),
    ["mean", ...names.map((name) => mean(of(name).map(({ bpp }) => bpp)).toFixed(3))],
  ]);
}
