/**
 * Trained models as codecs, without Node: `ondelette/codec/model`. It is apart from `ondelette/codec`, which does not need it.
 *
 * ```ts
 * import { decodeWithModel, openModel } from "ondelette/codec/model";
 *
 * const bytesOf = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
 * const model = await openModel(await bytesOf("digits.safetensors"));
 * for (const { name, raster } of decodeWithModel(await bytesOf("digits.ondl"), model).pictures) console.log(name, raster.width);
 * ```
 */
export type { Raster } from "./data/images/raster.ts";
export type { DecodedOfSet } from "./image/file/decodeSet.ts";
export type { EncodedSet } from "./image/file/encodeSet.ts";
export {
  type DecodedByModel,
  type DecodeWithModelOptions,
  decodeWithModel,
  encodeWithModel,
  type ModelPicture,
  openModel,
} from "./image/file/withModel.ts";
export type { IntegerModel } from "./image/integer/integerModel.ts";
