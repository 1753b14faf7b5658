import { setImmediate } from "node:timers/promises";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { isUnreadable } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { type Picture, toRaster } from "../../data/images/picture.ts";
import { readOf } from "../../data/images/readPicture.ts";
import { UserError } from "../../errors/userError.ts";
import { codeSet, type SetCoding } from "../../image/compression/codeSet.ts";
import { namesSection, readSetFile, writeSetFile } from "../../image/file/setFile.ts";
import { rasterPsnr } from "../../image/psnr.ts";
import type { Io, Result } from "../parser/command.ts";
import type { DecodedPictures } from "./decodedPictures.ts";
import { writePictures } from "./decodedPictures.ts";
import { ownNames } from "./pictureNames.ts";

/** What `image encode --set` is told. */
interface SetRequest {
  readonly image: string;
  readonly out: string;
  readonly coding: SetCoding;
  readonly strict: boolean;
  /** What is coded of a picture; throws UserError where it may not be. */
  readonly prepare: (picture: Picture, name: string) => Picture;
}

/** `image encode --set`: all pictures of a folder, or of an IDX file, as one file. */
export async function encodeAsSet(
  { image, out, coding, strict, prepare }: SetRequest,
  io: Io,
): Promise<Result> {
  await checkFilePath(out);
  await checkOutput(out, [image]);
  const source = await openImages(image, { part: "all", notice: io.log });
  const all = ownNames(image, source);
  const names: string[] = [];
  const rasters: Picture[] = [];
  for (let i = 0; i < source.count; i++) {
    io.signal.throwIfAborted();
    try {
      const name = source.name(i);
      const { picture } = await readOf(source, i, { onNote: ({ sentence }) => io.log(sentence) });
      const isLossless = "lossless" in coding;
      if (picture.alpha && isLossless)
        throw new UserError(
          `${name} is not opaque, as the pictures of a set are; leave out --set or --lossless`,
        );
      if (picture.alpha) io.log(`${name} is not opaque; it is put on white, in eight bits`);
      rasters.push(prepare(picture.alpha ? toRaster(picture) : picture, name));
      if (all) names.push(all[i]!); // one each
    } catch (error) {
      if (strict || !isUnreadable(error)) throw error;
      io.log(`${error.message}; it is left out`);
    }
    await setImmediate(); // for Ctrl-C
  }
  if (rasters.length === 0)
    throw new UserError(`no picture of ${image} can be read`, "damaged-file");
  const section = namesSection(all && names);
  const isLossless = "lossless" in coding;
  let sum = 0;
  const coded = codeSet(rasters, coding, (i, decoded) => {
    if (!isLossless) sum += Math.min(rasterPsnr(rasters[i]!, decoded()), mostPsnr);
  });
  const file = writeSetFile(coded, section);
  await writeFileAtomically(out, file);
  const pictures = rasters.length;
  const pixels = rasters.reduce((total, { width, height }) => total + width * height, 0);
  const samples = rasters.reduce((total, { data }) => total + data.length, 0);
  const bytes = file.length;
  const [bitsPerPixel, bitsPerSample] = [(8 * bytes) / pixels, (8 * bytes) / samples];
  const psnr = isLossless ? null : sum / pictures;
  io.print(
    `${out}: ${pictures} pictures, ${bytes} bytes, ${(bytes / pictures).toFixed(1)} for each, ` +
      `${bitsPerPixel.toFixed(3)} bits per pixel, ` +
      (psnr === null ? "lossless" : `mean PSNR ${psnr.toFixed(2)} dB`),
  );
  return {
    ...{ file: out, pictures, bytes, bitsPerPixel, bitsPerSample, psnr },
    lossless: isLossless,
  };
}

/** What a picture that comes back exactly counts as in a mean of dB. */
const mostPsnr = 100;

/** `image decode` of a set. */
export function decodeFromSet(
  {
    file,
    bytes,
    ...request
  }: Pick<DecodedPictures, "file" | "out" | "only"> & { readonly bytes: Uint8Array },
  io: Io,
): Promise<Result> {
  const { heads, names, missingBytes, pictures } = readSetFile(bytes, file);
  function* rasters() {
    for (const { raster } of pictures()) yield raster;
  }
  const set = { count: heads.length, names, missingBytes, rasters: rasters() };
  return writePictures({ ...request, file, ...set }, io);
}
