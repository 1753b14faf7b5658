import { fileOverhead, isOfSections, SectionType, sectionHead } from "../../codec/file/sections.ts";
import { joinBytes } from "../../data/files/joinBytes.ts";
import type { Picture } from "../../data/images/picture.ts";
import type { PartBytes } from "../compression/layout/decodeView.ts";
import type { NeededPart } from "../compression/layout/need.ts";
import { type DecodePictureOptions, decodePicture } from "./decodePicture.ts";
import { readPictureFile, readPictureHead } from "./pictureFile.ts";
import { viewOf, viewPicture } from "./viewPicture.ts";

/** Reads the bytes of a file from `from` up to `to` (Infinity is its end), or fewer where it ends before. */
export type ReadRange = (from: number, to: number) => Promise<Uint8Array>;

/** A picture of which only some bytes were read. */
export interface PictureOfRanges {
  readonly raster: Picture;
  /** Whether nothing makes the picture finer. */
  readonly finished: boolean;
  /** The ICC profile of its colors, if the file has one. */
  readonly profile: Uint8Array | undefined;
  /** What a camera noted, EXIF, if the file has it and it was asked for. */
  readonly camera: Uint8Array | undefined;
  /** Bytes of the file that were read. */
  readonly bytesRead: number;
  /** Bytes that are needed, and that the file does not have; 0 where it is whole as far as was read. */
  readonly missingBytes: number;
}

/** Options of {@link decodePictureFrom}. */
export interface DecodeRangesOptions extends DecodePictureOptions {
  /** Whether to read what a camera noted too, which is often longer than a small picture; no by default. */
  readonly withCamera?: boolean;
}

/**
 * Decodes a size or a region of a compressed picture and reads only the bytes of the file that this needs: of one in the order of resolution
 * its coarse levels, of one in tiles the tiles that meet the region. Where all is needed all is read. The checksum of a code that is
 * not read whole cannot be checked. Throws UserError as {@link decodePicture} does, and what `read` throws.
 *
 * @example
 * ```ts
 * import { decodePictureFrom, encodePictureLosslessly } from "ondelette/codec";
 *
 * const data = Uint8Array.from({ length: 256 * 256 }, (_, i) => (i % 256) ^ (i >> 9));
 * const picture = { width: 256, height: 256, channels: 1, data } as const;
 * const { file } = encodePictureLosslessly(picture, { order: "resolution" });
 * const read = async (from: number, to: number) => file.subarray(from, to); // in a page: httpRanges(url)
 * const { raster, bytesRead } = await decodePictureFrom(read, { size: 32 });
 * console.log(raster.width, bytesRead < file.length / 4);
 * // → 32 true
 * ```
 */
export async function decodePictureFrom(
  read: ReadRange,
  { withCamera = false, ...options }: DecodeRangesOptions = {},
): Promise<PictureOfRanges> {
  const { name = "the picture" } = options;
  const source = counted(read);
  const near = windowed(source.read);
  const all = async () => {
    const bytes = await near(0, Infinity);
    if (!isOfSections(bytes))
      return { ...decodePicture(bytes, options), ...nothingBeside, bytesRead: bytes.length };
    const { raster, finished, missingBytes, origin } = readPictureFile(bytes, name, options);
    const { profile } = origin;
    const camera = withCamera ? origin.camera : undefined;
    return { raster, finished, profile, camera, missingBytes, bytesRead: source.bytesRead() };
  };
  const found = await findCode(near, withCamera ? [...headTypes, SectionType.camera] : headTypes);
  if (!found) return all();
  const { headSections, codeFrom, codeLength } = found;
  const { head, sections } = readPictureHead(headSections, name);
  const contentOf = (wanted: string) => sections.find(({ type }) => type === wanted)?.content;
  const profile = contentOf(SectionType.profile);
  const camera = contentOf(SectionType.camera);
  const view = viewOf(head, options, name);
  const { parts } = view.need;
  const needed = parts.reduce(
    (sum, { from, to }) => sum + Math.max(Math.min(to, codeLength) - from, 0),
    0,
  );
  if (needed >= codeLength) return all();
  const pieces = await readAll(near, parts, codeFrom, codeLength);
  const bytesOf = (part: NeededPart): PartBytes => {
    const own = pieces.get(part) ?? new Uint8Array(0);
    const { from, to, end } = part;
    const last = end === Infinity ? codeLength : end;
    const isThere = last <= codeLength && from + own.length >= last;
    return { bytes: own, isComplete: !head.isCut && isThere && to >= last };
  };
  const picture = viewPicture(head, view, options, bytesOf, name);
  const there = [...pieces.values()].reduce((sum, { length }) => sum + length, 0);
  const bytesRead = source.bytesRead();
  return { ...picture, profile, camera, bytesRead, missingBytes: needed - there };
}

