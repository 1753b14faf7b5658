import {
  checkBytes,
  isOfSections,
  readSections,
  refuseUnknown,
  type Section,
  SectionType,
  sectionOverhead,
  writeSections,
} from "../../codec/file/sections.ts";
import { UserError } from "../../errors/userError.ts";
import type { PictureOfCode } from "../compression/codePicture.ts";
import { type CodedSet, picturesOfSet } from "../compression/codeSet.ts";
import type { PictureHead } from "../compression/pictureHead.ts";
import { decodeNames, encodeNames } from "./names.ts";
import type { ReadPictureOptions } from "./pictureFile.ts";
import { readHead, writeHead } from "./pictureHeadBytes.ts";
import { checkPixels } from "./pixelLimit.ts";
import { readRuns, writeRuns } from "./runs.ts";

/** The file of a set; `names` is the section of its pictures' names, or none. */
export const writeSetFile = ({ heads, code }: CodedSet, names: NamesSection): Uint8Array =>
  writeSections([
    { type: SectionType.set, content: writeRuns(heads.map(writeHead)) },
    ...names,
    { type: SectionType.code, content: code },
  ]);

type NamesSection = readonly Pick<Section, "type" | "content">[];

/** The section of pictures' names, without endings, if there are some. Throws UserError where a name cannot be one, or two are the same. */
export const namesSection = (names: readonly string[] | undefined): NamesSection =>
  names ? [{ type: SectionType.names, content: encodeNames(names) }] : [];

/** Whether a file is a set that no model has coded. */
export const isSetFile = (bytes: Uint8Array, name: string): boolean =>
  isOfSections(bytes) && readSections(bytes, name)[0]?.type === SectionType.set;

/** What a set tells before its code. */
export interface SetSections {
  /** The content of its first section. */
  readonly first: Uint8Array;
  readonly code: Section | undefined;
  /** Bytes that are missing from the end of the file, or the least that may be; 0 if it is whole. */
  readonly missingBytes: number;
  /** Names of so many pictures; undefined where the file has none, or was cut short before their end. */
  namesOf(count: number): readonly string[] | undefined;
}

/** Reads the sections of a set, of which the first has this type. Throws UserError, naming the file, where it is cut short there, or damaged. */
export function readSetSections(bytes: Uint8Array, type: string, name: string): SetSections {
  if (!isOfSections(bytes))
    throw new UserError(`${name} is not a compressed picture of version 4`, "unsupported-file");
  const sections = readSections(bytes, name);
  const [first] = sections;
  if (first && first.type !== type)
    throw new UserError(
      `${name} is not a set ${type === SectionType.model ? "that a model has coded" : "of pictures without a model"}`,
      "wrong-kind",
    );
  if (!first || first.missingBytes > 0)
    throw new UserError(`${name} is cut short before its pictures begin`, "damaged-file");
  refuseUnknown(sections.slice(1), [SectionType.code], name);
  const code = sections.find((one) => one.type === SectionType.code);
  const names = sections.find((one) => one.type === SectionType.names && one.missingBytes === 0);
  const missing = sections.at(-1)?.missingBytes ?? 0;
  return {
    first: first.content,
    code,
    missingBytes: code ? missing : Math.max(missing, sectionOverhead(0)),
    namesOf: (count) => names && decodeNames(names.content, count, name),
  };
}

/** A set, or the beginning of one. */
export interface SetFile {
  /** The head of each picture of the whole file. */
  readonly heads: readonly PictureHead[];
  readonly names: readonly string[] | undefined;
  readonly codeBytes: number;
  readonly missingBytes: number;
  /** Decodes the pictures one after another, as many as the bytes at hand tell whole. */
  pictures(): Iterable<PictureOfCode>;
}

/** Reads a set. Throws UserError, naming the file, where it is damaged; `pictures` where their code is, so far as that shows. */
export function readSetFile(
  bytes: Uint8Array,
  name: string,
  options: ReadPictureOptions = {},
): SetFile {
  const { first, code, missingBytes, namesOf } = readSetSections(bytes, SectionType.set, name);
  const heads = readRuns(first, (head) => readHead(head, name), name);
  for (const head of new Set(heads)) checkPixels(head, name, options);
  const complete = code !== undefined && code.missingBytes <= checkBytes;
  return {
    ...{ heads, names: namesOf(heads.length), codeBytes: code?.content.length ?? 0, missingBytes },
    *pictures() {
      const content = code?.content ?? new Uint8Array(0);
      let whole = 0;
      for (const picture of picturesOfSet(heads, content, complete)) {
        if (!picture.finished) break;
        whole++;
        yield picture;
      }
      if (complete && whole < heads.length)
        throw new UserError(
          `${name} is damaged: its code ends before its pictures`,
          "damaged-file",
        );
    },
  };
}
