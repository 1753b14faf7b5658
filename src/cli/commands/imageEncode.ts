import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { encodeTokens } from "../../codec/encode.ts";
import { vocabularies } from "../../codec/tokens.ts";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { fingerprintOf } from "../../data/files/fingerprint.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import { statInput } from "../../data/files/statInput.ts";
import { imageExtensions } from "../../data/images/imageExtensions.ts";
import { isUnreadable } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { colorOf, grayOf, type Picture, toRaster } from "../../data/images/picture.ts";
import {
  gatherNotes,
  type OnPictureNote,
  type PictureNote,
} from "../../data/images/pictureNote.ts";
import { type ReadPicture, readOf, readPicture } from "../../data/images/readPicture.ts";
import { UserError } from "../../errors/userError.ts";
import { decodePicture } from "../../image/compression/layout/decodeView.ts";
import { laidOut } from "../../image/compression/layout/encodeLaidOut.ts";
import { psnrOfSeen, stepOfQuality } from "../../image/compression/rate.ts";
import { usualPixelsPerDegree } from "../../image/compression/sensitivity.ts";
import { codeFile } from "../../image/file/codeFile.ts";
import { writeContainer } from "../../image/file/container.ts";
import { imageWavelets } from "../../image/language/imageWavelets.ts";
import { analyze, imageLanguage } from "../../image/language/language.ts";
import { imagePsnr, rasterPsnr } from "../../image/psnr.ts";
import { defineCommand, type Io, type Result } from "../parser/command.ts";
import { type Args, type Options, outputOption } from "../parser/options.ts";
import { aimOf, aimOptions, checkAim } from "../shared/aimOptions.ts";
import { layoutFrom, layoutOptions } from "../shared/layoutOptions.ts";
import { checkLosslessOptions, losslessOption } from "../shared/losslessOption.ts";
import { requireData } from "../shared/missingData.ts";
import { encodeByModel } from "../shared/modelPictures.ts";
import { pictureNames } from "../shared/pictureNames.ts";
import { strictOption } from "../shared/readImages.ts";
import { encodeAsSet } from "../shared/setPictures.ts";
import { type CommandWork, doWork, sharingOptions } from "../shared/sharedWork.ts";

const options = {
  out: outputOption("compressed file to write, or folder of such files"),
  wavelet: {
    type: "choice",
    choices: imageWavelets,
    otherwise: "bior4.4, or bior2.2 with --lossless",
    help: "wavelet of the paper's tokens",
  },
  ...aimOptions,
  finest: {
    type: "number",
    min: 2 ** -20,
    max: 2 ** 20,
    otherwise: "by --quality",
    help: "finest threshold, of samples from 0 to 1; smaller means better quality and a larger file",
  },
  lossless: losslessOption,
  smallest: {
    type: "boolean",
    help: "with --lossless: the shortest exact file, even where its beginnings are much worse pictures",
  },
  set: {
    type: "boolean",
    help: "make one file of all pictures of a folder: small ones of one kind cost much less together; with --lossless, --quality or --finest",
  },
  perceptual: {
    type: "boolean",
    help: "count errors by how well the eye sees them: fine details and colors get fewer bytes; not with --psnr",
  },
  ...layoutOptions,
  run: {
    type: "string",
    placeholder: "RUN",
    otherwise: "no model",
    help: "run folder of a trained model that codes the pictures, or the .safetensors file that export wrote; a folder of pictures becomes one file",
  },
  language: {
    type: "choice",
    choices: vocabularies,
    otherwise: "no tokens, but the codec for photographs",
    help: "write the paper's tokens, with its plain coder",
  },
  color: {
    type: "choice",
    choices: ["gray", "ycbcr"],
    help: "channels to keep; by default those of the picture",
  },
  metadata: {
    type: "boolean",
    help: "keep the color profile, with samples as they are under it, and the camera's notes (EXIF)",
  },
  strict: strictOption,
  ...sharingOptions,
} as const satisfies Options;

/** `ondelette image encode`: compresses a picture, or a folder of pictures, in the wavelet language. */
export const command = defineCommand({
  about:
    "Any beginning of the file decodes to a coarser picture. --bytes and --bpp are kept to a byte; --psnr is reached, and " +
    "hardly exceeded. With --language or --wavelet the tokens of the paper are written instead, with the plain coder that its models " +
    "are compared with. A picture that comes back exactly has lossless true and PSNR null in --json. Of a folder every picture becomes a file " +
    "of the same name, ending in .ondl; with --set or --run all become one.",
  positionals: { image: "picture to compress, or folder of pictures" },
  options,
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
    if (args.run !== undefined) return encodeByModel({ ...args, run: args.run, isFolder }, io);
    if (args.set) return encodeSetOf(args, io);
    return isFolder ? encodeFolder(args, io) : encodeOne(args, io);
  },
});

