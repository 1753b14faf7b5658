import { setImmediate } from "node:timers/promises";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { readWholeFile } from "../../data/files/readWholeFile.ts";
import { statInput } from "../../data/files/statInput.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { openImages } from "../../data/images/openImages.ts";
import { UserError } from "../../errors/userError.ts";
import { readModelFile, writeModelFile } from "../../image/file/modelFile.ts";
import {
  type IntegerModel,
  integerModel,
  openIntegerModel,
} from "../../image/integer/integerModel.ts";
import type { LabeledPicture } from "../../image/integer/modelCoder.ts";
import { openImageRun } from "../../image/runFolder.ts";
import type { Io, Result } from "../parser/command.ts";
import { writePictures } from "./decodedPictures.ts";
import { ownNames } from "./pictureNames.ts";

/** `image encode --run`: a picture, or all pictures of a folder, as one file. */
export async function encodeByModel(
  {
    image,
    out,
    run,
    isFolder,
  }: {
    readonly image: string;
    readonly out: string;
    readonly run: string;
    readonly isFolder: boolean;
  },
  io: Io,
): Promise<Result> {
  await checkFilePath(out);
  await checkOutput(out, [image]);
  const model = await modelOf(run);
  const { pictures, names } = isFolder
    ? await readAll(image, model, io)
    : {
        pictures: [
          { raster: await readImage(image, { onNote: ({ sentence }) => io.log(sentence) }) },
        ],
        names: undefined,
      };
  const file = writeModelFile(model, pictures, names);
  await writeFileAtomically(out, file);
  const samples = pictures.reduce((sum, { raster }) => sum + raster.data.length, 0);
  const bytes = file.length;
  const bitsPerSample = (8 * bytes) / samples;
  io.print(
    `${out}: ${pictures.length} ${pictures.length === 1 ? "picture" : "pictures"}, ${bytes} bytes, ` +
      `${bitsPerSample.toFixed(4)} bits per sample`,
  );
  return { file: out, pictures: pictures.length, bytes, bitsPerSample, model: model.hash };
}

/** The pictures of a folder or of an IDX file, each with its class where the model knows a class of that name. */
async function readAll(
  folder: string,
  { config }: IntegerModel,
  io: Io,
): Promise<{ readonly pictures: LabeledPicture[]; readonly names: readonly string[] | undefined }> {
  const source = await openImages(folder, { part: "all", notice: io.log });
  const names = ownNames(folder, source);
  const pictures: LabeledPicture[] = [];
  for (let i = 0; i < source.count; i++) {
    io.signal.throwIfAborted();
    const label = config.classNames.indexOf(source.classNames[source.label(i)] ?? "");
    const raster = await source.read(i, { onNote: ({ sentence }) => io.log(sentence) });
    pictures.push({ raster, ...(label >= 0 && { label }) });
    await setImmediate(); // for Ctrl-C
  }
  return { pictures, names };
}

/** `image decode --run`: a picture, or a folder of those of a set. */
export async function decodeByModel(
  {
    file,
    bytes,
    out,
    run,
    only,
  }: {
    readonly file: string;
    readonly bytes: Uint8Array;
    readonly out: string;
    readonly run: string | undefined;
    readonly only: string | undefined;
  },
  io: Io,
): Promise<Result> {
  if (run === undefined)
    throw new UserError(`${file} was encoded by a trained model; give its run folder with --run`);
  const model = await modelOf(run);
  const { rasters, pictures: count, names, missingBytes } = readModelFile(bytes, model, file);
  return writePictures({ file, out, only, rasters, count, names, missingBytes }, io);
}

/** The model of a run folder, or of a file that `export` has written. */
async function modelOf(path: string): Promise<IntegerModel> {
  return (await statInput(path)).isDirectory()
    ? integerModel(await openImageRun(path))
    : openIntegerModel(await readWholeFile(path), path);
}
