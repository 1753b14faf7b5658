import type { PictureInfo } from "../image/file/decodePicture.ts";
import type { RgbaPicture } from "../image/file/rgba.ts";

/** A picture while it is loaded. */
export interface LoadedPicture extends RgbaPicture {
  /** Bytes of which it is. */
  readonly loaded: number;
  /** Bytes of the whole file. */
  readonly total: number;
  /** Whether it is the picture of the whole file. */
  readonly isLast: boolean;
}

/** Why there is no picture. */
export interface Failure {
  readonly message: string;
  /** Whether the file is to blame, and not the way to it: what was shown of it may be wrong. */
  readonly isOfFile: boolean;
}

/** What is told of a picture that is loaded: its size, coarser pictures and the whole one, or at any time a failure. */
export interface Listeners {
  readonly onInfo: (info: PictureInfo) => void;
  readonly onPicture: (picture: LoadedPicture) => void;
  readonly onFailure: (failure: Failure) => void;
}

/** Where a picture comes from. */
export interface Source {
  readonly url: string;
  /** Address of the trained model that has coded it; "" of a picture without one. */
  readonly model: string;
}

/** What the page asks of a worker; `id` is the page's number of a picture. */
export type Request =
  | { readonly type: "load"; readonly id: number; readonly source: Source }
  | { readonly type: "stop"; readonly id: number };

/** What a worker tells: that it has started, and of a picture all that {@link Listeners} hear. */
export type Answer =
  | { readonly type: "ready" }
  | { readonly type: "info"; readonly id: number; readonly info: PictureInfo }
  | { readonly type: "picture"; readonly id: number; readonly picture: LoadedPicture }
  | { readonly type: "failure"; readonly id: number; readonly failure: Failure };
