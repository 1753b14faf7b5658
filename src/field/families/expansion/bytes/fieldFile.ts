import {
  checkBytes,
  fileOverhead,
  isOfSections,
  readSections,
  SectionType,
  sectionOverhead,
  writeSections,
} from "../../../../codec/file/sections.ts";
import { UserError } from "../../../../errors/userError.ts";
import type { Expansion } from "../sparseFit.ts";
import { expansionCoder, scaledBy } from "./expansionCoder.ts";
import { type FieldHead, readFieldHead, writeFieldHead } from "./fieldHead.ts";

/** The file of a field: its head and its code. */
export const writeFieldFile = (head: FieldHead, code: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    writeSections([
      { type: SectionType.field, content: writeFieldHead(head) },
      { type: SectionType.code, content: code },
    ]),
  );

/** How many bytes of code make a file of so many bytes; fewer than 0 where the head alone is longer. */
export function codeBytesOf(head: FieldHead, fileBytes: number): number {
  const headBytes = writeFieldHead(head).length;
  const rest = fileBytes - fileOverhead - headBytes - sectionOverhead(headBytes);
  let length = rest - sectionOverhead(Math.max(rest, 0));
  // A shorter code can need a byte less to tell its length, which is then a byte more of code.
  while (length + 1 + sectionOverhead(length + 1) <= rest) length++;
  return length;
}

/** Whether a file, or the beginning of one, is of a field. Throws UserError, naming the file, where a section is damaged. */
export const isFieldFile = (bytes: Uint8Array, name: string): boolean =>
  isOfSections(bytes) && readSections(bytes, name).some(({ type }) => type === SectionType.field);

/** What a compressed field tells before its code is decoded. */
export interface FieldFileHead {
  readonly head: FieldHead;
  readonly code: Uint8Array;
  /** Whether the code is there to its end. */
  readonly complete: boolean;
  /** Bytes that are missing from the end of the file, or the least that may be; 0 if it is whole. */
  readonly missingBytes: number;
}

/** Reads the head of a field's file, or of a beginning of it. Throws UserError, naming the file, where it is damaged or of another format. */
export function readFieldFileHead(bytes: Uint8Array, name: string): FieldFileHead {
  if (!isOfSections(bytes))
    throw new UserError(`${name} is not a compressed field`, "unsupported-file");
  const sections = readSections(bytes, name);
  const first = sections.find(({ type }) => type === SectionType.field);
  if (!first) throw new UserError(`${name} holds no field`, "wrong-kind");
  if (first.missingBytes > 0)
    throw new UserError(`${name} is cut short before its field begins`, "damaged-file");
  const code = sections.find(({ type }) => type === SectionType.code);
  const missing = sections.at(-1)?.missingBytes ?? 0;
  return {
    head: readFieldHead(first.content, name),
    code: code?.content ?? new Uint8Array(0),
    // The last missing bytes are the check, not the code.
    complete: code !== undefined && code.missingBytes <= checkBytes,
    missingBytes: code ? missing : Math.max(missing, sectionOverhead(0)),
  };
}

/** A field of a file, or of a beginning of one. */
export interface FieldOfFile {
  readonly head: FieldHead;
  readonly expansion: Expansion;
  /** Whether the code was decoded to its end. */
  readonly finished: boolean;
  /** Bytes that are missing from the end of the file; 0 if it is whole. */
  readonly missingBytes: number;
}

/**
 * Reads a compressed field: the expansion whose coefficients are expected of all that the bytes tell. What was cut short gives a coarser field.
 * Throws UserError, naming the file, where it is damaged or of another format.
 */
export function readFieldFile(bytes: Uint8Array, name: string): FieldOfFile {
  const { head, code, complete, missingBytes } = readFieldFileHead(bytes, name);
  const { grid, channels, step, startingPlane, isCut } = head;
  const coder = expansionCoder(grid, channels);
  const isWhole = complete && !isCut;
  const { known, finished } = coder.decode(code, startingPlane, isWhole);
  if (isWhole && !finished)
    throw new UserError(`${name} is damaged: its code ends before its field`, "damaged-file");
  const coefficients = scaledBy(coder.expected(known, step), coder.inverses);
  return { head, expansion: { grid, channels, coefficients }, finished, missingBytes };
}
