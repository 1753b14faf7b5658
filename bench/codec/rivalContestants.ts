import { readFile, writeFile } from "node:fs/promises";
import { encodePng } from "../../src/data/formats/png.ts";
import { type Raster, toGray } from "../../src/data/images/raster.ts";
import { bracket } from "./bracket.ts";
import type { ByBytes, ByQuality, Contestant } from "./contestant.ts";
import { decodeAs } from "./decodeAs.ts";
import { readPnm, writePnm } from "./pnm.ts";
import { inFolder, run, versionOf } from "./programs.ts";
import type { Rival } from "./rival.ts";

/** Bits per pixel of the file that is cut, at least: the highest rate that is asked for, and little more. */
const wholeRate = 2;

/** What djpeg says of a file that it could decode in part. */
const warned = [2];

/** The ways of a rival that have a meaning for so many channels; undefined where its programs are not installed. */
export async function contestantsOf(
  rival: Rival,
  channels: 1 | 3,
): Promise<Contestant[] | undefined> {
  const version = await versionOf(rival.encoder, rival.versionWord);
  if (version === undefined) return undefined;
  return Object.entries(rival.ways)
    .filter(([, { colorOnly }]) => channels === 3 || !colorOnly)
    .map(([name, { args }]) => {
      const scaled = byQuality(rival, name, args, version);
      return rival.prefix ? byPrefix(scaled) : scaled;
    });
}

function byQuality(
  rival: Rival,
  wayName: string,
  way: readonly string[],
  version: string,
): ByQuality {
  const prefix = rival.prefix && `cut from ${wholeRate} bpp`;
  const settings = rival.encode({ input: "", file: "", step: 0, way, channels: 3 });
  return {
    ...{ kind: "quality", name: `${rival.name} (${wayName})`, runs: "programs" },
    // How gray pictures are written depends on the picture alone.
    version: [rival.encoder, version, rival.steps, prefix, ...settings].join(" "),
    steps: rival.steps,
    encode: (raster, step) =>
      inFolder(async (path) => {
        const { channels } = raster;
        const [input, file] = [path(`in.${endingOf(rival, channels)}`), path(`a.${rival.ending}`)];
        await writeFile(input, rival.format === "png" ? encodePng(raster) : writePnm(raster));
        await run(rival.encoder, rival.encode({ input, file, step, way, channels }));
        return readFile(file);
      }),
    decode: (bytes, channels) =>
      inFolder(async (path) => {
        const [file, output] = [
          path(`a.${rival.ending}`),
          path(`out.${endingOf(rival, channels)}`),
        ];
        await writeFile(file, bytes);
        await run(rival.decoder, rival.decode({ file, bytes, output, channels }), warned);
        const decoded = await readFile(output);
        if (rival.format === "png") return decodeAs(decoded, channels);
        const raster = readPnm(decoded);
        return channels === 1 ? toGray(raster) : raster;
      }),
  };
}

const endingOf = ({ format }: Rival, channels: 1 | 3) =>
  format === "png" ? "png" : channels === 1 ? "pgm" : "ppm";

/** The beginning of one file of about `wholeRate` bits per pixel, at every budget the same file. */
function byPrefix({ steps, encode, ...common }: ByQuality): ByBytes {
  const wholes = new WeakMap<Raster, Promise<Uint8Array>>();
  async function whole(raster: Raster): Promise<Uint8Array> {
    const trial = async (step: number) => {
      const file = await encode(raster, step);
      return { file, bytes: file.length };
    };
    const bytes = (wholeRate * raster.width * raster.height) / 8;
    const { below, above } = await bracket(steps, trial, bytes);
    return (above ?? below)!.file; // one of them is there
  }
  return {
    ...{ ...common, kind: "bytes", isPrefix: true },
    async encode(raster, bytes) {
      const file = wholes.get(raster) ?? whole(raster);
      wholes.set(raster, file);
      return (await file).subarray(0, bytes);
    },
  };
}
