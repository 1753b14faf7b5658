import { expose, transfer } from "comlink";
import { encodeTokens, replayTokens, spending, type TokenStream } from "ondelette/codec";
import type { Raster } from "ondelette/data";
import {
  analyze,
  type ImageLanguage,
  imageLanguage,
  type LossyOptions,
  psnr,
  readContainer,
  synthesize,
  writeContainer,
} from "ondelette/image";
import { scaleRaster } from "../../shared/pictures/scaleRaster.ts";
import type { Encoded } from "./encoded.ts";
import { mosaicRaster } from "./mosaicRaster.ts";

/** What is open: the stream, and what is known after the first tokens. */
interface Open {
  readonly name: string;
  readonly language: ImageLanguage;
  readonly stream: TokenStream;
  readonly file: Uint8Array<ArrayBuffer>;
  /** By token: where it stands, and the known value there before and after it. */
  readonly offsets: Uint32Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly known: Float64Array;
  position: number;
  /** Samples of what was encoded; of a file, of its own end. */
  readonly truth: Float64Array;
}

let open: Open | undefined;
let opening = 0;

function opened(): Open {
  if (!open) throw new Error("no picture is open");
  return open;
}

/** What the first tokens of a stream say. */
export interface Prefix {
  readonly picture: Raster;
  /** The coefficients of one channel. */
  readonly mosaic: Raster;
  readonly channel: number;
  readonly psnr: number;
}

/** Takes up a stream: walks through it once, and keeps what every token changes, to go forth and back from then on. */
function take(
  name: string,
  language: ImageLanguage,
  stream: TokenStream,
  truth: Float64Array | undefined,
  file: Uint8Array<ArrayBuffer>,
): Encoded {
  const { length } = stream.tokens;
  const kinds = new Uint8Array(length);
  const planes = new Int16Array(length);
  const offsets = new Uint32Array(length);
  const before = new Float64Array(length);
  const after = new Float64Array(length);
  let at = 0;
  const end = replayTokens(stream, language.tokens, (site, _token, known) => {
    if (at > 0) after[at - 1] = known[offsets[at - 1]!]!;
    kinds[at] = site.kind;
    planes[at] = site.plane;
    offsets[at] = site.offset;
    before[at++] = known[site.offset]!;
  });
  if (length > 0) after[length - 1] = end[offsets[length - 1]!]!;
  const { samples } = synthesize(end, language);
  open = {
    ...{ name, language, stream, file, offsets, before, after },
    ...{ known: end, position: length, truth: truth ?? samples },
  };
  const { bits, bytes } = spending(stream, language.tokens);
  const { geometry, vocabulary, reading, finestPlane } = language.tokens;
  const encoded: Encoded = {
    ...{ id: ++opening, name, vocabulary, reading, finestPlane, kinds, planes, bits, bytes },
    width: language.width,
    height: language.height,
    color: language.color,
    wavelet: language.waveletName,
    levels: language.levels,
    matrix: { width: geometry.width, height: geometry.height },
    frame: { left: language.frame.left, top: language.frame.top },
    startingPlane: stream.startingPlane,
    tokens: stream.tokens.slice(),
    offsets: offsets.slice(),
    fileBytes: file.length,
    psnr: truth && psnr(truth, samples),
  };
  const arrays = [encoded.tokens, kinds, planes, encoded.offsets, bits, bytes];
  return transfer(
    encoded,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

/** Brings what is known to the state after so many tokens. */
function seek(state: Open, position: number): void {
  const { known, offsets, before, after } = state;
  while (state.position < position) {
    known[offsets[state.position]!] = after[state.position]!;
    state.position++;
  }
  while (state.position > position) {
    state.position--;
    known[offsets[state.position]!] = before[state.position]!;
  }
}

const api = {
  /** Encodes a picture, scaled down to `longest` pixels along its longer side. */
  encode(raster: Raster, name: string, longest: number, options: LossyOptions): Encoded {
    const picture = scaleRaster(raster, longest);
    const language = imageLanguage(options, picture);
    const coefficients = analyze(picture, language);
    const { tokens, startingPlane } = encodeTokens(coefficients, language.tokens);
    const stream = { tokens: tokens.slice(), startingPlane };
    const file = new Uint8Array(writeContainer(stream, language));
    return take(name, language, stream, synthesize(coefficients, language).samples, file);
  },

  /** Opens an encoded file, or the beginning of one. */
  openFile(bytes: Uint8Array<ArrayBuffer>, name: string): Encoded {
    const { language, startingPlane, tokenCount, approximation } = readContainer(bytes, name);
    // What a decoder ends with lies within each interval that the tokens tell, so it has the same tokens.
    const { tokens } = encodeTokens(approximation, language.tokens);
    const stream = { tokens: tokens.slice(0, tokenCount), startingPlane };
    return take(name, language, stream, undefined, bytes);
  },

  /** The file as it is saved. */
  file: (): Uint8Array<ArrayBuffer> => opened().file,

  /** What the first `count` tokens say, with the mosaic of a channel: by default that of which the last of them speaks. */
  prefix(count: number, wanted?: number): Prefix {
    const state = opened();
    seek(state, Math.min(count, state.stream.tokens.length));
    const { language, known, stream, offsets, truth } = state;
    const { width, height } = language.tokens.geometry;
    const size = width * height;
    const channel = wanted ?? Math.floor((offsets[Math.max(0, count - 1)] ?? 0) / size);
    const { raster, samples } = synthesize(known, language);
    const mosaic = mosaicRaster({
      ...{ values: known.subarray(channel * size, (channel + 1) * size), width, height },
      startingPlane: stream.startingPlane,
      finestPlane: language.tokens.finestPlane,
    });
    const answer = { picture: raster, mosaic, channel, psnr: psnr(truth, samples) };
    return transfer(answer, [raster.data.buffer as ArrayBuffer, mosaic.data.buffer as ArrayBuffer]);
  },

  /** PSNR after each of some numbers of tokens. */
  quality(counts: readonly number[]): number[] {
    const state = opened();
    return counts.map((count) => {
      seek(state, count);
      return psnr(state.truth, synthesize(state.known, state.language).samples);
    });
  },
};

export type LanguageWorker = typeof api;

expose(api);
