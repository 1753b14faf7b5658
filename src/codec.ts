/**
 * The codec, without Node: pictures as compressed files of which each beginning is a picture, and the wavelet token language on matrices of
 * coefficients below it.
 *
 * @example
 * ```ts
 * import { decodePicture, encodePicture, pictureInfo } from "ondelette/codec";
 *
 * const data = Uint8Array.from({ length: 3 * 64 * 48 }, (_, i) => (i % 192) + Math.floor(i / 192));
 * const { file } = encodePicture({ width: 64, height: 48, channels: 3, data }, { bytes: 300 });
 * console.log(pictureInfo(file)?.width, file.length);
 * // → 64 300
 * console.log(decodePicture(file.subarray(0, 150)).raster.data.length); // half of the file is a coarser picture
 * // → 9216
 * ```
 */

export {
  type DecodeArrayOptions,
  type DecodedArray,
  decodeArray,
} from "./array/decodeArray.ts";
export {
  type EncodeArrayOptions,
  type EncodedArray,
  encodeArray,
} from "./array/encodeArray.ts";
export type { ArrayAim } from "./array/toAim.ts";
export * from "./codec/index.ts";
export type { NpyArray, NpyData } from "./data/formats/npy.ts";
export { type Picture, type Samples, toRaster } from "./data/images/picture.ts";
export type { Raster } from "./data/images/raster.ts";
export type { LayoutOptions } from "./image/compression/layout/layout.ts";
export { type Aim, stepOfQuality } from "./image/compression/rate.ts";
export {
  type DecodeRangesOptions,
  decodePictureFrom,
  type PictureOfRanges,
  type ReadRange,
} from "./image/file/decodeFromRanges.ts";
export {
  type DecodedPicture,
  type DecodePictureOptions,
  decodePicture,
  type FileName,
  type PictureInfo,
  pictureInfo,
} from "./image/file/decodePicture.ts";
export {
  type ByteStream,
  decodeProgressively,
  type ProgressiveOptions,
} from "./image/file/decodeProgressively.ts";
export {
  type DecodedOfSet,
  type DecodedSet,
  decodeSet,
} from "./image/file/decodeSet.ts";
export {
  type EncodedPicture,
  type EncodePictureOptions,
  encodePicture,
  encodePictureLosslessly,
  type LosslessOptions,
} from "./image/file/encodePicture.ts";
export {
  type EncodedSet,
  encodeSet,
  type SetAim,
  type SetPicture,
} from "./image/file/encodeSet.ts";
export { httpRanges } from "./image/file/httpRanges.ts";
export { fromRgba, type RgbaPicture, toRgba } from "./image/file/rgba.ts";
export type { Rectangle } from "./image/rectangle.ts";
