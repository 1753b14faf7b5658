import { luma } from "./luma.ts";
import { blankRaster, type Raster } from "./raster.ts";

/** Samples of eight bits, or of more. */
export type Samples = Uint8Array | Uint16Array;

/**
 * A decoded picture of any depth, opaque or not: what a compressed file holds. Each {@link Raster} is one, but not the other way round.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Channels of color: 1 is gray, 3 is sRGB. */
  readonly channels: 1 | 3;
  /** Row by row, the channels of a pixel side by side; a `Uint16Array` where eight bits are too few. */
  readonly data: Samples;
  /**
   * Bits of a sample in a `Uint16Array`, 1 to 16: white is 2^bits − 1. Where it is not given, as many as the largest sample needs, at
   * least 9. Eight in a `Uint8Array`.
   */
  readonly bits?: number;
  /** How opaque each pixel is, from 0 to the sample of white, of the same type as `data`; nothing of an opaque picture. */
  readonly alpha?: Samples;
}

/** Bits of a sample of a picture; see {@link Picture.bits}. */
export function bitsOf({ data, alpha, bits }: Picture): number {
  if (data instanceof Uint8Array) return 8;
  return bits ?? Math.max(32 - Math.clz32(Math.max(greatest(data), greatest(alpha ?? []))), 9);
}

/** The sample of white. */
export const whiteOf = (picture: Picture): number => 2 ** bitsOf(picture) - 1;

/** The greatest of samples; 0 where there is none. */
export function greatest(samples: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < samples.length; i++) if (samples[i]! > most) most = samples[i]!;
  return most;
}

/** Whether a picture is opaque and of eight bits. */
export const isRaster = (picture: Picture): picture is Raster =>
  picture.data instanceof Uint8Array && picture.alpha === undefined;

/** The picture in eight bits, rounded, on white. */
export function toRaster(picture: Picture): Raster {
  const { width, height, channels, data, alpha } = picture;
  if (data instanceof Uint8Array && !alpha) return { width, height, channels, data };
  const white = whiteOf(picture);
  const raster = blankRaster(width, height, channels);
  for (let i = 0; i < data.length; i++) {
    const opacity = alpha ? alpha[Math.floor(i / channels)]! / white : 1; // one a pixel
    raster.data[i] = Math.round(255 * (1 + opacity * (data[i]! / white - 1)));
  }
  return raster;
}

/** Gray as luma, rounded to the picture's own depth. */
export function grayOf(picture: Picture): Picture {
  if (picture.channels === 1) return picture;
  const { data } = picture;
  const gray = samplesLike(data, data.length / 3);
  for (let i = 0, j = 0; i < gray.length; i++, j += 3)
    gray[i] = Math.round(
      luma.red * data[j]! + luma.green * data[j + 1]! + luma.blue * data[j + 2]!,
    );
  return { ...picture, channels: 1, data: gray };
}

/** A gray picture with three equal channels; one in color unchanged. */
export function colorOf(picture: Picture): Picture {
  if (picture.channels === 3) return picture;
  const { data } = picture;
  const color = samplesLike(data, 3 * data.length);
  for (let i = 0; i < data.length; i++) color.fill(data[i]!, 3 * i, 3 * i + 3);
  return { ...picture, channels: 3, data: color };
}

/** So many samples of the same type. */
export const samplesLike = (samples: Samples, length: number): Samples =>
  samples instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
