import type { Depth } from "./depth.ts";
import type { LaidOut } from "./layout/layout.ts";
import type { Rotation } from "./rotation.ts";

/**
 * The 9/7 transform of channels in units of `step` gray levels, of which any depth has 256; `rotation` of three channels. Bands are weighted by
 * what is seen of them where a degree of sight has so many pixels, a whole number from 1 to 255; else not.
 */
export interface LossyCoding {
  readonly type: "lossy";
  readonly step: number;
  readonly rotation: Rotation | undefined;
  readonly pixelsPerDegree?: number | undefined;
}

/** How the samples of a picture became coefficients. */
export type Coding =
  | LossyCoding
  /** The 5/3 transform of integers, after the reversible color transform where there are three channels. */
  | { readonly type: "lossless" }
  /** No transform: a list of so many colors, and which of them each pixel has. */
  | { readonly type: "indexed"; readonly count: number };

/** What a decoder has to know of a picture before its code. */
export interface PictureHead {
  readonly width: number;
  readonly height: number;
  /** 1 is gray, 3 is color. */
  readonly channels: 1 | 3;
  readonly levels: number;
  readonly coding: Coding;
  /** log2 of the first threshold; −1 of a picture without a code. */
  readonly startingPlane: number;
  /** Whether the code is the beginning of a longer one, so that what follows its last byte is unknown. */
  readonly isCut: boolean;
  /** Of samples that have other than eight bits. */
  readonly depth?: Depth | undefined;
  /** How the code is laid out; undefined of one code whose beginnings are coarser in quality. */
  readonly layout?: LaidOut | undefined;
}

/** Analysis steps for a picture: so many that the scaling band has 4 to 8 rows or columns, at most 6. */
export const usualLevels = (width: number, height: number): number =>
  Math.min(Math.max(ceilLog2(Math.min(width, height)) - 2, 0), 6);

/** ⌈log2 n⌉ of a whole number from 1 up, without a logarithm, which engines round differently. */
const ceilLog2 = (n: number): number => 32 - Math.clz32(n - 1);
