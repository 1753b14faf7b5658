import { extname } from "node:path";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import { statInput } from "../../data/files/statInput.ts";
import { imageExtensions } from "../../data/images/imageExtensions.ts";
import type { Picture } from "../../data/images/picture.ts";
import type { PictureNote } from "../../data/images/pictureNote.ts";
import { readPicture } from "../../data/images/readPicture.ts";
import { UserError } from "../../errors/userError.ts";
import { stepOfQuality } from "../../image/compression/rate.ts";
import { defineCommand, type Io, type Result } from "../parser/command.ts";
import { aimOf, checkAim } from "../shared/aimOptions.ts";
import { compress, sourceOf } from "../shared/compressPicture.ts";
import { encodeFolder } from "../shared/encodeFolder.ts";
import {
  checkPerceptual,
  checkSmallest,
  type EncodeArgs,
  encodeOptions,
  writesTokens,
} from "../shared/encodeOptions.ts";
import { layoutFrom } from "../shared/layoutOptions.ts";
import { checkLosslessOptions } from "../shared/losslessOption.ts";
import { requireData } from "../shared/missingData.ts";
import { encodeAsSet } from "../shared/setPictures.ts";

/** `ondelette image encode`: compresses a picture, or a folder of pictures, in the wavelet language. */
export const command = defineCommand({
  about:
    "Any beginning of the file decodes to a coarser picture. --bytes and --bpp are kept to a byte; --psnr is reached, and " +
    "hardly exceeded. With --language or --wavelet the tokens of the paper are written instead, with the plain coder that its models " +
    "are compared with. A picture that comes back exactly has lossless true and PSNR null in --json. Of a folder every picture becomes a file " +
    "of the same name, ending in .ondl; with --set or --run all become one.",
  positionals: { image: "picture to compress, or folder of pictures" },
  options: encodeOptions,
  examples: [
    "ondelette image encode photo.png -o photo.ondl",
    "ondelette image encode photo.png -o small.ondl --bytes 6000",
    "ondelette image encode scan.png -o scan.ondl --wavelet haar --finest 0.125 --color gray",
    "ondelette image encode photo.png -o exact.ondl --lossless",
    "ondelette image encode photo.png -o photo.ondl --order resolution --tiles 512",
    "ondelette image encode photos -o encoded --jobs 4",
    "ondelette image encode icons -o icons.ondl --set --lossless",
    "ondelette image encode digits -o digits.ondl --run runs/digits",
  ],
  parallel: true,
  async run(args, io) {
    if (args.lossless) checkLosslessOptions(args);
    checkSmallest(args);
    checkAim(args);
    if (args.metadata && (args.run !== undefined || writesTokens(args)))
      throw new UserError(
        `--metadata is for the codec for photographs; leave it out with ${args.run !== undefined ? "--run" : "--language and --wavelet"}`,
      );
    checkPerceptual(args);
    layoutFrom(args);
    await requireData(args.image);
    const isFolder = (await statInput(args.image)).isDirectory();
    if (args.run !== undefined) {
      // All that a model needs is loaded where there is one: it takes as long as all else.
      const { encodeByModel } = await import("../shared/modelPictures.ts");
      return encodeByModel({ ...args, run: args.run, isFolder }, io);
    }
    if (args.set) return encodeSetOf(args, io);
    return isFolder ? encodeFolder(args, io) : encodeOne(args, io);
  },
});

async function encodeSetOf(args: EncodeArgs, io: Io): Promise<Result> {
  const { image, out, strict, lossless, bytes, bpp, psnr, jobs, shard } = args;
  const { order, tiles, metadata } = args;
  if ((bytes ?? bpp ?? psnr) !== undefined)
    throw new UserError(
      "the pictures of a set are as good as --quality or --finest says, or exact with --lossless",
    );
  if (writesTokens(args))
    throw new UserError(
      "--set is for the codec for photographs; leave out --language and --wavelet",
    );
  const single = order ? "--order" : tiles ? "--tiles" : metadata ? "--metadata" : undefined;
  if (single)
    throw new UserError(
      `${single} is for files of one picture; leave it out with --set, which makes one file of many`,
    );
  if (imageExtensions.has(extname(image).toLowerCase()))
    throw new UserError(
      `${image} is one picture; --set makes one file of the pictures of a folder`,
    );
  if (jobs > 1 || shard !== undefined)
    throw new UserError(
      "each picture of a set is coded by those before: leave out --jobs and --shard",
    );
  const aim = aimOf(args, { width: 1, height: 1 });
  const step =
    "step" in aim ? Math.fround(aim.step) : stepOfQuality("quality" in aim ? aim.quality : 0);
  const prepare = (picture: Picture, name: string) => sourceOf(picture, args, name);
  const coding = lossless ? ({ lossless } as const) : { step };
  return encodeAsSet({ image, out, coding, strict, prepare }, io);
}

async function encodeOne(args: EncodeArgs, io: Io): Promise<Result> {
  const { image, out } = args;
  if (args.jobs > 1 || args.shard !== undefined)
    throw new UserError(
      `${image} is one picture: --jobs and --shard share out folders of pictures`,
    );
  await checkRegularFile(image);
  await checkFilePath(out);
  await checkOutput(out, [image]);
  const onNote = ({ sentence }: PictureNote) => io.log(sentence);
  const read = await readPicture(image, { keepsOrigin: args.metadata, onNote });
  const { file, ...figures } = compress(read, args, image, onNote);
  await writeFileAtomically(out, file);
  const { bytes, bitsPerPixel, psnr, lossless, tokens, width, height, color } = figures;
  const quality = lossless
    ? "lossless"
    : psnr === null
      ? "exact where it is visible"
      : `PSNR ${psnr.toFixed(2)} dB`;
  io.print(
    `${out}: ${bytes} bytes, ${bitsPerPixel.toFixed(3)} bits per pixel, ` +
      `${quality}, ${tokens === null ? "" : `${tokens} tokens, `}${width}×${height} pixels`,
  );
  return { file: out, bytes, bitsPerPixel, psnr, lossless, tokens, width, height, color };
}