/** Throws UserError where `--perceptual` does not go with the others. */
function checkPerceptual(args: EncodeArgs): void {
  if (!args.perceptual) return;
  if (args.psnr !== undefined) throw psnrOfSeen();
  if (args.lossless || args.set || args.run !== undefined || writesTokens(args))
    throw new UserError(
      "--perceptual is for pictures that are compressed to --bytes, --bpp, --quality or --finest; leave it out with --lossless, --set, --run, --language and --wavelet",
    );
}

type EncodeArgs = Args<typeof options, { readonly image: string }>;

/** Throws UserError where `--smallest` contradicts another option. */
function checkSmallest(args: EncodeArgs): void {
  const { smallest, lossless, order, tiles, run } = args;
  if (!smallest) return;
  if (!lossless) throw new UserError("--smallest is for exact files; give --lossless too");
  if (writesTokens(args) || (order ?? tiles ?? run) !== undefined)
    throw new UserError(
      "--smallest chooses how a picture is coded; leave out --language, --wavelet, --order, --tiles and --run",
    );
}

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

/** A picture of a folder, compressed; `undefined` instead of the figures where it could not be read. */
interface Encoded {
  readonly name: string;
  readonly compressed: Compressed | undefined;
  /** Whether the file has been written already, and is not kept here. */
  readonly isWritten?: boolean;
  readonly notes: readonly PictureNote[];
}

/** Pictures that a process compresses before it keeps them. */
const together = 8;

async function encodeFolder(args: EncodeArgs, io: Io): Promise<Result> {
  const { image: folder, out } = args;
  await checkOutput(out, [folder]);
  const source = await openImages(folder, { part: "all", notice: io.log });
  const names = pictureNames(folder, source, ".ondl").map((name) => `${name}.ondl`);
  await makeFolder(out);

  const encode = async (i: number): Promise<Encoded> => {
    const notes: PictureNote[] = [];
    const name = names[i]!; // one each
    try {
      const onNote = (note: PictureNote) => notes.push(note);
      const read = await readOf(source, i, { keepsOrigin: args.metadata, onNote });
      return { name, compressed: compress(read, args, source.name(i), onNote), notes };
    } catch (error) {
      if (args.strict || !isUnreadable(error)) throw error;
      notes.push({ kind: "left-out", sentence: `${error.message}; it is left out` });
      return { name, compressed: undefined, notes };
    }
  };
  const {
    wavelet,
    finest,
    lossless,
    smallest,
    language,
    color,
    strict,
    bytes,
    bpp,
    psnr,
    quality,
    metadata,
    perceptual,
    order,
    tiles,
  } = args;
  const work: CommandWork<Encoded[]> = {
    settings: {
      ...{ wavelet, finest, lossless, smallest, language, color, strict },
      ...{ bytes, bpp, psnr, quality, metadata, perceptual, order, tiles },
      data: await fingerprintOf(folder),
    },
    ...{ items: source.count, together },
    progress: { label: "encoding", unit: "pictures", total: source.count },
    async compute({ first, end }, report) {
      const encoded: Encoded[] = [];
      for (let i = first; i < end; i++) {
        io.signal.throwIfAborted();
        encoded.push(await encode(i));
        report(i + 1 - first);
        await setImmediate(); // for Ctrl-C and the bar
      }
      if (!io.process.tell) return encoded;
      // A process that another one started writes its files itself, where that one finds them.
      await writeAll(out, encoded);
      return encoded.map((one) => ({ ...one, isWritten: true, compressed: withoutFile(one) }));
    },
  };
  return doWork(args, io, work, async (parts) => {
    const sum = { pictures: 0, bytes: 0, pixels: 0, tokens: 0, lossless: 0, psnr: 0 };
    const notes = gatherNotes();
    for await (const part of parts) {
      await writeAll(out, part);
      for (const { compressed, notes: own } of part) {
        own.forEach(notes.add);
        if (!compressed) continue;
        sum.pictures++;
        sum.bytes += compressed.bytes;
        sum.pixels += compressed.width * compressed.height;
        if (compressed.tokens !== null) sum.tokens += compressed.tokens;
        if (compressed.psnr === null) sum.lossless++;
        else sum.psnr += compressed.psnr;
      }
    }
    notes.report(io.log);
    const { pictures, bytes, pixels, lossless } = sum;
    const tokens = writesTokens(args) ? sum.tokens : null;
    if (pictures === 0) throw new UserError(`no picture of ${folder} can be read`, "damaged-file");
    const bitsPerPixel = (8 * bytes) / pixels;
    const psnr = lossless === pictures ? null : sum.psnr / (pictures - lossless);
    await removeHalfWritten(out);
    const quality = psnr === null ? "lossless" : `mean PSNR ${psnr.toFixed(2)} dB`;
    io.print(
      `${out}: ${pictures} pictures, ${bytes} bytes, ${bitsPerPixel.toFixed(3)} bits per pixel, ` +
        `${quality}${tokens === null ? "" : `, ${tokens} tokens`}`,
    );
    return { folder: out, pictures, bytes, bitsPerPixel, psnr, lossless, tokens };
  });
}

const withoutFile = ({ compressed }: Encoded): Compressed | undefined =>
  compressed && { ...compressed, file: new Uint8Array(0) };

