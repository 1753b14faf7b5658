import { decodeTokens } from "../codec/decode.ts";
import { contactSheet } from "../data/draw/contactSheet.ts";
import type { Raster } from "../data/images/raster.ts";
import type { DrawnImage } from "./draw.ts";
import { type ImageLanguage, synthesize } from "./language/language.ts";

/** Prefixes of a stream that a strip shows. */
const steps = 8;

/** How each image sharpens: a row of pictures decoded from growing beginnings of its token stream, the last from all. */
export function coarseToFine(images: readonly DrawnImage[], language: ImageLanguage): Raster {
  const pictures = images.flatMap(({ drawing }) =>
    prefixLengths(drawing.tokens.length).map((length) => {
      const { startingPlane } = drawing;
      const prefix = { startingPlane, tokens: drawing.tokens.subarray(0, length) };
      return synthesize(decodeTokens(prefix, language.tokens), language).raster;
    }),
  );
  const side = Math.max(language.width, language.height);
  return contactSheet(pictures, { columns: steps, magnify: Math.max(1, Math.round(96 / side)) });
}

/** Lengths that grow by a constant factor up to the whole. */
function prefixLengths(whole: number): number[] {
  return Array.from({ length: steps }, (_, k) => Math.round(whole ** ((k + 2) / (steps + 1))));
}
