import { encodeTokens } from "../../codec/encode.ts";
import type { Raster } from "../../data/images/raster.ts";
import { analyze, type ImageLanguage } from "../language/language.ts";

/** The number of tokens of each picture in a language. Throws RangeError for a picture of another size than the language's. */
export const streamLengths = (rasters: readonly Raster[], language: ImageLanguage): number[] =>
  rasters.map((raster) => encodeTokens(analyze(raster, language), language.tokens).tokens.length);
