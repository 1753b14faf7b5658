import { type IntegerModel, openIntegerModel } from "../integer/integerModel.ts";
import type { LabeledPicture } from "../integer/modelCoder.ts";
import type { FileName } from "./decodePicture.ts";
import type { DecodedOfSet } from "./decodeSet.ts";
import { checkPicture } from "./encodePicture.ts";
import { type EncodedSet, namesOfAll } from "./encodeSet.ts";
import { readModelFile, writeModelFile } from "./modelFile.ts";

/**
 * Opens the file of a trained model that is a codec, as `ondelette export RUN -o MODEL.safetensors` writes it. Throws UserError where the
 * bytes are none, or damaged.
 */
export const openModel = (
  bytes: Uint8Array,
  { name = "the model" }: FileName = {},
): Promise<IntegerModel> => openIntegerModel(bytes, name);

/** A picture for a file of a model: `label` is the index of its class among the model's; `name` as in a set. */
export interface ModelPicture extends LabeledPicture {
  readonly name?: string;
}

/**
 * Compresses pictures to one file by what a model says of them. Throws UserError where a raster is not a picture, or one that the model cannot
 * code, or a name cannot be one.
 */
export function encodeWithModel(
  model: IntegerModel,
  pictures: readonly ModelPicture[],
): EncodedSet {
  for (const { raster } of pictures) checkPicture(raster);
  const names = namesOfAll(pictures);
  const file = new Uint8Array(writeModelFile(model, pictures, names));
  const pixels = pictures.reduce((sum, { raster }) => sum + raster.width * raster.height, 0);
  return { file, bitsPerPixel: (8 * file.length) / pixels };
}

/** Options of {@link decodeWithModel}. */
export interface DecodeWithModelOptions extends FileName {
  /** Decode only so many pictures, from the first on; by default all. */
  readonly first?: number;
}

/** The pictures of a file that a model has coded, or of its beginning. */
export interface DecodedByModel {
  /** How many pictures the whole file has. */
  readonly count: number;
  /** Those that the bytes tell, in their order. */
  readonly pictures: readonly DecodedOfSet[];
  /** Bytes that are missing from the end; 0 of a whole file. */
  readonly missingBytes: number;
}

/**
 * Decodes pictures that a model has coded. Throws UserError where the file is damaged, of another kind, or was coded by another model; the
 * message names both by their hashes.
 */
export function decodeWithModel(
  bytes: Uint8Array,
  model: IntegerModel,
  { name = "the file", first }: DecodeWithModelOptions = {},
): DecodedByModel {
  const { rasters, pictures, names, missingBytes } = readModelFile(bytes, model, name, first);
  return {
    count: pictures,
    pictures: rasters.map((raster, i) => ({ name: names?.[i], raster })),
    missingBytes,
  };
}
