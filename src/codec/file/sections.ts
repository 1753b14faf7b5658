import { UserError } from "../../errors/userError.ts";
import { crc32 } from "./crc32.ts";

/*
 * A file of sections, little-endian:
 *
 *   magic "ONDL", version 4, then sections:
 *   type      one letter; a small one may be skipped by a reader that does not know it
 *   length    of the content, 7 bits a byte, the lowest first; the highest bit says that more follow
 *   content
 *   CRC-32    of type, length and content, uint32
 */
const magic = [0x4f, 0x4e, 0x44, 0x4c] as const;

/** The version of files of sections. */
export const sectionsVersion = 4;

/** Types of sections; none ever changes its meaning. */
export const SectionType = {
  /** What a decoder has to know of a picture before its code. */
  picture: "P",
  /** The heads of the pictures of a set. */
  set: "S",
  /** The model that has coded pictures, and their sizes. */
  model: "M",
  /** Names of the pictures of a set. */
  names: "n",
  /** How opaque the picture's pixels are: a head and a code. */
  alpha: "A",
  /** Where the parts of a picture's code end: its tiles and levels. */
  table: "T",
  /** The code of the picture or the pictures before it. */
  code: "C",
  /** What a decoder has to know of an array before its code. */
  array: "N",
  /** The values of an array that has few of them. */
  values: "V",
  /** What corrects samples of an array that its code leaves too wrong. */
  corrections: "O",
  /** Head of a field, in the place of a picture's: `src/field/bytes` reads and writes it. */
  field: "F",
  /** A color profile, ICC. */
  profile: "i",
  /** What a camera noted, EXIF. */
  camera: "e",
} as const;

/** A part of a file. */
export interface Section {
  readonly type: string;
  readonly content: Uint8Array;
  /** Bytes that are missing from its end, or the least that may be where its length is missing too; it is the last one of the file then. */
  readonly missingBytes: number;
}

/** Bytes of the check at the end of a section. */
export const checkBytes = 4;
/** Bytes of a section beside its content. */
export const sectionOverhead = (length: number): number =>
  1 + lengthBytes(length).length + checkBytes;
/** Bytes before the first section. */
export const fileOverhead = magic.length + 1;

/** The file of sections. */
export function writeSections(sections: readonly Pick<Section, "type" | "content">[]): Uint8Array {
  const parts = sections.map(({ type, content }) => {
    const length = lengthBytes(content.length);
    const bytes = new Uint8Array(1 + length.length + content.length + checkBytes);
    bytes[0] = type.charCodeAt(0);
    bytes.set(length, 1);
    bytes.set(content, 1 + length.length);
    const end = bytes.length - checkBytes;
    new DataView(bytes.buffer).setUint32(end, crc32(bytes.subarray(0, end)), true);
    return bytes;
  });
  const file = new Uint8Array(fileOverhead + parts.reduce((sum, { length }) => sum + length, 0));
  file.set([...magic, sectionsVersion]);
  let at = fileOverhead;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** Whether a file begins as one of sections does. */
export const isOfSections = (bytes: Uint8Array): boolean =>
  magic.every((byte, i) => bytes[i] === byte) && bytes[magic.length] === sectionsVersion;

/**
 * The sections of a file, or of the beginning of one: the last section may be cut short. Throws UserError, naming the file, where one is damaged;
 * of one that is cut short that cannot be known.
 */
export function readSections(bytes: Uint8Array, name: string): readonly Section[] {
  const sections: Section[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = fileOverhead;
  while (at < bytes.length) {
    const type = String.fromCharCode(bytes[at]!);
    if (!/[A-Za-z]/.test(type)) throw damaged(name, `at byte ${at} no section begins`);
    let from = at + 1;
    let length = 0;
    for (let unit = 1; ; unit *= 128) {
      if (from === bytes.length) {
        const content = bytes.subarray(from);
        sections.push({ type, content, missingBytes: 1 + checkBytes });
        return sections; // its length is not known
      }
      const byte = bytes[from++]!;
      length += (byte & 127) * unit;
      if (length > 2 ** 40) throw damaged(name, `the section at byte ${at} is too long`);
      if (byte < 128) break;
    }
    const end = from + length;
    if (end + checkBytes > bytes.length) {
      const content = bytes.subarray(from, Math.min(end, bytes.length));
      sections.push({ type, content, missingBytes: end + checkBytes - bytes.length });
      return sections;
    }
    if (view.getUint32(end, true) !== crc32(bytes.subarray(at, end)))
      throw damaged(name, `the section at byte ${at} does not match its checksum`);
    sections.push({ type, content: bytes.subarray(from, end), missingBytes: 0 });
    at = end + checkBytes;
  }
  return sections;
}

/** The beginning of a section. */
export interface SectionHead {
  readonly type: string;
  /** Bytes before its content. */
  readonly headBytes: number;
  /** Bytes of its content. */
  readonly length: number;
  /** Bytes of the whole section. */
  readonly end: number;
}

/** Reads the beginning of a section; undefined where it is none, or its length is not told by the bytes at hand. */
export function sectionHead(bytes: Uint8Array): SectionHead | undefined {
  const type = String.fromCharCode(bytes[0] ?? 0);
  if (!/[A-Za-z]/.test(type)) return undefined;
  let length = 0;
  for (let at = 1, unit = 1; at < bytes.length; at++, unit *= 128) {
    const byte = bytes[at]!; // within the bytes
    length += (byte & 127) * unit;
    if (byte < 128) {
      const headBytes = at + 1;
      return { type, headBytes, length, end: headBytes + length + checkBytes };
    }
  }
  return undefined;
}

const damaged = (name: string, reason: string): UserError =>
  new UserError(`${name} is damaged: ${reason}`, "damaged-file");

/** A number of 7 bits a byte. */
export function lengthBytes(length: number): number[] {
  const bytes: number[] = [];
  let rest = length;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** Throws UserError, naming the file, where it has a section with a capital letter that is not among the known types. */
export function refuseUnknown(
  sections: readonly Section[],
  known: readonly string[],
  name: string,
): void {
  for (const { type } of sections)
    if (type === type.toUpperCase() && !known.includes(type))
      throw new UserError(
        `${name} has a section of type ${type}, which this program does not know; a newer one may read it`,
        "unsupported-file",
      );
}
