import {
  checkBytes,
  isOfSections,
  readSections,
  SectionType,
  writeSections,
} from "../../codec/file/sections.ts";
import { joinBytes } from "../../data/files/joinBytes.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import type { PictureSize } from "../integer/foretelling.ts";
import type { IntegerModel } from "../integer/integerModel.ts";
import { type LabeledPicture, modelCoder } from "../integer/modelCoder.ts";
import { readRuns, writeRuns } from "./runs.ts";
import { namesSection, readSetSections } from "./setFile.ts";

/*
 * The content of a model's section: the first 16 bytes of its SHA-256, and runs of heads as those of a set, little-endian:
 *
 *   0  width − 1  uint16     2  height − 1  uint16
 */
const hashBytes = 16;
const headBytes = 4;

/** The file of pictures, coded by what a model says of them one after another. Throws UserError as `ModelCoder` does. */
export function writeModelFile(
  model: IntegerModel,
  pictures: readonly LabeledPicture[],
  names?: readonly string[],
): Uint8Array {
  const heads = pictures.map(({ raster: { width, height } }) => {
    const head = new DataView(new ArrayBuffer(headBytes));
    head.setUint16(0, width - 1, true);
    head.setUint16(2, height - 1, true);
    return new Uint8Array(head.buffer);
  });
  return writeSections([
    { type: SectionType.model, content: joinBytes([hashOf(model), writeRuns(heads)]) },
    ...namesSection(names),
    { type: SectionType.code, content: modelCoder(model).encode(pictures) },
  ]);
}

function readSize(head: Uint8Array, name: string): PictureSize {
  if (head.length !== headBytes)
    throw new UserError(`${name} is damaged: the head of a picture is impossible`, "damaged-file");
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return { width: view.getUint16(0, true) + 1, height: view.getUint16(2, true) + 1 };
}

/** Whether a file is of pictures that a model has coded. */
export const isModelFile = (bytes: Uint8Array, name: string): boolean =>
  isOfSections(bytes) && readSections(bytes, name)[0]?.type === SectionType.model;

/** What a file of pictures tells without its model. */
export interface ModelFileHead {
  /** The first 32 hexadecimal digits of the model's hash. */
  readonly model: string;
  /** The size of each picture. */
  readonly sizes: readonly PictureSize[];
  /** Names of the pictures, where the file has some. */
  readonly names: readonly string[] | undefined;
  readonly codeBytes: number;
  /** Bytes that are missing from the end of the file. */
  readonly missingBytes: number;
}

/** Reads what stands before the code of a model. Throws UserError, naming the file, where that is damaged or cut short. */
export function readModelHead(bytes: Uint8Array, name: string): ModelFileHead {
  const { first, code, missingBytes, namesOf } = readSetSections(bytes, SectionType.model, name);
  if (first.length < hashBytes)
    throw new UserError(`${name} is damaged: the name of its model ends early`, "damaged-file");
  const sizes = readRuns(first.subarray(hashBytes), (head) => readSize(head, name), name);
  return {
    ...{ model: toHex(first.subarray(0, hashBytes)), sizes, names: namesOf(sizes.length) },
    ...{ codeBytes: code?.content.length ?? 0, missingBytes },
  };
}

/** The pictures of a file, or of its beginning. */
export interface ModelFile {
  readonly rasters: readonly Raster[];
  /** Pictures of the whole file. */
  readonly pictures: number;
  readonly names: readonly string[] | undefined;
  /** Bytes that are missing from its end. */
  readonly missingBytes: number;
}

/** Reads pictures that a model has coded, at most the first so many. Throws UserError, naming the file, where it is damaged or of another model. */
export function readModelFile(
  bytes: Uint8Array,
  model: IntegerModel,
  name: string,
  first = Number.POSITIVE_INFINITY,
): ModelFile {
  const { model: wanted, sizes, names, missingBytes } = readModelHead(bytes, name);
  const given = toHex(hashOf(model));
  if (wanted !== given)
    throw new UserError(
      `${name} was encoded with the model ${wanted}…, and the model given is ${given}…; give the one that encoded it`,
      "wrong-kind",
    );
  const code = readSetSections(bytes, SectionType.model, name).code?.content ?? new Uint8Array(0);
  const cut = missingBytes > checkBytes; // the last missing bytes are the check, not the code
  const rasters = modelCoder(model).decode(code, sizes.slice(0, first), { cut });
  return { rasters, pictures: sizes.length, names, missingBytes };
}

const hashOf = ({ hash }: IntegerModel): Uint8Array =>
  Uint8Array.from({ length: hashBytes }, (_, i) =>
    Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16),
  );

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
