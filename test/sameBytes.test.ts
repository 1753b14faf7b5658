import { expect, test } from "vitest";
import { decodeArray } from "../src/array/decodeArray.ts";
import { encodeArray } from "../src/array/encodeArray.ts";
import type { Picture } from "../src/data/images/picture.ts";
import { interpolatingField, openPackedField, packField } from "../src/field/packedField.ts";
import { photoPicture } from "../src/image/compression/testing.ts";
import { decodePicture } from "../src/image/file/decodePicture.ts";
import { decodeSet } from "../src/image/file/decodeSet.ts";
import { encodePicture, encodePictureLosslessly } from "../src/image/file/encodePicture.ts";
import { encodeSet } from "../src/image/file/encodeSet.ts";

/*
 * The mixing of a process is used again and again: nothing of one file may be left for the next.
 */

const photo = photoPicture(40, 33, 3);
const gray = photoPicture(24, 19, 1);
const drawing: Picture = { ...photo, data: photo.data.map((x) => x & 192) };
const clear: Picture = { ...photo, alpha: photoPicture(40, 33, 1).data };
const deep: Picture = { ...gray, data: Uint16Array.from(gray.data, (x, i) => 200 * x + (i % 50)) };
const volume = {
  shape: [6, 7, 8],
  data: Float32Array.from({ length: 336 }, (_, i) => Math.sin(i) + i),
};
const sound = { shape: [500], data: Int16Array.from({ length: 500 }, (_, i) => 900 * Math.sin(i)) };
const signal = { size: [12, 9], channels: 1, values: Float32Array.from(gray.data.slice(0, 108)) };

/** Makes a file, and reads it and a beginning of it, so that both have been done before the next. */
const picture = (file: Uint8Array) => read(file, decodePicture);
function read(file: Uint8Array, decode: (bytes: Uint8Array) => unknown): Uint8Array {
  decode(file);
  decode(file.subarray(0, Math.floor(0.8 * file.length)));
  return file;
}

const works: Readonly<Record<string, () => Uint8Array>> = {
  "an exact photograph": () => picture(encodePictureLosslessly(photo).file),
  "so many bytes": () => picture(encodePicture(photo, { bytes: 400 }).file),
  "so many dB": () => picture(encodePicture(photo, { psnr: 30 }).file),
  "a list of colors": () => picture(encodePictureLosslessly(drawing).file),
  opacity: () => picture(encodePicture(clear, { quality: 50 }).file),
  "16 bits": () => picture(encodePictureLosslessly(deep).file),
  layouts: () =>
    picture(encodePicture(photo, { quality: 60 }, { order: "resolution", tiles: 64 }).file),
  "a set": () =>
    read(
      encodeSet(
        [gray, photo, gray].map((raster, i) => ({ raster, name: `${i}` })),
        { lossless: true },
      ).file,
      (bytes) => [...decodeSet(bytes).pictures],
    ),
  "an exact sound": () => read(encodeArray(sound, { lossless: true }).file, decodeArray),
  "a bounded array": () => read(encodeArray(volume, { maxError: 0.3 }).file, decodeArray),
  "a field": () =>
    read(packField(interpolatingField(signal), 0.1), (bytes) => openPackedField(bytes, "f")),
};

test("each file has the same bytes, whatever was coded before it", () => {
  const names = Object.keys(works);
  const first = new Map(names.map((name) => [name, works[name]!()]));
  // Of 11 works, those 3 and 10 further on follow: two orders in which other pairs are neighbors.
  expect(names.length).toBe(11);
  for (const stride of [3, 10])
    for (let i = 0; i < names.length; i++) {
      const name = names[(i * stride) % names.length]!;
      const before = names[((i + names.length - 1) * stride) % names.length]!;
      expect(Buffer.compare(works[name]!(), first.get(name)!), `${name} after ${before}`).toBe(0);
    }
});
