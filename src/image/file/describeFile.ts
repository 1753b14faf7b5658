import { isOfSections, SectionType, sectionsVersion } from "../../codec/file/sections.ts";
import { type Layout, tilesOf, usualLayout } from "../compression/layout/layout.ts";
import { needOf } from "../compression/layout/need.ts";
import type { PictureHead } from "../compression/pictureHead.ts";
import { headerSize, readHeader } from "./container.ts";
import { readPictureHead } from "./pictureFile.ts";

/** What a compressed file says of itself, without its picture being decoded. */
export interface FileDescription {
  /** 1 to 4. */
  readonly version: number;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Bits of a sample. */
  readonly bits: number;
  readonly hasAlpha: boolean;
  /** Colors of a picture that is coded by a list of them; null of others. */
  readonly colors: number | null;
  readonly levels: number;
  readonly lossless: boolean;
  /** The finest threshold, in gray levels; null of a lossless file. */
  readonly step: number | null;
  /** Pixels in a degree of sight by which bands are weighted; null where errors count alike. */
  readonly pixelsPerDegree: number | null;
  /** "none" of a picture that is coded by a list of its colors. */
  readonly wavelet: string;
  /** log2 of the first threshold, in units of the last: as many planes are coded, and one more. */
  readonly startingPlane: number;
  /** Bytes of code that are there. */
  readonly codeBytes: number;
  /** Whether the code was made as the beginning of a longer one. */
  readonly isCut: boolean;
  /** What comes first in the code: quality, or resolution; of the paper's tokens it is quality. */
  readonly order: Layout["order"];
  /** Side of the tiles, and how many there are; null of one code. */
  readonly tiles: { readonly side: number; readonly count: number } | null;
  /** How many bytes of code a smaller picture needs; of a file in the order of resolution, else none. */
  readonly sizes: readonly { readonly size: number; readonly bytes: number }[];
  /** Bytes that are missing from the end of the file, or the least that may be; 0 if it is whole. */
  readonly missingBytes: number;
  /** The parts of a file of version 4; none of others. */
  readonly sections: readonly DescribedSection[];
}

/** A section of a file. */
export interface DescribedSection {
  readonly type: string;
  /** What it holds. */
  readonly holds: string;
  /** Bytes of its content that are there. */
  readonly bytes: number;
}

const contents: Readonly<Record<string, string>> = {
  [SectionType.picture]: "head of the picture",
  [SectionType.alpha]: "opacity of the picture",
  [SectionType.table]: "where parts of the code end",
  [SectionType.code]: "code of the picture",
  [SectionType.profile]: "color profile, ICC",
  [SectionType.camera]: "notes of a camera, EXIF",
};

/** Describes a compressed file of any version, or a beginning of one. Throws UserError, naming the file, where it is damaged or of another format. */
export function describeFile(bytes: Uint8Array, name: string): FileDescription {
  return isOfSections(bytes) ? describeSections(bytes, name) : describeTokens(bytes, name);
}

function describeSections(bytes: Uint8Array, name: string): FileDescription {
  const { head, alpha, code, sections, missingBytes } = readPictureHead(bytes, name);
  const { width, height, channels, levels, coding, startingPlane, isCut, depth } = head;
  const isLossless = coding.type !== "lossy";
  const layout = head.layout ?? usualLayout;
  return {
    ...{ version: sectionsVersion, width, height, channels, levels, lossless: isLossless },
    ...{ bits: depth?.bits ?? 8, hasAlpha: alpha !== undefined },
    step: isLossless ? null : coding.step,
    pixelsPerDegree: isLossless ? null : (coding.pixelsPerDegree ?? null),
    colors: coding.type === "indexed" ? coding.count : null,
    wavelet: coding.type === "indexed" ? "none" : isLossless ? "cdf5/3" : "cdf9/7",
    ...{ startingPlane, codeBytes: code?.content.length ?? 0, isCut, missingBytes },
    order: layout.order,
    tiles: tilesOfLayout(head, layout.tileSide),
    sizes: layout.order === "quality" ? [] : sizesOf(head, code?.content.length ?? 0),
    sections: sections.map(({ type, content }) => ({
      ...{ type, holds: contents[type] ?? "unknown", bytes: content.length },
    })),
  };
}

const tilesOfLayout = (head: PictureHead, side: number | undefined) =>
  side === undefined ? null : { side, count: tilesOf(head, side).length };

/** The sizes of a file in the order of resolution, the smallest first, with the bytes of code that each needs. */
const sizesOf = (head: PictureHead, codeBytes: number): FileDescription["sizes"] =>
  Array.from({ length: head.levels + 1 }, (_, level) => {
    const omitted = head.levels - level;
    const { parts } = needOf(head, { omitted });
    const bytes = parts.reduce(
      (sum, { from, to }) => sum + Math.max(Math.min(to, codeBytes) - from, 0),
      0,
    );
    return { size: Math.ceil(Math.max(head.width, head.height) / 2 ** omitted), bytes };
  });

function describeTokens(bytes: Uint8Array, name: string): FileDescription {
  const { language, startingPlane, payloadLength } = readHeader(bytes, name);
  const { width, height, color, levels, lossless, finest, waveletName, tokens } = language;
  const codeBytes = bytes.length - headerSize;
  return {
    ...{ version: bytes[4]!, width, height, channels: color === "gray" ? 1 : 3, levels },
    ...{ bits: 8, hasAlpha: false, colors: null },
    ...{ lossless: !!lossless, step: lossless ? null : 255 * finest, wavelet: waveletName },
    pixelsPerDegree: null,
    startingPlane: startingPlane - tokens.finestPlane,
    ...{ codeBytes, isCut: false, missingBytes: Math.max(payloadLength - codeBytes, 0) },
    ...{ order: "quality", tiles: null, sizes: [] },
    sections: [],
  };
}
