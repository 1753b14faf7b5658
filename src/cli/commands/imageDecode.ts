import { isOfSections } from "../../codec/file/sections.ts";
import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { openFileRanges } from "../../data/files/readFileRange.ts";
import { checkRegularFile, readWholeFile } from "../../data/files/readWholeFile.ts";
import type { PictureNote } from "../../data/images/pictureNote.ts";
import { checkPictureName, writePicture } from "../../data/images/writePicture.ts";
import { UserError } from "../../errors/userError.ts";
import { readContainer } from "../../image/file/container.ts";
import { decodePictureFrom } from "../../image/file/decodeFromRanges.ts";
import { isModelFile } from "../../image/file/modelFile.ts";
import { readPictureFile } from "../../image/file/pictureFile.ts";
import { isSetFile } from "../../image/file/setFile.ts";
import { synthesize } from "../../image/language/language.ts";
import { defineCommand, type Io, type Result } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { onlyOption } from "../shared/decodedPictures.ts";
import { checkKind, kindOf } from "../shared/fileKinds.ts";
import { rectangleOf } from "../shared/layoutOptions.ts";
import { decodeFromSet } from "../shared/setPictures.ts";

/** `ondelette image decode`: the picture of a compressed file, or of its beginning. */
export const command = defineCommand({
  about:
    "Of a file that was cut short, decodes all that the remaining bytes determine. PNG keeps all bits of the samples; the color profile and " +
    "the camera's notes of the file go into the picture.",
  positionals: { file: "compressed file to decode" },
  options: {
    out: outputOption(
      "picture to write (.png, or .webp or .jpg of eight bits), or folder for the pictures of a set",
      "IMAGE",
    ),
    bytes: {
      type: "integer",
      min: 1,
      max: 1e12,
      otherwise: "all",
      help: "decode only the first N bytes of the file: a coarser picture",
    },
    size: {
      type: "integer",
      min: 1,
      max: 65_536,
      otherwise: "that of the picture",
      help: "pixels of the longer side; of a file in the order of resolution only what that needs is read",
    },
    region: {
      type: "string",
      placeholder: "X,Y,WIDTH,HEIGHT",
      otherwise: "the whole picture",
      help: "part to decode; of a file in tiles only those that it needs are read",
    },
    run: {
      type: "string",
      placeholder: "RUN",
      otherwise: "no model",
      help: "run folder of the model that encoded the file, or its .safetensors file; of several pictures --out is a folder",
    },
    ...onlyOption,
    tokens: {
      type: "integer",
      min: 0,
      max: 1e12,
      otherwise: "all",
      help: "decode only the first N tokens, of a file that was encoded with --language or --wavelet",
    },
  },
  examples: [
    "ondelette image decode photo.ondl -o photo.png",
    "ondelette image decode photo.ondl -o coarse.png --bytes 3000",
    "ondelette image decode photo.ondl -o small.png --size 256",
    "ondelette image decode photo.ondl -o part.png --region 1024,512,640,480",
    "ondelette image decode icons.ondl -o icons",
    "ondelette image decode icons.ondl -o home.png --only home",
  ],
  async run(args, io) {
    const { file, out: output, bytes: first, tokens, run, only, size, region } = args;
    await checkRegularFile(file);
    if (size !== undefined || region !== undefined) {
      const other = Object.entries({ run, tokens, only }).find(([, value]) => value !== undefined);
      if (other)
        throw new UserError(
          `--${other[0]} is not for parts of pictures; leave out --size and --region, or it`,
        );
      return decodePart(args, io);
    }
    const whole = await readWholeFile(file);
    const bytes = whole.subarray(0, first);
    checkKind(bytes, file, ["picture", "set", "model"]);
    const isCutHere = bytes.length < whole.length;
    if (isModelFile(bytes, file)) {
      // All that a model needs is loaded where there is one: it takes as long as all else.
      const { decodeByModel } = await import("../shared/modelPictures.ts");
      return decodeByModel({ file, bytes, out: output, run, only }, io);
    }
    if (run !== undefined)
      throw new UserError(`${file} was not encoded by a trained model; leave out --run`);
    if (isSetFile(bytes, file)) return decodeFromSet({ file, bytes, out: output, only }, io);
    if (only !== undefined) throw new UserError(`${file} is one picture; leave out --only`);
    checkPictureName(output);
    await checkFilePath(output);
    await checkOutput(output, [file]);
    const onNote = ({ sentence }: PictureNote) => io.log(sentence);
    if (isOfSections(bytes)) {
      if (tokens !== undefined)
        throw new UserError(`${file} has no tokens; give --bytes N to decode a beginning of it`);
      const { raster, origin, missingBytes, finished } = readPictureFile(bytes, file);
      await writePicture(output, raster, { ...origin, onNote });
      const { width, height } = raster;
      if (missingBytes > 0 && !isCutHere) io.log(`${file} is cut short by ${missingBytes} bytes`);
      io.print(`${output}: ${width}×${height} pixels from ${bytes.length} bytes`);
      return { file: output, width, height, bytes: bytes.length, finished, missingBytes };
    }
    const limit = tokens === undefined ? {} : { limit: tokens };
    const contents = readContainer(bytes, file, limit);
    const { language, approximation, tokenCount, finished, missingBytes } = contents;
    await writePicture(output, synthesize(approximation, language).raster);

    const { width, height } = language;
    if (missingBytes > 0 && !isCutHere)
      io.log(
        `${file} is cut short by ${missingBytes} bytes; the others determine ${tokenCount} tokens`,
      );
    const part = finished ? "all" : "the first";
    io.print(`${output}: ${width}×${height} pixels from ${part} ${tokenCount} tokens`);
    return { file: output, width, height, tokens: tokenCount, finished, missingBytes };
  },
});

interface PartArgs {
  readonly file: string;
  readonly out: string;
  readonly bytes?: number | undefined;
  readonly size?: number | undefined;
  readonly region?: string | undefined;
}

/** Decodes a smaller picture, or a part of one, from as few bytes of the file as will do. */
async function decodePart(
  { file, out: output, bytes: first = Infinity, size, region }: PartArgs,
  io: Io,
): Promise<Result> {
  const wanted = {
    ...(size === undefined ? {} : { size }),
    ...(region === undefined ? {} : { region: rectangleOf(region) }),
  };
  checkPictureName(output);
  await checkFilePath(output);
  await checkOutput(output, [file]);
  await using source = await openFileRanges(file);
  const read = (from: number, to: number) => source.read(from, Math.min(to, first));
  const beginning = await read(0, 64);
  checkKind(beginning, file, ["picture", "set", "model"]);
  const kind = kindOf(beginning, file);
  if (kind === "set" || kind === "model")
    throw new UserError(
      `${file} holds a set of pictures; leave out --size and --region, which are for files of one picture`,
      "wrong-kind",
    );
  const picture = await decodePictureFrom(read, { ...wanted, name: file, withCamera: true });
  const { raster, finished, profile, camera, bytesRead, missingBytes } = picture;
  const onNote = ({ sentence }: PictureNote) => io.log(sentence);
  await writePicture(output, raster, { profile, camera, onNote });
  if (missingBytes > 0 && first >= source.length)
    io.log(`${file} is cut short: ${missingBytes} bytes that are needed are missing`);
  const { width, height } = raster;
  io.print(`${output}: ${width}×${height} pixels from ${bytesRead} of ${source.length} bytes`);
  return { file: output, width, height, bytes: bytesRead, finished, missingBytes };
}
