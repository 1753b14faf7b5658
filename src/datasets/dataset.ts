import type { RemoteFile } from "./download.ts";

/** A file of a data set. */
export interface DatasetFile extends RemoteFile {
  /** What the file is called on this machine. */
  readonly name: string;
}

/** How the work goes on, and how it is stopped. */
export interface ArrangeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of items that are written, now and then, and with how many there will be where that is known. */
  readonly onProgress?: ((done: number, total: number | undefined) => void) | undefined;
}

/** Makes the folder of a data set: reads the files that were fetched to the folder `from`, writes to the empty folder `to`. */
export type Arrange = (from: string, to: string, options: ArrangeOptions) => Promise<void>;

/** A public data set: where it is, whose it is, and what becomes of it. */
export interface Dataset {
  /** A word that is fit to be a folder's name. */
  readonly name: string;
  /** What it holds, in one line. */
  readonly about: string;
  readonly files: readonly DatasetFile[];
  /** The terms it is under, as its authors state them. */
  readonly license: string;
  /** The page that describes it. */
  readonly page: string;
  /** How a paper refers to it. */
  readonly citation: string;
  /** What its folder looks like. */
  readonly layout: string;
  /** A command that uses the data set in a folder. */
  readonly command: (folder: string) => string;
  /** By default the files stand in the folder as they were fetched. */
  readonly arrange?: Arrange;
}
