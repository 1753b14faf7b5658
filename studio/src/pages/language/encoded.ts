import type { Vocabulary } from "ondelette/codec";

/** Bytes before the first of the code; see "File format" in docs/image-language.md. */
export const headerBytes = 28;

/** A picture as the language says it, for the page: the stream with what each of its tokens is about and takes. */
export interface Encoded {
  /** Another for each stream. */
  readonly id: number;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly color: "gray" | "ycbcr";
  readonly wavelet: string;
  readonly levels: number;
  readonly vocabulary: Vocabulary;
  readonly reading: "A" | "B";
  /** Sides of the matrix of coefficients of a channel. */
  readonly matrix: { readonly width: number; readonly height: number };
  /** Where the picture lies in that matrix. */
  readonly frame: { readonly left: number; readonly top: number };
  readonly startingPlane: number;
  readonly finestPlane: number;
  readonly tokens: Uint8Array;
  /** By token: the kind of its site, log2 of its threshold, and the coefficient, of all channels, at which it stands. */
  readonly kinds: Uint8Array;
  readonly planes: Int16Array;
  readonly offsets: Uint32Array;
  /** By token: its cost under the coder, and the bytes of the code that determine the stream up to it. */
  readonly bits: Float32Array;
  readonly bytes: Uint32Array;
  /** Length of the file, header included. */
  readonly fileBytes: number;
  /** PSNR of the whole stream, against the picture that was encoded; undefined of a file, whose picture nobody knows. */
  readonly psnr: number | undefined;
}

/** How many tokens the first bytes of the file determine. */
export function tokensOfBytes({ bytes, fileBytes }: Encoded, length: number): number {
  if (length >= fileBytes) return bytes.length;
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bytes[middle]! + headerBytes <= length) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The fewest bytes of the file that determine so many tokens. */
export const bytesOfTokens = ({ bytes, fileBytes }: Encoded, count: number): number =>
  count >= bytes.length ? fileBytes : count === 0 ? headerBytes : headerBytes + bytes[count - 1]!;

/** What of a stream is passed at a time: a token, the tokens at one block or tree, or a whole plane. */
export type Unit = "token" | "block" | "plane";

/** Whether a token begins another unit than the token before it. */
function begins({ planes, offsets, matrix }: Encoded, unit: Unit, at: number): boolean {
  if (unit === "token" || at === 0) return true;
  if (planes[at] !== planes[at - 1]) return true;
  return unit === "block" && blockOf(offsets[at]!, matrix) !== blockOf(offsets[at - 1]!, matrix);
}

/** Number of the aligned 4×4 block around a coefficient; blocks of all channels differ. */
function blockOf(offset: number, { width, height }: Encoded["matrix"]): number {
  const row = Math.floor(offset / width);
  const channel = Math.floor(row / height);
  return ((channel * height + (row >> 2)) << 12) + ((offset % width) >> 2);
}

/** The next number of tokens after or before `count` at which a unit ends. */
export function stepTo(encoded: Encoded, unit: Unit, count: number, direction: 1 | -1): number {
  const { length } = encoded.tokens;
  let at = count + direction;
  while (at > 0 && at < length && !begins(encoded, unit, at)) at += direction;
  return Math.max(0, Math.min(length, at));
}

/** Where planes begin, with log2 of their thresholds. */
export function planeStarts({
  planes,
}: Encoded): { readonly plane: number; readonly at: number }[] {
  const starts: { plane: number; at: number }[] = [];
  for (let at = 0; at < planes.length; at++)
    if (at === 0 || planes[at] !== planes[at - 1]) starts.push({ plane: planes[at]!, at });
  return starts;
}
