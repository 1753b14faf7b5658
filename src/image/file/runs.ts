import { lengthBytes } from "../../codec/file/sections.ts";
import { UserError } from "../../errors/userError.ts";

/*
 * What is told of each picture of a set, for pictures that follow one another and are alike:
 *
 *   count    7 bits a byte, the lowest first; the highest bit says that another byte follows
 *   length   of the head, uint8
 *   head
 */

/** Pictures of a file at most, and pixels of them all. */
const pictureLimit = 2 ** 20;
const areaLimit = 2 ** 30;

/** The bytes of the heads of pictures. */
export function writeRuns(heads: readonly Uint8Array[]): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < heads.length; ) {
    const head = heads[i]!; // i < length
    let end = i + 1;
    while (end < heads.length && isEqual(heads[end]!, head)) end++;
    bytes.push(...lengthBytes(end - i), head.length, ...head);
    i = end;
  }
  return Uint8Array.from(bytes);
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** A picture of a set has at least a size. */
interface Sized {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads the heads of pictures; those that are alike are the same object. Throws UserError, naming the file, where they end early or are more
 * than a file can have.
 */
export function readRuns<Head extends Sized>(
  bytes: Uint8Array,
  read: (head: Uint8Array) => Head,
  name: string,
): Head[] {
  const heads: Head[] = [];
  let area = 0;
  let at = 0;
  const damaged = (reason: string) => new UserError(`${name} ${reason}`, "damaged-file");
  const next = () => {
    const byte = bytes[at++];
    if (byte === undefined) throw damaged("is damaged: the heads of its pictures end early");
    return byte;
  };
  while (at < bytes.length) {
    let count = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = next();
      count += (byte & 127) * unit;
      if (byte < 128 || unit > pictureLimit) break;
    }
    const length = next();
    if (at + length > bytes.length)
      throw damaged("is damaged: the heads of its pictures end early");
    const head = read(bytes.subarray(at, at + length));
    at += length;
    area += count * head.width * head.height;
    if (heads.length + count > pictureLimit || area > areaLimit)
      throw damaged("has more pictures than a file can have");
    for (let i = 0; i < count; i++) heads.push(head);
  }
  return heads;
}