/** What files of tokens have beside their picture. */
const nothingBeside = { profile: undefined, camera: undefined };

/** A reader that counts what it reads. */
function counted(read: ReadRange): { readonly read: ReadRange; bytesRead(): number } {
  let sum = 0;
  return {
    async read(from, to) {
      const bytes = await read(from, to);
      sum += bytes.length;
      return bytes;
    },
    bytesRead: () => sum,
  };
}

/** Bytes that are read at once where few are looked at. */
const windowBytes = 2048;

/** A reader that remembers what it read last. `ahead` is how many bytes it reads at least. */
type WindowedRead = (from: number, to: number, ahead?: number) => Promise<Uint8Array>;

function windowed(read: ReadRange): WindowedRead {
  let start = 0;
  let bytes: Uint8Array = new Uint8Array(0);
  return async (from, to, ahead = 0) => {
    const end = start + bytes.length;
    if (from < start || to > end) {
      const isNext = from >= start && from <= end;
      const known = isNext ? bytes.subarray(from - start) : new Uint8Array(0);
      const next = await read(from + known.length, Math.max(to, from + ahead));
      bytes = joinBytes([known, next]);
      start = from;
    }
    return bytes.subarray(from - start, to - start);
  };
}

/** Where the code of a picture lies, and a file of all that comes before and that its decoder needs. */
interface FoundCode {
  readonly headSections: Uint8Array;
  readonly codeFrom: number;
  readonly codeLength: number;
}

/** The sections that are read whole. Of a picture that is not opaque everything is read. */
const headTypes: readonly string[] = [SectionType.picture, SectionType.table, SectionType.profile];

/** Looks for the code of a file, and keeps the sections of wanted types before it; undefined where its beginning is not that of a picture whose parts can be read alone. */
async function findCode(
  read: WindowedRead,
  wanted: readonly string[],
): Promise<FoundCode | undefined> {
  const magic = await read(0, fileOverhead, windowBytes);
  if (!isOfSections(magic)) return undefined;
  const kept = [magic];
  for (let at = fileOverhead; ; ) {
    const section = sectionHead(await read(at, at + longestHead, windowBytes));
    if (!section) return undefined;
    const { type, headBytes, length, end } = section;
    if (type === SectionType.code)
      return { headSections: joinBytes(kept), codeFrom: at + headBytes, codeLength: length };
    if (wanted.includes(type)) {
      if (length > mostBytes) return undefined;
      kept.push(await read(at, at + end));
    } else if (type === type.toUpperCase()) return undefined;
    at += end;
  }
}

/** Bytes of the longest beginning of a section that is read: its type and its length. */
const longestHead = 7;
/** Longer sections before the code are no reason to read parts: a table has at most so many bytes. */
const mostBytes = 2 ** 22;

/** Reads the bytes of parts, those that follow one another together. */
async function readAll(
  read: ReadRange,
  parts: readonly NeededPart[],
  codeFrom: number,
  codeLength: number,
): Promise<ReadonlyMap<NeededPart, Uint8Array>> {
  const runs: { from: number; to: number; parts: NeededPart[] }[] = [];
  for (const part of parts) {
    const to = Math.min(part.to, codeLength);
    if (to <= part.from) continue;
    const last = runs.at(-1);
    if (last?.to === part.from) {
      last.to = to;
      last.parts.push(part);
    } else runs.push({ from: part.from, to, parts: [part] });
  }
  const pieces = new Map<NeededPart, Uint8Array>();
  for (const { from, to, parts } of runs) {
    const bytes = await read(codeFrom + from, codeFrom + to);
    for (const part of parts)
      pieces.set(part, bytes.subarray(part.from - from, Math.min(part.to, codeLength) - from));
  }
  return pieces;
}
