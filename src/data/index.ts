/**
 * Readers and writers: pictures, sound, MIDI, text, arrays, tokens, metrics; charts; seeded random numbers. What decodes or
 * draws pictures needs the package sharp, which is loaded on first use.
 *
 * @module
 */

// Printed digits.
export {
  type PrintedDigitsOptions,
  printedDigitCounts,
  printedDigits,
} from "./digits/printedDigits.ts";
// Charts and contact sheets.
export { contactSheet, type SheetOptions } from "./draw/contactSheet.ts";
export { drawOver, drawSvg } from "./draw/drawSvg.ts";
export { type ChartOptions, lineChart, type Series } from "./draw/lineChart.ts";
export { type Point, type StrokedText, strokeText } from "./draw/strokeFont.ts";
export { textPath } from "./draw/svgText.ts";
// Files.
export { writeFileAtomically } from "./files/atomicWrite.ts";
export { checkOutput } from "./files/checkOutput.ts";
export { isFile } from "./files/isFile.ts";
export { type MetricsWriter, openMetrics, readMetrics } from "./files/jsonl.ts";
export { makeFolder } from "./files/makeFolder.ts";
export { type MetricRecord, metricLine, parseMetrics } from "./files/metrics.ts";
export type { Notice } from "./files/notice.ts";
// Text, arrays, tokens.
export { readText } from "./files/readText.ts";
export { readWholeFile, streamFile } from "./files/readWholeFile.ts";
export { encodeIdx, type Idx, parseIdx } from "./formats/idx.ts";
export { readIdx } from "./formats/idxFile.ts";
export { encodeMidi, type Note, parseMidi, type ReadMidiOptions } from "./formats/midi.ts";
export { readMidi, writeMidi } from "./formats/midiFile.ts";
export { fromMuLaw, toMuLaw } from "./formats/muLaw.ts";
export {
  decodeNpy,
  encodeNpy,
  type NpyArray,
  type NpyData,
  type NpyLayout,
  type NpyType,
} from "./formats/npy.ts";
export { readNpy, writeNpy } from "./formats/npyFile.ts";
export { encodePng } from "./formats/png.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredData,
  type StoredTensor,
  type StoredType,
} from "./formats/safetensors.ts";
export { readSafetensors, writeSafetensors } from "./formats/safetensorsFile.ts";
export { openTokens, type WriteTokensOptions, writeTokens } from "./formats/tokenShards.ts";
export type { TokenNote, TokenStore } from "./formats/tokenStore.ts";
// Sound and music.
export {
  type ChannelledSound,
  encodeWav,
  type ReadWavOptions,
  readWav,
  readWavChannels,
  type Sound,
} from "./formats/wav.ts";
export { readSound, writeSound } from "./formats/wavFile.ts";
// Pictures.
export { readCaptions } from "./images/captions.ts";
export {
  decodeFineImage,
  type FineOptions,
  type FinePicture,
  readFineImage,
} from "./images/decodeFineImage.ts";
export { decodeImage, readImage } from "./images/decodeImage.ts";
export { imageExtensions } from "./images/imageExtensions.ts";
export { type ImageFolder, listImageFolder } from "./images/imageFolder.ts";
export type { ImageSource, Part } from "./images/imageSource.ts";
export { imagesAt, someOf } from "./images/imagesAt.ts";
export type { ImageForm, LoadedImages } from "./images/loadedImages.ts";
export { type LoadOptions, loadImage, loadImages } from "./images/loadImages.ts";
export { luma } from "./images/luma.ts";
export { type OpenImagesOptions, openImages } from "./images/openImages.ts";
export type { DecodeOptions } from "./images/openPicture.ts";
export type { OnPictureNote, PictureNote } from "./images/pictureNote.ts";
export { blankRaster, cropAt, type Raster, tiles, toGray, toRgb } from "./images/raster.ts";
export { resizeCover } from "./images/resizeCover.ts";
export { shareImages } from "./images/shareImages.ts";
export { writeImage } from "./images/writeImage.ts";
// Random numbers.
export { createRandom, fromState, type Random, type RandomState } from "./random/random.ts";
export { shuffle, shuffledForever } from "./random/shuffle.ts";
export { spreadEvenly } from "./random/spreadEvenly.ts";
