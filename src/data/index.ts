/**
 * Readers and writers: pictures, sound, MIDI, text, arrays, tokens, metrics; charts; seeded random numbers. What decodes or
 * draws pictures needs the package sharp, which is loaded on first use.
 *
 * @module
 */

// What browsers have as well; a name that stands here too is another in Node.
export * from "./browser.ts";
export {
  type PrintedDigitsOptions,
  printedDigitCounts,
  printedDigits,
} from "./digits/printedDigits.ts";
export { drawOver, drawSvg } from "./draw/drawSvg.ts";
export { writeFileAtomically } from "./files/atomicWrite.ts";
export { checkOutput } from "./files/checkOutput.ts";
export { isFile } from "./files/isFile.ts";
export { type MetricsWriter, openMetrics, readMetrics } from "./files/jsonl.ts";
export { makeFolder } from "./files/makeFolder.ts";
export { readText } from "./files/readText.ts";
export { readWholeFile, streamFile } from "./files/readWholeFile.ts";
export { readIdx } from "./formats/idxFile.ts";
export { readMidi, writeMidi } from "./formats/midiFile.ts";
export { readNpy, writeNpy } from "./formats/npyFile.ts";
export { encodePng } from "./formats/png.ts";
export { readSafetensors, writeSafetensors } from "./formats/safetensorsFile.ts";
export { openTokens, type WriteTokensOptions, writeTokens } from "./formats/tokenShards.ts";
export type { TokenNote, TokenStore } from "./formats/tokenStore.ts";
export { readSound, writeSound } from "./formats/wavFile.ts";
export { readCaptions } from "./images/captions.ts";
export {
  decodeFineImage,
  type FineOptions,
  type FinePicture,
  readFineImage,
} from "./images/decodeFineImage.ts";
export { decodeImage, readImage } from "./images/decodeImage.ts";
export { type ImageFolder, listImageFolder } from "./images/imageFolder.ts";
export type { ImageSource, Part } from "./images/imageSource.ts";
export { type LoadOptions, loadImage, loadImages } from "./images/loadImages.ts";
export { type OpenImagesOptions, openImages } from "./images/openImages.ts";
export type { DecodeOptions } from "./images/openPicture.ts";
export type { OnPictureNote, PictureNote } from "./images/pictureNote.ts";
export { resizeCover } from "./images/resizeCover.ts";
export { writeImage } from "./images/writeImage.ts";