/**
 * Writes the compressed pictures, all at once, since each waits for the disk. Throws UserError where one that has been written
 * already is gone.
 */
async function writeAll(out: string, pictures: readonly Encoded[]): Promise<void> {
  await Promise.all(
    pictures.map(async ({ name, compressed, isWritten }) => {
      if (!compressed) return;
      const path = join(out, name);
      if (isWritten) {
        const found = await stat(path).catch(() => undefined);
        if (found?.size === compressed.bytes) return;
        throw new UserError(
          `${path} was written by an earlier run and is gone or changed; name another folder, which begins anew`,
        );
      }
      if (dirname(name) !== ".") await makeFolder(dirname(path));
      await writeFileAtomically(path, compressed.file);
    }),
  );
}

/** A compressed picture and its figures. */
interface Compressed {
  readonly file: Uint8Array;
  readonly bytes: number;
  readonly bitsPerPixel: number;
  /** dB; null where the picture comes back exactly. */
  readonly psnr: number | null;
  readonly lossless: boolean;
  /** Of the paper's language; null in other files. */
  readonly tokens: number | null;
  readonly width: number;
  readonly height: number;
  readonly color: "gray" | "ycbcr";
}

/** Whether the paper's tokens are asked for. */
const writesTokens = ({ language, wavelet }: EncodeArgs): boolean =>
  language !== undefined || wavelet !== undefined;

/** What is coded of a picture. Throws UserError where that would lose colors that are to be kept. */
function sourceOf(picture: Picture, { color, lossless }: EncodeArgs, name: string): Picture {
  if (lossless && color === "gray" && picture.channels === 3)
    throw new UserError(
      `${name} has colors, which --color gray would lose; leave it out with --lossless`,
    );
  return color === "gray" ? grayOf(picture) : color === "ycbcr" ? colorOf(picture) : picture;
}

function compress(
  { picture, profile, camera }: Pick<ReadPicture, "picture"> & Partial<ReadPicture>,
  args: EncodeArgs,
  name: string,
  onNote: OnPictureNote,
): Compressed {
  const { lossless, smallest } = args;
  const source = sourceOf(picture, args, name);
  if (writesTokens(args)) return compressTokensOf(picture, args, name, onNote);
  // Only colors follow a profile of colors.
  const isOwn = source.channels === picture.channels;
  const origin = { camera, profile: isOwn ? profile : undefined };
  const { file, colors } = codeFile(
    source,
    lossless ? (smallest ? "smallest" : "lossless") : aimOf(args, source),
    origin,
    laidOut(layoutFrom(args)),
    args.perceptual ? usualPixelsPerDegree : undefined,
  );
  const { width, height } = source;
  const reached = lossless
    ? Infinity
    : rasterPsnr(source, decodePicture(colors.head, colors.code, true).raster);
  // Colors that nobody sees are not counted, and may have changed.
  const isExact =
    colors.head.coding.type !== "lossy" || (reached === Infinity && !source.alpha?.includes(0));
  return {
    ...{ file, bytes: file.length, bitsPerPixel: (8 * file.length) / (width * height) },
    ...{ psnr: reached === Infinity ? null : reached, lossless: isExact, tokens: null },
    ...{ width, height, color: source.channels === 1 ? "gray" : "ycbcr" },
  };
}

function compressTokensOf(
  picture: Picture,
  args: EncodeArgs,
  name: string,
  onNote: OnPictureNote,
): Compressed {
  if (picture.alpha)
    onNote({
      kind: "transparent",
      sentence: `${name} is transparent in places; it is laid on white`,
    });
  if (!(picture.data instanceof Uint8Array))
    onNote({
      kind: "depth",
      sentence: `${name} has 16 bits a sample, of which tokens keep 8; without --language all are kept`,
    });
  const raster = toRaster(picture);
  const { language: vocabulary = "blocks", lossless: asked } = args;
  const { width, height } = raster;
  const color = args.color ?? (raster.channels === 3 ? "ycbcr" : "gray");
  const { wavelet = asked ? "bior2.2" : "bior4.4", finest = 0.0625 } = args;
  const common = { wavelet, vocabulary, color };
  const language = imageLanguage(
    asked ? { ...common, lossless: true } : { ...common, finest, padding: "edge" },
    raster,
  );
  const encoding = encodeTokens(analyze(raster, language), language.tokens);
  const file = writeContainer(encoding, language);
  const reached = imagePsnr(raster, encoding.approximation, language);
  const lossless = reached === Infinity;
  return {
    ...{ file, bytes: file.length, bitsPerPixel: (8 * file.length) / (width * height) },
    ...{ psnr: lossless ? null : reached, lossless },
    ...{ tokens: encoding.tokens.length, width, height, color },
  };
}

/** Removes what a process that was killed left of files that it wrote. */
async function removeHalfWritten(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (/^\..+\.ondl\.[0-9a-f]{8}\.tmp$/.test(basename(name))) {
      await rm(join(folder, name), { force: true });
    }
  }
}
