/** A decoded picture: eight bits per sample, row by row, the channels of a pixel side by side. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** 1 is grey, 3 is sRGB. */
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}
