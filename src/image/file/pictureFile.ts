import { decodePlanes } from "../../codec/planes/decodePlanes.ts";
import { UserError } from "../../errors/userError.ts";
import { type PictureOfCode, pictureOf, planOf } from "../compression/codePicture.ts";
import type { Coding, PictureHead } from "../compression/pictureHead.ts";
import type { Rotation } from "../compression/rotation.ts";
import {
  checkBytes,
  fileOverhead,
  isOfSections,
  readSections,
  type Section,
  SectionType,
  sectionOverhead,
  writeSections,
} from "./sections.ts";

/*
 * The content of a picture's section, little-endian:
 *
 *   0  flags: bit 0 lossless, 1 color, 2 the third axis is mirrored, 3 the code is the beginning of a longer one   uint8
 *   1  levels   uint8        2  starting plane  int8
 *   3  width − 1  uint16     5  height − 1      uint16
 *   7  step  float32, of lossy pictures
 *   11 quaternion of the colors  4 × int16, of lossy pictures in color
 */
const flag = { lossless: 1, color: 2, mirrored: 4, cut: 8 } as const;
const allFlags = flag.lossless | flag.color | flag.mirrored | flag.cut;

/** The longest side. */
const sideLimit = 2 ** 16;
/** Pixels at most: more memory than any photograph needs is not asked for. */
const areaLimit = 2 ** 27;
const planeLimit = 25;
const levelLimit = 15;

/** The file of a picture: its head and its code, of which only so many bytes as given are written. */
export function writePictureFile(head: PictureHead, code: Uint8Array): Uint8Array {
  return writeSections([
    { type: SectionType.picture, content: writeHead(head) },
    { type: SectionType.code, content: code },
  ]);
}

/** How many bytes of code make a file of so many bytes; fewer than 0 where its head alone is longer. */
export function codeBytesOf(head: PictureHead, fileBytes: number): number {
  const headBytes = writeHead(head).length;
  const rest = fileBytes - fileOverhead - headBytes - sectionOverhead(headBytes);
  let length = rest - sectionOverhead(Math.max(rest, 0));
  // A shorter code can need a byte less to tell its length, which is then a byte more of code.
  while (length + 1 + sectionOverhead(length + 1) <= rest) length++;
  return length;
}

/** What a file of one picture, or the beginning of one, contains. */
export interface PictureFile extends PictureOfCode {
  readonly head: PictureHead;
  /** Bytes that are missing from the end of the file; 0 if it is whole. */
  readonly missingBytes: number;
}

/** Options of {@link readPictureFile}. */
export interface ReadPictureOptions {
  /**
   * The most pixels that are decoded; 2^27 by default, which no file exceeds. Decoding takes about 100 bytes of memory for each pixel
   * in color, even for a file of a few bytes: a program that reads untrusted files sets a lower limit.
   */
  readonly mostPixels?: number;
}

/**
 * Reads a picture's file. What was cut short gives the picture that the remaining bytes determine. Throws UserError, naming the file, as
 * {@link readPictureHead} does, where the picture is larger than wanted, and where the code ends before the picture does.
 */
export function readPictureFile(
  bytes: Uint8Array,
  name: string,
  options: ReadPictureOptions = {},
): PictureFile {
  const { head, code, missingBytes } = readPictureHead(bytes, name);
  checkPixels(head, name, options);
  // The last missing bytes are the check, not the code.
  const complete = code !== undefined && code.missingBytes <= checkBytes;
  return withMemory(name, head, () => {
    const plan = planOf(head);
    const bytesOfCode = code?.content ?? new Uint8Array(0);
    const isWhole = complete && !head.isCut;
    const { known, finished } = decodePlanes(bytesOfCode, plan, head.startingPlane, isWhole);
    if (isWhole && !finished)
      throw new UserError(`${name} is damaged: its code ends before its picture`, "damaged-file");
    return { raster: pictureOf(head, plan, known), finished, head, missingBytes };
  });
}

/** Throws UserError where a picture has more pixels than wanted. */
export function checkPixels(
  { width, height }: { readonly width: number; readonly height: number },
  name: string,
  { mostPixels = areaLimit }: ReadPictureOptions,
): void {
  if (width * height > mostPixels)
    throw new UserError(
      `${name} has ${width}×${height} pixels; at most ${mostPixels} are decoded`,
      "sizes-do-not-fit",
    );
}

/** What work gives; throws UserError where there is no memory for it. */
function withMemory<T>(name: string, { width, height }: PictureHead, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError && /alloc|array length|too large/i.test(error.message))
      throw new UserError(
        `${name} has ${width}×${height} pixels, for which there is not enough memory`,
        "sizes-do-not-fit",
      );
    throw error;
  }
}

