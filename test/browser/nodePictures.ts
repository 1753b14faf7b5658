import type { BrowserCommand } from "vitest/node";
import { toRaster } from "../../src/data/images/picture.ts";
import { codeLosslessly } from "../../src/image/compression/codePicture.ts";
import { codeToAim } from "../../src/image/compression/rate.ts";
import { photoPicture } from "../../src/image/compression/testing.ts";
import { readPictureFile, writePictureFile } from "../../src/image/file/pictureFile.ts";

/** A picture with the files that Node makes of it, as they travel to the page: samples and bytes in base64. */
export interface NodePicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly samples: string;
  readonly files: readonly {
    readonly aim: PageAim;
    readonly bytes: string;
    /** What Node decodes of the file, and of its first two thirds. */
    readonly decoded: string;
    readonly beginning: string;
  }[];
}

/** How a file is made. */
export type PageAim = "lossless" | { readonly step: number } | { readonly bytes: number };

const aims: readonly PageAim[] = ["lossless", { step: 7 }, { bytes: 500 }];
const sizes = [
  [1, 1],
  [3, 5],
  [40, 30],
  [64, 64],
  [300, 200],
] as const;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** Pictures of several sizes, in gray and color, coded and decoded by Node. */
export const nodePictures: BrowserCommand<[]> = async (): Promise<readonly NodePicture[]> =>
  sizes.flatMap(([width, height]) =>
    ([1, 3] as const).map((channels) => {
      const picture = photoPicture(width, height, channels, width);
      const files = aims.map((aim) => {
        const { head, code } =
          aim === "lossless" ? codeLosslessly(picture) : codeToAim(picture, aim);
        const file = writePictureFile(head, code);
        const decode = (bytes: Uint8Array) =>
          base64(toRaster(readPictureFile(bytes, "file").raster).data);
        const beginning = file.subarray(0, Math.max(Math.floor((2 * file.length) / 3), 40));
        return { aim, bytes: base64(file), decoded: decode(file), beginning: decode(beginning) };
      });
      return { width, height, channels, samples: base64(picture.data), files };
    }),
  );
