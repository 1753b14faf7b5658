import type { Raster } from "../../src/data/images/raster.ts";

/** A codec that compresses a picture to a number of bytes: one of two kinds. */
export type Contestant = ByBytes | ByQuality;

interface Common {
  readonly name: string;
  /** Programs with their versions and settings: what a result depends on. Undefined where the code changes from day to day. */
  readonly version: string | undefined;
  /** Where it works: other programs, or this process. Says whose processor time is its own. */
  readonly runs: "programs" | "here";
  /** The picture, of as many channels as the original had. Throws where a prefix is too short for any. */
  decode(file: Uint8Array, channels: 1 | 3): Promise<Raster>;
}

/** One that meets a number of bytes by itself: it has a rate control, or any prefix of its file decodes. */
export interface ByBytes extends Common {
  readonly kind: "bytes";
  /** Whether its files are cut, so that one can be too short for a picture. */
  readonly isPrefix?: boolean;
  /** The file, of at most `bytes` bytes; undefined where there is none so small. */
  encode(raster: Raster, bytes: number): Promise<Uint8Array | undefined>;
}

/** One that has a scale of quality, whose files have the bytes that they have. */
export interface ByQuality extends Common {
  readonly kind: "quality";
  /** Steps of the scale; from 0, the smallest file, to `steps` - 1. */
  readonly steps: number;
  encode(raster: Raster, step: number): Promise<Uint8Array>;
}
