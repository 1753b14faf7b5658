import type { Picture } from "../../data/images/picture.ts";
import { type CodedPicture, codeLosslessly } from "./codePicture.ts";
import { codeSamples } from "./drawings.ts";
import { codeIndexed, indexed } from "./indexed.ts";

/** Pixels of a picture that is worth two codes. */
const fewPixels = 2 ** 20;
/** The part of pixels that are like their left neighbors from which a picture is a drawing. */
const drawnEvenness = 0.7;

/** Of pictures with fewer pixels nobody looks at beginnings. */
const tinyPixels = 4096;
/**
 * Beginnings of codes without wavelets are far worse pictures (docs/codec.md). So these are taken where they are shorter than this part
 * of the code with wavelets, as those of drawings are.
 */
const worthPart = 0.7;

/**
 * Codes the colors of a picture exactly: by the integers of its wavelets as photographs need it; or by its samples as they are, or
 * by a list of its colors, where that is much shorter, as of drawings and texts. Where one is hopeless it is not tried. With `isSmallest` the
 * shortest code is taken, even if its beginnings are poor.
 */
export function codeExactly(picture: Picture, isSmallest = false): CodedPicture {
  const pixels = picture.width * picture.height;
  const part = isSmallest || pixels < tinyPixels ? 1 : worthPart;
  const bySamplesOrWavelets = () =>
    part === 1 && pixels <= fewPixels
      ? shorter(codeLosslessly(picture), codeLosslessly(picture, undefined, 0))
      : codeSamples(picture, part);
  const colors = indexed(picture);
  if (!colors) return bySamplesOrWavelets();
  const { count, evenness } = colors;
  if (count === 1) return codeLosslessly(picture); // a few questions, however large it is
  const manyColors = picture.channels === 1 ? 64 : pixels / 16;
  if (evenness < 0.25 && count > manyColors && pixels > 64) return bySamplesOrWavelets();
  const byColors = codeIndexed(picture, colors);
  if (evenness > drawnEvenness && pixels > fewPixels) return byColors;
  const other = bySamplesOrWavelets();
  const most = (other.head.levels > 0 ? part : 1) * other.code.length;
  return byColors.code.length < most ? byColors : other;
}

const shorter = (a: CodedPicture, b: CodedPicture): CodedPicture =>
  b.code.length < a.code.length ? b : a;

/** The exact code of a drawing; undefined of any other picture. */
export function codeDrawing(picture: Picture): CodedPicture | undefined {
  const colors = indexed(picture);
  return colors && colors.evenness > drawnEvenness ? codeExactly(picture) : undefined;
}
