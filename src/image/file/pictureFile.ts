import {
  checkBytes,
  fileOverhead,
  isOfSections,
  readSections,
  refuseUnknown,
  type Section,
  SectionType,
  sectionOverhead,
  writeSections,
} from "../../codec/file/sections.ts";
import { UserError } from "../../errors/userError.ts";
import type { CodedPicture, PictureOfCode } from "../compression/codePicture.ts";
import { resized } from "../compression/layout/crop.ts";
import { bytesOfCode } from "../compression/layout/decodeView.ts";
import type { PictureHead } from "../compression/pictureHead.ts";
import { beginningHead, impossibleHead, readHead, writeHead } from "./pictureHeadBytes.ts";
import { readTable, tableBytes, writeTable } from "./pictureTable.ts";
import { type PixelLimit, withMemory } from "./pixelLimit.ts";
import { checkWanted, viewOf, viewPicture, type Wanted } from "./viewPicture.ts";

/** What a file can hold beside the colors of a picture. */
export interface Extras {
  /** How opaque its pixels are, coded as a gray picture. */
  readonly alpha?: CodedPicture | undefined;
  /** The ICC profile of its colors. */
  readonly profile?: Uint8Array | undefined;
  /** What a camera noted, EXIF. */
  readonly camera?: Uint8Array | undefined;
}

/** What a file keeps of its picture's origin. */
export type Origin = Pick<Extras, "profile" | "camera">;

/** The file of a picture: its head, what there is beside its colors, and its code. */
export function writePictureFile(
  head: PictureHead,
  code: Uint8Array,
  extras: Extras = {},
): Uint8Array {
  const { layout } = head;
  return writeSections([
    { type: SectionType.picture, content: writeHead(head) },
    ...extraSections(extras),
    ...(layout ? [{ type: SectionType.table, content: writeTable(head, layout) }] : []),
    { type: SectionType.code, content: code },
  ]);
}

function extraSections({ alpha, profile, camera }: Extras): Pick<Section, "type" | "content">[] {
  const sections: Pick<Section, "type" | "content">[] = [];
  if (profile) sections.push({ type: SectionType.profile, content: profile });
  if (camera) sections.push({ type: SectionType.camera, content: camera });
  if (alpha) {
    const head = writeHead(alpha.head);
    const content = new Uint8Array(head.length + alpha.code.length);
    content.set(head);
    content.set(alpha.code, head.length);
    sections.push({ type: SectionType.alpha, content });
  }
  return sections;
}

/** Bytes that a file takes for what is beside the colors. */
export const extraBytesOf = (extras: Extras): number =>
  extraSections(extras).reduce(
    (sum, { content: { length } }) => sum + length + sectionOverhead(length),
    0,
  );

/** How many bytes of code make a file of so many bytes; fewer than 0 where its head alone is longer. */
export function codeBytesOf(head: PictureHead, fileBytes: number): number {
  const headBytes = writeHead(head).length;
  const table = tableBytes(head, head.layout);
  const rest =
    fileBytes -
    (fileOverhead + headBytes + sectionOverhead(headBytes)) -
    (table === undefined ? 0 : table + sectionOverhead(table));
  let length = rest - sectionOverhead(Math.max(rest, 0));
  // A shorter code can need a byte less to tell its length, which is then a byte more of code.
  while (length + 1 + sectionOverhead(length + 1) <= rest) length++;
  return length;
}

/** What a file of one picture, or the beginning of one, contains. */
export interface PictureFile extends PictureOfCode {
  readonly head: PictureHead;
  /** What the file tells of the picture's origin. */
  readonly origin: Origin;
  /** Bytes that are missing from the end of the file; 0 if it is whole. */
  readonly missingBytes: number;
}

/** Options of {@link readPictureFile}. */
export type ReadPictureOptions = PixelLimit & Wanted;

/**
 * Reads a picture's file. What was cut short gives the picture that the remaining bytes determine. Throws UserError, naming the file, as
 * {@link readPictureHead} does, where the picture is larger than wanted or lacks what is wanted, and where the code ends before the picture does.
 */
export function readPictureFile(
  bytes: Uint8Array,
  name: string,
  options: ReadPictureOptions = {},
): PictureFile {
  const { head, alpha, code, sections, missingBytes } = readPictureHead(bytes, name);
  const whole = (wanted: string) =>
    sections.find(({ type, missingBytes }) => type === wanted && missingBytes === 0)?.content;
  const origin = { profile: whole(SectionType.profile), camera: whole(SectionType.camera) };
  // Colors that nobody sees must not come into those at a border: of exact ones the smaller picture is made where opacity is known.
  const { size, ...unsized } = options;
  if (alpha && size !== undefined && head.coding.type !== "lossy") {
    checkWanted(head, options, name);
    const whole = readPictureFile(bytes, name, unsized);
    return { ...whole, raster: withMemory(name, head, () => resized(whole.raster, size)) };
  }
  const colors = viewOfSection(head, code?.content, code?.missingBytes, options, name);
  if (!alpha) return { ...colors, head, origin, missingBytes };
  const opacity = viewOfSection(alpha.head, alpha.code, alpha.missingBytes, options, name);
  return {
    raster: { ...colors.raster, alpha: opacity.raster.data },
    finished: colors.finished && opacity.finished,
    ...{ head, origin, missingBytes },
  };
}

