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
} from "../codec/file/sections.ts";
import type { NpyData } from "../data/formats/npy.ts";
import { UserError } from "../errors/userError.ts";
import type { ArrayHead, CodedArray, Corrections } from "./arrayHead.ts";
import { readArrayHead, writeArrayHead } from "./arrayHeadBytes.ts";
import { sampleCount } from "./axes.ts";
import type { ElementType } from "./elements.ts";
import { sampleLimit } from "./prepare.ts";
import { type PartOfCode, samplesOf, storedBytes, storedSamples } from "./reconstruct.ts";

/** Bytes of corrections before their code: the unit, float64, and the starting plane, int8. */
const correctionsHead = 9;

/** The file of an array: its head, the values of a list, its code, and corrections. */
export function writeArrayFile({ head, code, values, corrections }: CodedArray): Uint8Array {
  return writeSections([
    { type: SectionType.array, content: writeArrayHead(head) },
    ...(values ? [{ type: SectionType.values, content: valueBytes(head.element, values) }] : []),
    { type: SectionType.code, content: code },
    ...(corrections
      ? [{ type: SectionType.corrections, content: correctionBytes(corrections) }]
      : []),
  ]);
}

/** Bytes of a file of about so many that are not code. */
export function bytesBesideCode(head: ArrayHead, fileBytes: number): number {
  const headBytes = writeArrayHead(head).length;
  return fileOverhead + headBytes + sectionOverhead(headBytes) + sectionOverhead(fileBytes);
}

function valueBytes({ zeros }: ElementType, values: readonly number[]): Uint8Array {
  const data = zeros(values.length);
  for (const [i, value] of values.entries()) data[i] = value;
  return storedBytes(data);
}

function correctionBytes({ unit, startingPlane, code }: Corrections): Uint8Array {
  const bytes = new Uint8Array(correctionsHead + code.length);
  const view = new DataView(bytes.buffer);
  view.setFloat64(0, unit, true);
  view.setInt8(8, startingPlane);
  bytes.set(code, correctionsHead);
  return bytes;
}

/** What the file of an array says of itself before it is decoded. */
export interface ArrayFileHead {
  readonly head: ArrayHead;
  readonly sections: readonly Section[];
  /** Bytes that are missing from the end of the file, or the least that may be; 0 if it is whole. */
  readonly missingBytes: number;
}

const knownTypes: readonly string[] = [
  SectionType.array,
  SectionType.values,
  SectionType.code,
  SectionType.corrections,
];

const pictureTypes: readonly string[] = [SectionType.picture, SectionType.set, SectionType.model];

/** Whether a file is one of an array. Throws UserError where it is damaged. */
export const isArrayFile = (bytes: Uint8Array, name: string): boolean =>
  isOfSections(bytes) && readSections(bytes, name).some(({ type }) => type === SectionType.array);

/** The head of an array's file, or of the beginning of one. Throws UserError, naming the file, where it is damaged or of another kind. */
export function readArrayFileHead(bytes: Uint8Array, name: string): ArrayFileHead {
  if (!isOfSections(bytes))
    throw new UserError(`${name} is not a compressed array`, "unsupported-file");
  const sections = readSections(bytes, name);
  if (sections.some(({ type }) => pictureTypes.includes(type)))
    throw new UserError(
      `${name} holds a picture and not an array; decodePicture reads it`,
      "wrong-kind",
    );
  if (sections.some(({ type }) => type === SectionType.field))
    throw new UserError(`${name} holds a field and not an array`, "unsupported-file");
  refuseUnknown(sections, knownTypes, name);
  const first = sections.find(({ type }) => type === SectionType.array);
  if (!first || first.missingBytes > 0)
    throw new UserError(`${name} is cut short before its array begins`, "damaged-file");
  const head = readArrayHead(first.content, name);
  const has = (type: string) => sections.some((section) => section.type === type);
  const isThere = has(SectionType.code) && (!head.isCorrected || has(SectionType.corrections));
  const missing = sections.at(-1)?.missingBytes ?? 0;
  return {
    ...{ head, sections },
    missingBytes: isThere ? missing : Math.max(missing, sectionOverhead(0)),
  };
}

