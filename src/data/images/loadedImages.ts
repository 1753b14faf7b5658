import type { Raster } from "./raster.ts";

/** The form that pictures are brought to. */
export interface ImageForm {
  readonly color: "gray" | "rgb";
  /** Side of the square that a model works on, in pixels; without it every picture keeps its size. */
  readonly size?: number;
  /**
   * `resize` (the default) scales every picture to cover the square and cuts the rest; IDX images smaller than the square
   * stay as they are. `crop` keeps full-size pictures, from which squares are cut later (`cropAt`, `tiles`), and refuses one
   * that is smaller than a square.
   */
  readonly fit?: "resize" | "crop";
}

/** Decoded pictures in memory, at one byte a sample. */
export interface LoadedImages {
  readonly classNames: readonly string[];
  readonly rasters: readonly Raster[];
  /** One index into `classNames` for each raster. */
  readonly labels: Uint16Array;
  /** One for each raster, "" where it has none; absent where no picture of the source has one. */
  readonly captions?: readonly string[];
}
