/**
 * `ondelette/data` in a browser: what reads and writes bytes rather than files, charts, rasters and seeded random numbers.
 * Pictures are decoded by the page.
 *
 * @module
 */

// Charts and contact sheets.
export { contactSheet, type SheetOptions } from "./draw/contactSheet.ts";
export { type ChartOptions, lineChart, type Series } from "./draw/lineChart.ts";
export { type Point, type StrokedText, strokeText } from "./draw/strokeFont.ts";
export { textPath } from "./draw/svgText.ts";
// Metrics and messages.
export { type MetricRecord, metricLine, parseMetrics } from "./files/metrics.ts";
export type { Notice } from "./files/notice.ts";
// Arrays.
export { encodeIdx, type Idx, parseIdx } from "./formats/idx.ts";
// Sound and music.
export { encodeMidi, type Note, parseMidi, type ReadMidiOptions } from "./formats/midi.ts";
export { fromMuLaw, toMuLaw } from "./formats/muLaw.ts";
export {
  decodeNpy,
  encodeNpy,
  type NpyArray,
  type NpyData,
  type NpyLayout,
  type NpyType,
} from "./formats/npy.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredData,
  type StoredTensor,
  type StoredType,
} from "./formats/safetensors.ts";
export {
  type ChannelledSound,
  encodeWav,
  type ReadWavOptions,
  readWav,
  readWavChannels,
  type Sound,
  type WavLayout,
} from "./formats/wav.ts";
// Pictures.
export { imageExtensions } from "./images/imageExtensions.ts";
export { imagesAt, someOf } from "./images/imagesAt.ts";
export type { ImageForm, LoadedImages } from "./images/loadedImages.ts";
export { luma } from "./images/luma.ts";
export { blankRaster, cropAt, type Raster, tiles, toGray, toRgb } from "./images/raster.ts";
export { shareImages } from "./images/shareImages.ts";
// Random numbers.
export { createRandom, fromState, type Random, type RandomState } from "./random/random.ts";
export { shuffle, shuffledForever } from "./random/shuffle.ts";
export { spreadEvenly } from "./random/spreadEvenly.ts";