/** What the file of an array contains. */
export interface ArrayFile extends Omit<ArrayFileHead, "sections"> {
  readonly data: NpyData;
  /** Whether all codes were decoded to their ends. */
  readonly finished: boolean;
}

/** Options of {@link readArrayFile}. */
export interface ReadArrayOptions {
  /** The most samples that are decoded; 2^27 by default, which no file exceeds. A sample takes about 100 bytes of memory. */
  readonly mostSamples?: number;
}

/**
 * Reads the file of an array. What was cut short gives the array that the remaining bytes determine. Throws UserError, naming the file, where it is
 * damaged, of another kind, or larger than wanted.
 */
export function readArrayFile(
  bytes: Uint8Array,
  name: string,
  { mostSamples = sampleLimit }: ReadArrayOptions = {},
): ArrayFile {
  const { head, sections, missingBytes } = readArrayFileHead(bytes, name);
  const { shape, coding, isCut } = head;
  if (sampleCount(shape) > mostSamples)
    throw new UserError(
      `${name} has ${sampleCount(shape)} samples; at most ${mostSamples} are decoded`,
      "sizes-do-not-fit",
    );
  const section = (type: string) => sections.find((one) => one.type === type);
  const code = partOf(section(SectionType.code));
  const values =
    coding.type === "whole" && coding.isListed
      ? readValues(head, section(SectionType.values), name)
      : undefined;
  const corrections = head.isCorrected
    ? readCorrections(section(SectionType.corrections), name)
    : undefined;
  const isWhole = code.complete && missingBytes === 0;
  const samples = decoded(name, shape, () => samplesOf(head, code, values, corrections));
  if (samples.data.some(Number.isNaN))
    throw new UserError(`${name} is damaged: a sample of its array is no number`, "damaged-file");
  if (isWhole && !isCut && !samples.finished)
    throw new UserError(`${name} is damaged: its code ends before its array`, "damaged-file");
  return {
    head,
    missingBytes,
    data: samples.data,
    finished: samples.finished && missingBytes === 0,
  };
}

const partOf = (section: Section | undefined): PartOfCode => ({
  bytes: section?.content ?? new Uint8Array(0),
  // The last missing bytes are the check, not the code.
  complete: section !== undefined && section.missingBytes <= checkBytes,
});

function readValues(
  { element }: ArrayHead,
  section: Section | undefined,
  name: string,
): readonly number[] {
  const bytes = section?.content ?? new Uint8Array(0);
  if (section === undefined || section.missingBytes > checkBytes)
    throw new UserError(`${name} is cut short before the values of its array`, "damaged-file");
  const count = bytes.length / element.bytes;
  const values =
    Number.isInteger(count) && count > 0 ? [...storedSamples(bytes, element, count)] : [];
  if (values.length === 0 || !values.every(Number.isFinite))
    throw new UserError(
      `${name} is damaged: the values of its array are impossible`,
      "damaged-file",
    );
  return values;
}

function readCorrections(section: Section | undefined, name: string) {
  if (!section || (section.missingBytes > 0 && section.content.length < correctionsHead))
    return undefined;
  const { content } = section;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const unit = content.length < correctionsHead ? Number.NaN : view.getFloat64(0, true);
  const startingPlane = unit > 0 ? view.getInt8(8) : -2;
  if (!(unit > 0 && Number.isFinite(unit) && startingPlane >= -1 && startingPlane <= 25))
    throw new UserError(`${name} is damaged: its corrections are impossible`, "damaged-file");
  const { complete } = partOf(section);
  return { unit, startingPlane, code: { bytes: content.subarray(correctionsHead), complete } };
}

/** What work gives; throws UserError where there is no memory for it, or where numbers exceed 32 bits, as those of a file that was made so. */
function decoded<T>(name: string, shape: readonly number[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (/32 bits/.test(error.message))
      throw new UserError(`${name} is damaged: its numbers are too large`, "damaged-file");
    if (/alloc|array length|too large/i.test(error.message))
      throw new UserError(
        `${name} has ${shape.join("×")} samples, for which there is not enough memory`,
        "sizes-do-not-fit",
      );
    throw error;
  }
}
