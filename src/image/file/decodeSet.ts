import type { Picture } from "../../data/images/picture.ts";
import type { DecodePictureOptions } from "./decodePicture.ts";
import { readSetFile } from "./setFile.ts";

/** A picture of a set. */
export interface DecodedOfSet {
  /** Its name, without an ending; undefined where the file has no names. */
  readonly name: string | undefined;
  readonly raster: Picture;
}

/** A set, or the beginning of one. */
export interface DecodedSet {
  /** How many pictures the whole file has. */
  readonly count: number;
  /**
   * The pictures in their order, each decoded when it is asked for. Of a file that was cut short they end with the last one that is whole. Throws
   * UserError where the code is damaged, so far as that shows.
   */
  readonly pictures: Iterable<DecodedOfSet>;
  /** Bytes that are missing from the end; 0 of a whole file. */
  readonly missingBytes: number;
}

/**
 * Decodes a set of pictures that `encodeSet` has made, or the beginning of one. Throws UserError where it is damaged, no set, or has a
 * picture of more than `mostPixels`.
 */
export function decodeSet(
  bytes: Uint8Array,
  { name = "the set", mostPixels }: DecodePictureOptions = {},
): DecodedSet {
  const { heads, names, missingBytes, pictures } = readSetFile(
    bytes,
    name,
    mostPixels === undefined ? {} : { mostPixels },
  );
  return {
    count: heads.length,
    missingBytes,
    pictures: {
      *[Symbol.iterator]() {
        let i = 0;
        for (const { raster } of pictures()) yield { name: names?.[i++], raster };
      },
    },
  };
}
