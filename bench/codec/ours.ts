import { encodeTokens } from "../../src/codec/encode.ts";
import type { Raster } from "../../src/data/images/raster.ts";
import { readContainer, writeContainer } from "../../src/image/file/container.ts";
import { analyze, imageLanguage, synthesize } from "../../src/image/language/language.ts";
import type { ByBytes, ByQuality } from "./contestant.ts";

const colorOf = ({ channels }: Raster) => (channels === 3 ? "ycbcr" : "gray");

/** Ondelette's file at the finest threshold that a budget needs, cut at it: any prefix decodes. */
export const ours: ByBytes = {
  ...{ kind: "bytes", name: "ondelette", version: undefined, runs: "here" },
  async encode(raster, bytes) {
    return fileOf(raster, bytes).subarray(0, bytes);
  },
  async decode(file) {
    const { approximation, language } = readContainer(file, "ondelette");
    return synthesize(approximation, language).raster;
  },
};

/** The largest file so far of a picture: a finer threshold only continues a coarser one's tokens. */
const files = new WeakMap<Raster, Uint8Array>();

function fileOf(raster: Raster, bytes: number): Uint8Array {
  const known = files.get(raster);
  if (known && known.length >= bytes) return known;
  let file = known ?? new Uint8Array(0);
  for (let finest = 0.5; file.length < bytes && finest >= 2 ** -8; finest /= 2) {
    const color = colorOf(raster);
    const options = { wavelet: "bior4.4", color, finest, padding: "edge" } as const;
    const language = imageLanguage(options, raster);
    file = writeContainer(encodeTokens(analyze(raster, language), language.tokens), language);
  }
  files.set(raster, file);
  return file;
}

/** The file of `image encode --lossless`. */
export const oursLossless: ByQuality = {
  ...{ kind: "quality", name: "ondelette", version: undefined, runs: "here", steps: 1 },
  async encode(raster) {
    const options = { wavelet: "bior2.2", color: colorOf(raster), lossless: true } as const;
    const language = imageLanguage(options, raster);
    return writeContainer(encodeTokens(analyze(raster, language), language.tokens), language);
  },
  decode: ours.decode,
};