/** What a file of one picture tells without being decoded. */
export interface ReadHead {
  readonly head: PictureHead;
  /** The section of its code, or the beginning of it. */
  readonly code: Section | undefined;
  readonly sections: readonly Section[];
  /** Bytes that are missing from the end of the file, or the least that may be; 0 if it is whole. */
  readonly missingBytes: number;
}

/** The head of the first picture of a file, and the section of its code. Throws UserError where the file is damaged or of another format. */
export function readPictureHead(bytes: Uint8Array, name: string): ReadHead {
  if (!isOfSections(bytes))
    throw new UserError(`${name} is not a compressed picture of version 4`, "unsupported-file");
  const sections = readSections(bytes, name);
  if (sections.some(({ type }) => type === SectionType.set))
    throw new UserError(
      `${name} was coded by a trained model, without which it cannot be decoded`,
      "wrong-kind",
    );
  for (const { type } of sections)
    if (type === type.toUpperCase() && !knownTypes.includes(type))
      throw new UserError(
        `${name} has a section of type ${type}, which this program does not know; a newer one may read it`,
        "unsupported-file",
      );
  const first = sections.find(({ type }) => type === SectionType.picture);
  if (!first || first.missingBytes > 0)
    throw new UserError(`${name} is cut short before its picture begins`, "damaged-file");
  const code = sections.find(({ type }) => type === SectionType.code);
  const missing = sections.at(-1)?.missingBytes ?? 0;
  return {
    head: readHead(first.content, name),
    code,
    sections,
    missingBytes: code ? missing : Math.max(missing, sectionOverhead(0)),
  };
}

const knownTypes: readonly string[] = [SectionType.picture, SectionType.code];

function writeHead(head: PictureHead): Uint8Array {
  const { width, height, channels, levels, coding, startingPlane, isCut } = head;
  if (Math.max(width, height) > sideLimit || width * height > areaLimit)
    throw new UserError(
      `a picture of ${width}×${height} is too large for a compressed file; at most ${sideLimit} along a side and ${areaLimit} pixels fit`,
    );
  const rotation = coding.type === "lossy" ? coding.rotation : undefined;
  const bytes = new Uint8Array(headBytesOf(coding));
  const view = new DataView(bytes.buffer);
  view.setUint8(
    0,
    (coding.type === "lossless" ? flag.lossless : 0) |
      (channels === 3 ? flag.color : 0) |
      (rotation?.isMirrored ? flag.mirrored : 0) |
      (isCut ? flag.cut : 0),
  );
  view.setUint8(1, levels);
  view.setInt8(2, startingPlane);
  view.setUint16(3, width - 1, true);
  view.setUint16(5, height - 1, true);
  if (coding.type === "lossy") view.setFloat32(7, coding.step, true);
  for (const [i, part] of (rotation?.quaternion ?? []).entries())
    view.setInt16(11 + 2 * i, part, true);
  return bytes;
}

const headBytesOf = (coding: Coding): number =>
  coding.type === "lossless" ? 7 : coding.rotation ? 19 : 11;

function readHead(content: Uint8Array, name: string): PictureHead {
  const impossible = () =>
    new UserError(`${name} is damaged: the head of its picture is impossible`, "damaged-file");
  if (content.length < 7) throw impossible();
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const flags = view.getUint8(0);
  const levels = view.getUint8(1);
  const startingPlane = view.getInt8(2);
  const width = view.getUint16(3, true) + 1;
  const height = view.getUint16(5, true) + 1;
  const isLossless = (flags & flag.lossless) !== 0;
  const channels = (flags & flag.color) !== 0 ? 3 : 1;
  const isPossible =
    (flags & ~allFlags) === 0 &&
    levels <= levelLimit &&
    startingPlane >= -1 &&
    startingPlane <= planeLimit &&
    width * height <= areaLimit;
  if (!isPossible) throw impossible();
  const isCut = (flags & flag.cut) !== 0;
  const head = { width, height, channels, levels, startingPlane, isCut } as const;
  if (isLossless) {
    if (content.length !== 7) throw impossible();
    return { ...head, coding: { type: "lossless" } };
  }
  if (content.length !== (channels === 3 ? 19 : 11)) throw impossible();
  const step = view.getFloat32(7, true);
  if (!(step >= 2 ** -20 && step <= 2 ** 20)) throw impossible();
  const rotation = channels === 3 ? readRotation(view, flags) : undefined;
  if (rotation?.quaternion.every((part) => part === 0)) throw impossible();
  return { ...head, coding: { type: "lossy", step, rotation } };
}

function readRotation(view: DataView, flags: number): Rotation {
  const part = (i: number) => view.getInt16(11 + 2 * i, true);
  return {
    quaternion: [part(0), part(1), part(2), part(3)],
    isMirrored: (flags & flag.mirrored) !== 0,
  };
}
