import { crc32 } from "node:zlib";
import { joinBytes } from "../files/joinBytes.ts";
import { encodeNpy, type NpyArray } from "./npy.ts";

/** Sizes of a ZIP file without its extension for large files are below this. */
const tooLarge = 2 ** 32;

/** 1 January 1980, the first day that ZIP can write: the same arrays give the same bytes. */
const date = 0x21;

/**
 * The bytes of a NumPy archive (.npz): several arrays by name, uncompressed, as `numpy.savez` writes them and `numpy.load` reads them.
 * Throws RangeError for names that are no file names and for 4 GB or more.
 *
 * @example
 * const bytes = encodeNpz({ cA: { shape: [2], data: Float64Array.of(1, 2) } });
 */
export function encodeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [key, array] of Object.entries(arrays)) {
    if (!/^[\w.+-]+$/.test(key)) throw new RangeError(`npz: "${key}" cannot name an array`);
    const name = new TextEncoder().encode(`${key}.npy`);
    const content = encodeNpy(array);
    const about = description(content);
    const entry = joinBytes([Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0), about, centralTail(at)]);
    new DataView(entry.buffer).setUint16(28, name.length, true);
    const head = joinBytes([Uint8Array.of(0x50, 0x4b, 3, 4), about, new Uint8Array(4)]);
    new DataView(head.buffer).setUint16(26, name.length, true);
    parts.push(head, name, content);
    directory.push(entry, name);
    at += head.length + name.length + content.length;
  }
  const central = joinBytes(directory);
  if (at + central.length >= tooLarge) throw new RangeError("npz: 4 GB and more are not written");
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  end.set([0x50, 0x4b, 5, 6]);
  const count = directory.length / 2;
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, central.length, true);
  view.setUint32(16, at, true);
  return joinBytes([...parts, central, end]);
}

/** What both heads of a file say of it: version, no flags, stored, a date, its check sum and twice its size. */
function description(content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(22);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 20, true);
  view.setUint16(8, date, true);
  view.setUint32(10, crc32(content), true);
  view.setUint32(14, content.length, true);
  view.setUint32(18, content.length, true);
  return bytes;
}

/** The end of an entry of the directory: lengths of which only that of the name is not 0, and where the file begins. */
function centralTail(at: number): Uint8Array {
  const bytes = new Uint8Array(18);
  new DataView(bytes.buffer).setUint32(14, at, true);
  return bytes;
}
