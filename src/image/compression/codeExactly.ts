import type { Picture } from "../../data/images/picture.ts";
import type { CodedPicture } from "./codePicture.ts";
import { codeSamples } from "./drawings.ts";
import { codeIndexed, indexed } from "./indexed.ts";

/** Pixels of a drawing that are worth both codes. */
const fewPixels = 2 ** 20;
/** The part of pixels that are like their left neighbors from which a picture is a drawing. */
const drawnEvenness = 0.7;

/**
 * Codes the colors of a picture exactly: by the integers of its wavelets as photographs need it, by its samples as they are, or
 * by a list of its colors where that is shorter, as of drawings and texts. Where one is hopeless it is not tried.
 */
export function codeExactly(picture: Picture): CodedPicture {
  const colors = indexed(picture);
  const pixels = picture.width * picture.height;
  if (!colors) return codeSamples(picture);
  const { count, evenness } = colors;
  const manyColors = picture.channels === 1 ? 64 : pixels / 16;
  if (evenness < 0.25 && count > manyColors && pixels > 64) return codeSamples(picture);
  const byColors = codeIndexed(picture, colors);
  if (evenness > drawnEvenness && pixels > fewPixels) return byColors;
  const bySamples = codeSamples(picture);
  return byColors.code.length < bySamples.code.length ? byColors : bySamples;
}

/** The exact code of a drawing; undefined of any other picture. */
export function codeDrawing(picture: Picture): CodedPicture | undefined {
  const colors = indexed(picture);
  return colors && colors.evenness > drawnEvenness ? codeExactly(picture) : undefined;
}
