import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import type { PictureSize } from "../integer/foretelling.ts";
import type { IntegerModel } from "../integer/integerModel.ts";
import { type LabeledPicture, modelCoder } from "../integer/modelCoder.ts";
import { checkBytes, isOfSections, readSections, SectionType, writeSections } from "./sections.ts";

/*
 * The content of a set's section, little-endian:
 *
 *   0   the first 16 bytes of the model's SHA-256
 *   16  for each run of pictures of one size:  count  uint32,  width − 1  uint16,  height − 1  uint16
 */
const hashBytes = 16;
const runBytes = 8;

/** Pictures of a file at most, and pixels of them all. */
const pictureLimit = 2 ** 24;
const areaLimit = 2 ** 30;

/** The file of pictures, coded by what a model says of them one after another. Throws UserError as `ModelCoder` does. */
export function writeModelFile(
  model: IntegerModel,
  pictures: readonly LabeledPicture[],
): Uint8Array {
  const runs: { count: number; width: number; height: number }[] = [];
  for (const { raster } of pictures) {
    const { width, height } = raster;
    const last = runs.at(-1);
    if (last?.width === width && last.height === height) last.count++;
    else runs.push({ count: 1, width, height });
  }
  const content = new Uint8Array(hashBytes + runBytes * runs.length);
  content.set(hashOf(model));
  const view = new DataView(content.buffer);
  for (const [i, { count, width, height }] of runs.entries()) {
    const at = hashBytes + runBytes * i;
    view.setUint32(at, count, true);
    view.setUint16(at + 4, width - 1, true);
    view.setUint16(at + 6, height - 1, true);
  }
  return writeSections([
    { type: SectionType.set, content },
    { type: SectionType.code, content: modelCoder(model).encode(pictures) },
  ]);
}

/** Whether a file is of pictures that a model has coded. */
export const isModelFile = (bytes: Uint8Array, name: string): boolean =>
  isOfSections(bytes) && readSections(bytes, name)[0]?.type === SectionType.set;

/** What a file of pictures tells without its model. */
export interface ModelFileHead {
  /** The first 32 hexadecimal digits of the model's hash. */
  readonly model: string;
  /** The size of each picture. */
  readonly sizes: readonly PictureSize[];
  readonly codeBytes: number;
  /** Bytes that are missing from the end of the file. */
  readonly missingBytes: number;
}

/** Reads what stands before the code of a model. Throws UserError, naming the file, where that is damaged or cut short. */
export function readModelHead(bytes: Uint8Array, name: string): ModelFileHead {
  const [set, code] = readSections(bytes, name);
  if (set?.type !== SectionType.set || set.missingBytes > 0 || set.content.length < hashBytes)
    throw new UserError(`${name} is cut short before its pictures begin`, "damaged-file");
  const { content } = set;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const sizes: PictureSize[] = [];
  let area = 0;
  for (let at = hashBytes; at < content.length; at += runBytes) {
    if (at + runBytes > content.length)
      throw new UserError(
        `${name} is damaged: the sizes of its pictures end early`,
        "damaged-file",
      );
    const count = view.getUint32(at, true);
    const size = {
      width: view.getUint16(at + 4, true) + 1,
      height: view.getUint16(at + 6, true) + 1,
    };
    area += count * size.width * size.height;
    if (sizes.length + count > pictureLimit || area > areaLimit)
      throw new UserError(`${name} has more pictures than a file can have`, "damaged-file");
    for (let i = 0; i < count; i++) sizes.push(size);
  }
  return {
    model: toHex(content.subarray(0, hashBytes)),
    sizes,
    codeBytes: code?.content.length ?? 0,
    missingBytes: code?.missingBytes ?? 1,
  };
}

/** The pictures of a file, or of its beginning. */
export interface ModelFile {
  readonly rasters: readonly Raster[];
  /** Pictures of the whole file. */
  readonly pictures: number;
  /** Bytes that are missing from its end. */
  readonly missingBytes: number;
}

/** Reads pictures that a model has coded. Throws UserError, naming the file, where it is damaged or of another model. */
export function readModelFile(bytes: Uint8Array, model: IntegerModel, name: string): ModelFile {
  const { model: wanted, sizes, missingBytes } = readModelHead(bytes, name);
  const given = toHex(hashOf(model));
  if (wanted !== given)
    throw new UserError(
      `${name} was encoded with the model ${wanted}…, and this run's model is ${given}…; give the run that encoded it`,
      "wrong-kind",
    );
  const code = readSections(bytes, name)[1]?.content ?? new Uint8Array(0);
  const cut = missingBytes > checkBytes; // the last missing bytes are the check, not the code
  const rasters = modelCoder(model).decode(code, sizes, { cut });
  return { rasters, pictures: sizes.length, missingBytes };
}

const hashOf = ({ hash }: IntegerModel): Uint8Array =>
  Uint8Array.from({ length: hashBytes }, (_, i) =>
    Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16),
  );

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