/** What is wanted of the picture of a section's code; of none where the file ends before it. */
function viewOfSection(
  head: PictureHead,
  code: Uint8Array | undefined,
  missingBytes = Infinity,
  options: ReadPictureOptions,
  name: string,
): PictureOfCode {
  const view = viewOf(head, options, name);
  // The last missing bytes are the check, not the code.
  const bytesOf = bytesOfCode(head, code ?? new Uint8Array(0), missingBytes <= checkBytes);
  return viewPicture(head, view, options, bytesOf, name);
}

/** What a file of one picture tells without being decoded. */
export interface ReadHead {
  readonly head: PictureHead;
  /** How opaque its pixels are; undefined where the file ends before it is told, or is opaque. */
  readonly alpha: CodedAlpha | undefined;
  /** The section of its code, or the beginning of it. */
  readonly code: Section | undefined;
  readonly sections: readonly Section[];
  /** Bytes that are missing from the end of the file, or the least that may be; 0 if it is whole. */
  readonly missingBytes: number;
}

/** The section of alpha, or the beginning of it. */
export interface CodedAlpha extends CodedPicture {
  readonly missingBytes: number;
}

/** The head of the first picture of a file, and the section of its code. Throws UserError where the file is damaged or of another format. */
export function readPictureHead(bytes: Uint8Array, name: string): ReadHead {
  if (!isOfSections(bytes))
    throw new UserError(`${name} is not a compressed picture of version 4`, "unsupported-file");
  const sections = readSections(bytes, name);
  if (sections[0]?.type === SectionType.set)
    throw new UserError(
      `${name} is a set of pictures, not one; decodeSet decodes it`,
      "wrong-kind",
    );
  if (sections[0]?.type === SectionType.model)
    throw new UserError(
      `${name} was coded by a trained model, without which it cannot be decoded`,
      "wrong-kind",
    );
  if (sections.some(({ type }) => type === SectionType.array))
    throw new UserError(
      `${name} holds an array and not a picture; decodeArray reads it`,
      "wrong-kind",
    );
  if (sections.some(({ type }) => type === SectionType.field))
    throw new UserError(
      `${name} holds a field and not a picture; openPackedField opens it`,
      "wrong-kind",
    );
  refuseUnknown(sections, knownTypes, name);
  const first = sections.find(({ type }) => type === SectionType.picture);
  if (!first || first.missingBytes > 0)
    throw new UserError(`${name} is cut short before its picture begins`, "damaged-file");
  const code = sections.find(({ type }) => type === SectionType.code);
  const missing = sections.at(-1)?.missingBytes ?? 0;
  const head = readHead(first.content, name);
  return {
    head: withTable(head, sections, name),
    alpha: readAlpha(sections, head, name),
    code,
    sections,
    missingBytes: code ? missing : Math.max(missing, sectionOverhead(0)),
  };
}

const knownTypes: readonly string[] = [
  SectionType.picture,
  SectionType.alpha,
  SectionType.table,
  SectionType.code,
];

/** A head with what the table of its code tells; without a table its parts are not known. */
function withTable(head: PictureHead, sections: readonly Section[], name: string): PictureHead {
  const table = sections.find(({ type }) => type === SectionType.table);
  if (!head.layout || !table || table.missingBytes > 0) return head;
  const parts = readTable(table.content, head, head.layout, name);
  return { ...head, layout: { ...head.layout, parts } };
}

/** Bytes of a head at most: the beginning of a section of alpha that is shorter tells nothing. */
const longestHead = 20;

function readAlpha(
  sections: readonly Section[],
  { width, height, depth }: PictureHead,
  name: string,
): CodedAlpha | undefined {
  const section = sections.find(({ type }) => type === SectionType.alpha);
  if (!section) return undefined;
  const { content, missingBytes } = section;
  if (missingBytes > 0 && content.length < longestHead) return undefined;
  const { head, length } = beginningHead(content, name);
  const isOfPicture =
    head.width === width &&
    head.height === height &&
    head.channels === 1 &&
    (head.depth === undefined) === (depth === undefined);
  if (!isOfPicture) throw impossibleHead(name);
  return { head, code: content.subarray(length), missingBytes };
}
