import { toRaster } from "../../src/data/images/picture.ts";
import { codeExactly } from "../../src/image/compression/codeExactly.ts";
import { codeToAim } from "../../src/image/compression/rate.ts";
import { readPictureFile, writePictureFile } from "../../src/image/file/pictureFile.ts";
import type { ByBytes, ByQuality } from "./contestant.ts";

/** `image encode --bytes`. */
export const ours: ByBytes = {
  ...{ kind: "bytes", name: "ondelette", version: undefined, runs: "here" },
  async encode(raster, bytes) {
    const { head, code } = codeToAim(raster, { bytes });
    return writePictureFile(head, code);
  },
  async decode(file) {
    return toRaster(readPictureFile(file, "ondelette").raster);
  },
};

/** `image encode --lossless`. */
export const oursLossless: ByQuality = {
  ...{ kind: "quality", name: "ondelette", version: undefined, runs: "here", steps: 1 },
  async encode(raster) {
    const { head, code } = codeExactly(raster);
    return writePictureFile(head, code);
  },
  decode: ours.decode,
};

/** `image encode --lossless --smallest`. */
export const oursSmallest: ByQuality = {
  ...oursLossless,
  name: "ondelette smallest",
  async encode(raster) {
    const { head, code } = codeExactly(raster, true);
    return writePictureFile(head, code);
  },
};
